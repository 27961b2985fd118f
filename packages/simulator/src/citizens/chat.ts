/** The chats that the phone shows, and those who watch them. */
import { append } from '../bounded.ts';
import type { ChatItem } from '../protocol.ts';
import type { ChatEvent, CitizenState, Pair, World } from '../world.ts';

const MOST_ITEMS = 1_000;
const TYPING_MS = 25_000;

/** Adds a bubble and tells who watches. */
export function addItem(world: World, state: CitizenState, item: Omit<ChatItem, 'seq'>): ChatItem {
  world.count.change += 1;
  const added: ChatItem = { seq: world.count.change, ...item };
  append(state.items, added, MOST_ITEMS);
  tell(state, added);
  return added;
}

/** Changes a bubble in place and tells who watches. */
export function changeItem(world: World, state: CitizenState, item: ChatItem, change: Partial<Omit<ChatItem, 'seq'>>): void {
  world.count.change += 1;
  Object.assign(item, change, { seq: world.count.change });
  tell(state, item);
}

/** Bubbles that are new or changed since `after`, in the order of their change. */
export function itemsAfter(state: CitizenState, after: number, numberId?: string): ChatItem[] {
  return state.items
    .filter((item) => item.seq > after && (numberId === undefined || item.numberId === numberId))
    .sort((a, b) => a.seq - b.seq)
    .map((item) => ({ ...item }));
}

/** Shows the typing dots until the next message of the number, at most 25 seconds. */
export function startTyping(world: World, state: CitizenState, chat: { numberId: string; pair: Pair }): void {
  chat.pair.stopTyping?.();
  const cancel = world.schedule.after(TYPING_MS, () => chat.pair.stopTyping?.());
  tell(state, { typing: true, numberId: chat.numberId });
  chat.pair.stopTyping = () => {
    cancel();
    chat.pair.stopTyping = undefined;
    tell(state, { typing: false, numberId: chat.numberId });
  };
}

function tell(state: CitizenState, event: ChatEvent): void {
  // A copy, because a bubble goes on changing while a slow reader has not seen it yet.
  for (const listener of state.listeners) listener.changed({ ...event });
}
