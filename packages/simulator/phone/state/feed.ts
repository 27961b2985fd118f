/**
 * Keeps one citizen's chats up to date: a stream of events for what happens now, and one catch-up per (re)connection for
 * what happened meanwhile. The catch-up asks from the highest seq known when the connection opened; an item that arrives
 * by both ways is merged once.
 */
import * as z from 'zod/mini';
import type { ChatBody, ChatItem, CitizenMessage } from '../../src/protocol.ts';
import { eventsAddress, fetchItems, markRead, sendMessage } from '../api/client.ts';
import { chatItem, typingEvent } from '../api/schemas.ts';
import { type ChatState, confirmPending, emptyChat, failPending, lastSeq, mergeItems, setTyping } from './chat-state.ts';

const typingLastsMs = 25_000;
const retryAfterMs = [500, 1000, 2000, 4000, 8000];

export interface Feed {
  subscribe: (listener: () => void) => () => void;
  snapshot: () => ChatState;
  /** Sends and shows `preview` at once with a clock, or rejects when there is none. */
  send: (message: CitizenMessage, preview?: ChatBody) => Promise<void>;
  /** Sends a message that failed here again; false when it is not one of ours. */
  retry: (localId: string) => boolean;
  /** Tells the simulator that the chat was opened. */
  read: (numberId: string) => void;
  close: () => void;
}

export interface FeedOptions {
  citizenId: string;
  numberIds: string[];
  /** The simulator's time in milliseconds. */
  now: () => number;
}

export function openFeed({ citizenId, numberIds, now }: FeedOptions): Feed {
  let state = emptyChat;
  const listeners = new Set<() => void>();
  const unsent = new Map<string, CitizenMessage>();
  const update = (next: ChatState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  };
  const held = holdOwn();
  const stream = connect({ citizenId, numberIds, read: () => state, update, admit: held.admit });

  const deliver = async (localId: string, message: CitizenMessage) => {
    held.begin();
    try {
      const wamid = await sendMessage(citizenId, message);
      unsent.delete(localId);
      update(confirmPending(state, localId, wamid));
    } catch (error) {
      update(failPending(state, localId, textOf(error)));
    } finally {
      update(mergeItems(state, held.end()));
    }
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    send: async (message, preview) => {
      if (!preview) {
        await sendMessage(citizenId, message);
        return;
      }
      const item = pendingItem(message, preview, now());
      unsent.set(item.wamid, message);
      update(mergeItems(state, [item]));
      await deliver(item.wamid, message);
    },
    retry: (localId) => {
      const message = unsent.get(localId);
      if (!message) return false;
      update({ ...state, items: state.items.map((item) => (item.wamid === localId ? { ...withoutFailure(item) } : item)) });
      void deliver(localId, message);
      return true;
    },
    read: (numberId) => void markRead(citizenId, numberId).catch(() => undefined),
    close: stream.close,
  };
}

interface Connection {
  citizenId: string;
  numberIds: string[];
  read: () => ChatState;
  update: (state: ChatState) => void;
  /** False: the item is kept back for now. */
  admit: (item: ChatItem, state: ChatState) => boolean;
}

function connect({ citizenId, numberIds, read, update, admit }: Connection): { close: () => void } {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let caughtUpTo = 0;
  let closed = false;

  const reconnectLater = () => {
    source?.close();
    if (closed) return;
    update({ ...read(), connection: 'lost' });
    clearTimeout(retry);
    retry = setTimeout(open, retryAfterMs[Math.min(failures, retryAfterMs.length - 1)]);
    failures += 1;
  };
  const catchUp = async () => {
    try {
      const lists = await Promise.all(numberIds.map((numberId) => fetchItems(citizenId, numberId, caughtUpTo)));
      if (closed) return;
      const news = lists.flat().filter((item) => admit(item, read()));
      update({ ...mergeItems(read(), news), connection: 'live' });
      failures = 0;
    } catch {
      reconnectLater();
    }
  };
  const receive = (event: MessageEvent<string>) => {
    const data = parseJson(event.data);
    const item = z.safeParse(chatItem, data);
    if (item.success) return admit(item.data, read()) ? update(mergeItems(read(), [item.data])) : undefined;
    const typing = z.safeParse(typingEvent, data);
    if (!typing.success) return;
    update(setTyping(read(), typing.data.numberId, typing.data.typing));
    clearTimeout(silence);
    silence = setTimeout(() => update(setTyping(read(), typing.data.numberId, false)), typingLastsMs);
  };
  function open() {
    source = new EventSource(eventsAddress(citizenId));
    source.addEventListener('open', () => {
      void catchUp();
    });
    source.addEventListener('message', receive);
    source.addEventListener('error', () => {
      caughtUpTo = read().connection === 'live' ? lastSeq(read()) : caughtUpTo;
      reconnectLater();
    });
  }
  open();
  return {
    close: () => {
      closed = true;
      clearTimeout(retry);
      clearTimeout(silence);
      source?.close();
    },
  };
}

/**
 * The stream can bring a message of ours before the simulator has answered the request that sent it. Until the answer
 * tells its id, such news waits, so that the message is not shown twice for a moment.
 */
function holdOwn() {
  let waiting: ChatItem[] = [];
  let sending = 0;
  return {
    begin: () => {
      sending += 1;
    },
    admit: (item: ChatItem, state: ChatState): boolean => {
      if (sending === 0 || item.from === 'business' || state.items.some((known) => known.wamid === item.wamid)) return true;
      waiting.push(item);
      return false;
    },
    /** Ends one sending; returns what may be shown now. */
    end: (): ChatItem[] => {
      sending -= 1;
      if (sending > 0) return [];
      const ready = waiting;
      waiting = [];
      return ready;
    },
  };
}

let localCount = 0;

function pendingItem(message: CitizenMessage, body: ChatBody, at: number): ChatItem {
  localCount += 1;
  const item: ChatItem = {
    seq: 0,
    wamid: `local-${localCount}`,
    numberId: message.numberId,
    from: 'citizen',
    at,
    ticks: 'pending',
    body,
  };
  return message.replyTo === undefined ? item : { ...item, replyTo: message.replyTo };
}

function withoutFailure(item: ChatItem): ChatItem {
  const { failure: _failure, ...rest } = item;
  return { ...rest, ticks: 'pending' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
