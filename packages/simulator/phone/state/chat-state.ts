/** What one citizen's phone knows of its chats, and how news changes it. Pure, so that order and repeats can be tested. */
import type { ChatItem } from '../../src/protocol.ts';

export interface ChatState {
  /** By time, then by arrival. Messages still on their way to the simulator have seq 0. */
  items: ChatItem[];
  /** Numbers that are typing now. */
  typing: string[];
  connection: 'connecting' | 'live' | 'lost';
}

export const emptyChat: ChatState = { items: [], typing: [], connection: 'connecting' };

/** Takes in new and changed items; older versions of what is known are ignored. */
export function mergeItems(state: ChatState, incoming: ChatItem[]): ChatState {
  if (incoming.length === 0) return state;
  const known = new Map(state.items.map((item) => [item.wamid, item]));
  for (const item of incoming) {
    const old = known.get(item.wamid);
    if (!old || item.seq >= old.seq) known.set(item.wamid, item);
  }
  const silenced = new Set(incoming.filter((item) => item.from === 'business').map((item) => item.numberId));
  return {
    ...state,
    items: [...known.values()].sort((a, b) => a.at - b.at),
    typing: state.typing.filter((numberId) => !silenced.has(numberId)),
  };
}

export function setTyping(state: ChatState, numberId: string, typing: boolean): ChatState {
  const others = state.typing.filter((id) => id !== numberId);
  return { ...state, typing: typing ? [...others, numberId] : others };
}

/** Gives a message that the simulator accepted its real id; the stream may have brought it already. */
export function confirmPending(state: ChatState, localId: string, wamid: string): ChatState {
  const arrived = state.items.some((item) => item.wamid === wamid);
  if (arrived) return { ...state, items: state.items.filter((item) => item.wamid !== localId) };
  return { ...state, items: state.items.map((item) => (item.wamid === localId ? { ...item, wamid } : item)) };
}

export function failPending(state: ChatState, localId: string, failure: string): ChatState {
  const items = state.items.map((item) => (item.wamid === localId ? { ...item, ticks: 'failed' as const, failure } : item));
  return { ...state, items };
}

/** The highest seq known: where catching up begins. */
export function lastSeq(state: ChatState): number {
  return state.items.reduce((highest, item) => Math.max(highest, item.seq), 0);
}

/** Messages of a business that nobody has looked at. */
export function unreadIn(state: ChatState, seen: ReadonlySet<string>, numberId?: string): number {
  return state.items.filter((item) => (numberId === undefined || item.numberId === numberId) && isUnseen(item, seen)).length;
}

/** A delivered message of a business that was neither read before nor seen on this page. */
export function isUnseen(item: ChatItem, seen: ReadonlySet<string>): boolean {
  return item.from === 'business' && item.ticks === 'delivered' && !seen.has(item.wamid);
}
