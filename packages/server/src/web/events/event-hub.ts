/**
 * What open consoles hear, soon and from every process: the database tells each change when it is durable, and one connection of this
 * process hears it for all its consoles. What comes within a moment is told together, and written once for all. An event says what
 * changed, never what it says: consoles ask for that, as who they are.
 */
import { EVENTS_SIGNAL } from '@hazir/runtime';
import { type Database, listenTo } from '@hazir/store';
import { type HubEvent, readEvent, together } from './event.ts';

export type { HubEvent } from './event.ts';

export interface Heard {
  event: HubEvent;
  /** As it is written to a stream of server-sent events. */
  text: string;
}

export interface EventHub {
  /** What was missed since the event with this id; undefined when nobody can say. */
  since: (lastId: string) => Heard[] | undefined;
  subscribe: (listener: (heard: readonly Heard[]) => void) => () => void;
  stop: () => Promise<void>;
}

/** So many are kept for consoles whose line was cut for a moment. */
const REMEMBERED = 1_000;
const MOMENT_MS = 50;

/** `birth` tells the events of this process from those of one before. */
export async function openEventHub(database: Database, birth: number): Promise<EventHub> {
  const listeners = new Set<(heard: readonly Heard[]) => void>();
  const kept: Heard[] = [];
  const prefix = `${birth.toString(36)}-`;
  let waiting: HubEvent[] = [];
  let last = 0;
  const tell = () => {
    const heard = together(waiting).map((event) => {
      last += 1;
      return { event, text: written(event, `${prefix}${last}`) };
    });
    waiting = [];
    kept.push(...heard);
    kept.splice(0, kept.length - REMEMBERED);
    for (const listener of listeners) listener(heard);
  };
  const take = (event: HubEvent) => {
    if (waiting.length === 0) setTimeout(tell, MOMENT_MS).unref();
    waiting.push(event);
  };
  const listening = await listenTo(database, {
    channel: EVENTS_SIGNAL,
    heard: (payload) => {
      const event = readEvent(payload);
      if (event !== undefined) take(event);
    },
    gap: () => take({ kind: 'reload' }),
  });
  return {
    since: (lastId) => {
      const from = lastId.startsWith(prefix) ? Number(lastId.slice(prefix.length)) : Number.NaN;
      return Number.isInteger(from) && from <= last && from >= last - kept.length
        ? kept.slice(kept.length - (last - from))
        : undefined;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: listening.stop,
  };
}

function written({ kind, ...data }: HubEvent, id: string): string {
  return `event: ${kind}\nid: ${id}\ndata: ${JSON.stringify({ ...data, organizationId: undefined })}\n\n`;
}
