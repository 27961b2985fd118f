/**
 * What open consoles hear, at once and from every process: the database tells each change when it is durable, and one connection of this
 * process hears it for all its consoles. An event says what changed, never what it says: consoles ask for that, as who they are.
 */
import { EVENTS_SIGNAL } from '@hazir/runtime';
import { type Database, listenTo } from '@hazir/store';
import { z } from 'zod';

/** So many are kept for consoles whose line was cut for a moment. */
const REMEMBERED = 1_000;

const organizationId = z.number().int();
const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticket'), organizationId, id: z.string() }),
  /** Something was said in conversations that officers have. */
  z.object({ kind: z.literal('talk'), organizationId, contactIds: z.array(z.string()) }),
  /** Null: many. */
  z.object({ kind: z.literal('request'), organizationId, ids: z.array(z.string()).nullable() }),
  z.object({
    ...{ kind: z.literal('presence'), organizationId, id: z.string() },
    officer: z.object({ id: z.string(), name: z.string() }),
    writing: z.boolean(),
  }),
  /** Whoever was looking away looks again at everything. */
  z.object({ kind: z.literal('reload') }),
]);

export type HubEvent = z.infer<typeof eventSchema>;

export interface Heard {
  /** Of this process; grows. */
  id: number;
  event: HubEvent;
}

export interface EventHub {
  /** What was missed since `lastId`; undefined when nobody can say. */
  since: (lastId: string) => Heard[] | undefined;
  subscribe: (listener: (heard: Heard) => void) => () => void;
  /** As events name themselves, so that those of a process before are not taken for ours. */
  name: (id: number) => string;
  stop: () => Promise<void>;
}

export async function openEventHub(database: Database, birth: number): Promise<EventHub> {
  const listeners = new Set<(heard: Heard) => void>();
  const kept: Heard[] = [];
  let last = 0;
  const tell = (event: HubEvent) => {
    last += 1;
    const heard = { id: last, event };
    kept.push(heard);
    if (kept.length > REMEMBERED) kept.shift();
    for (const listener of listeners) listener(heard);
  };
  const listening = await listenTo(database, {
    channel: EVENTS_SIGNAL,
    heard: (payload) => {
      const event = eventSchema.safeParse(parsed(payload));
      if (event.success) tell(event.data);
    },
    gap: () => tell({ kind: 'reload' }),
  });
  const prefix = `${birth.toString(36)}-`;
  return {
    name: (id) => `${prefix}${id}`,
    since: (lastId) => {
      const from = lastId.startsWith(prefix) ? Number(lastId.slice(prefix.length)) : Number.NaN;
      if (!Number.isInteger(from) || from > last || from < last - kept.length) return undefined;
      return kept.slice(kept.length - (last - from));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: listening.stop,
  };
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
