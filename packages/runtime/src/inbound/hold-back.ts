/**
 * A citizen who writes while an outside call runs: the message waits for the answer, and comes right after it. Held
 * messages stay in the inbox, so a crash loses none. What a batch holds or sets free takes effect when it is committed.
 */
import { type Conversation, timeOfId } from '@hazir/store';
import type { Item } from './item.ts';
import { keyOf } from './memory.ts';

export type Held = Map<string, Item[]>;

export interface Sluice {
  /** True when the input may run now; otherwise it is held. Asked for each input in order, just before it would run. */
  passes: (item: Item, conversation: Conversation) => boolean;
  /** Called after the commit: keeps what is held and returns what has been set free. */
  close: () => Item[];
}

/** A call is answered within a minute or two; a citizen is not silenced longer than this for an answer that was lost. */
const LONGEST_MS = 600_000;

/** One batch's view of what is held. */
export function openSluice(held: Held, now: number): Sluice {
  const free = new Set<string>();
  const waiting = new Map<string, Item[]>();
  return {
    passes: (item, conversation) => {
      const key = keyOf(conversation);
      if (item.kind === 'inbox' && item.payload.type === 'answer') {
        free.add(key);
        return true;
      }
      const awaits = awaitsAnswer(conversation, now);
      // Held for an answer that came another way, or never will: those who wait go first.
      if (!awaits && held.has(key)) free.add(key);
      if (!awaits && !free.has(key) && !waiting.has(key)) return true;
      if (item.kind === 'inbox') waiting.set(key, [...(waiting.get(key) ?? []), item]);
      return false;
    },
    close: () => {
      for (const [key, items] of waiting) held.set(key, [...(held.get(key) ?? []), ...items]);
      return [...free].flatMap((key) => takeHeld(held, key));
    },
  };
}

/** What is held for a conversation, or for all; it is held no more. */
export function takeHeld(held: Held, key?: string): Item[] {
  const keys = key === undefined ? [...held.keys()] : [key];
  return keys.flatMap((one) => {
    const items = held.get(one) ?? [];
    held.delete(one);
    return items;
  });
}

function awaitsAnswer({ session }: Conversation, now: number): boolean {
  if (session?.includes('"for":"call"') !== true) return false;
  const { waiting }: { waiting?: { for: string; callId?: string } } = JSON.parse(session);
  return waiting?.for === 'call' && now - timeOfId(waiting.callId ?? '') < LONGEST_MS;
}
