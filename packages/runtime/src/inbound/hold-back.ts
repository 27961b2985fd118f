/**
 * A citizen who writes while an outside call runs: the message waits for the answer, and comes right after it. Held
 * messages stay in the inbox, so a crash loses none.
 */
import type { Conversation, ConversationKey } from '@hazir/store';
import type { Item } from './item.ts';
import { keyOf } from './memory.ts';

export type Held = Map<string, Item[]>;

interface Placed {
  item: Item;
  key: ConversationKey;
}

/** Splits a batch into what may run now and what is held; `released` gives what the batch has set free. */
export function holdBack<One extends Placed>(
  held: Held,
  placed: readonly One[],
  conversations: ReadonlyMap<string, Conversation>,
): { runnable: One[]; released: () => Item[] } {
  const answered = new Set<string>();
  const runnable = placed.filter((one) => {
    const key = keyOf(one.key);
    if (one.item.kind === 'inbox' && one.item.payload.type === 'answer') {
      answered.add(key);
      return true;
    }
    const waits = held.has(key) || answered.has(key) || awaitsAnswer(conversations.get(key));
    if (waits && one.item.kind === 'inbox') hold(held, key, one.item);
    return !waits;
  });
  return {
    runnable,
    released: () =>
      [...answered].flatMap((key) => {
        const items = held.get(key) ?? [];
        held.delete(key);
        return items;
      }),
  };
}

/** A batch that is tried again must not hold the same message twice. */
function hold(held: Held, key: string, item: Extract<Item, { kind: 'inbox' }>): void {
  const items = held.get(key) ?? [];
  if (!items.some((one) => one.kind === 'inbox' && one.row.seq === item.row.seq)) held.set(key, [...items, item]);
}

function awaitsAnswer(conversation: Conversation | undefined): boolean {
  return conversation?.session?.includes('"for":"call"') ?? false;
}
