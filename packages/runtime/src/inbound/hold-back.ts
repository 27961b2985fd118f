/**
 * A citizen who writes while an outside call runs: unless the flow says otherwise, the message waits for the answer, and comes
 * right after it. Held
 * messages stay in the inbox, so a crash loses none. What a batch holds or sets free takes effect when it is committed.
 */
import { type Conversation, timeOfId } from '@hazir/store';
import type { Item } from './item.ts';
import { keyOf } from './memory.ts';

export interface Held {
  byConversation: Map<string, Item[]>;
  items: Set<Item>;
}

export function createHeld(): Held {
  return { byConversation: new Map(), items: new Set() };
}

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
      // It says no more than that the answer takes longer.
      if (awaits && item.kind === 'timer' && conversation.wakeAt !== null) return true;
      // Held for an answer that came another way, or never will: those who wait go first.
      if (!awaits && held.byConversation.has(key)) free.add(key);
      if (!awaits && !free.has(key) && !waiting.has(key)) return true;
      if (item.kind === 'inbox') waiting.set(key, [...(waiting.get(key) ?? []), item]);
      return false;
    },
    close: () => {
      for (const [key, items] of waiting) {
        held.byConversation.set(key, [...(held.byConversation.get(key) ?? []), ...items]);
        for (const item of items) held.items.add(item);
      }
      return [...free].flatMap((key) => takeHeld(held, key));
    },
  };
}

/** What is held for a conversation, or for all; it is held no more. */
export function takeHeld(held: Held, key?: string): Item[] {
  const keys = key === undefined ? [...held.byConversation.keys()] : [key];
  return keys.flatMap((one) => {
    const items = held.byConversation.get(one) ?? [];
    held.byConversation.delete(one);
    for (const item of items) held.items.delete(item);
    return items;
  });
}

/** Somebody else works these numbers now. */
export function forgetHeld(held: Held, channelIds: readonly number[]): void {
  for (const [key, items] of held.byConversation) {
    if (items.some((item) => item.kind === 'inbox' && channelIds.includes(item.row.channelId))) takeHeld(held, key);
  }
}

function awaitsAnswer({ session }: Conversation, now: number): boolean {
  if (session?.includes('"for":"call"') !== true) return false;
  const { waiting }: { waiting?: { for: string; callId?: string; meanwhile?: string } } = JSON.parse(session);
  return waiting?.for === 'call' && waiting.meanwhile === undefined && now - timeOfId(waiting.callId ?? '') < LONGEST_MS;
}
