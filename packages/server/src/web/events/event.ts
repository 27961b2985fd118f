/** The events of open consoles: their shapes, and how those of one moment become few. */
import { z } from 'zod';

const organizationId = z.number().int();
const id = z.string();
const eventSchema = z.discriminatedUnion('kind', [
  /** `urgent`: somebody in danger waits or is talked with; `officers`: who has it, and to whom it is offered. */
  z.object({ kind: z.literal('ticket'), organizationId, id, urgent: z.boolean(), officers: z.array(z.string()) }),
  /** Something was said in conversations that officers have. */
  z.object({ kind: z.literal('talk'), organizationId, contactIds: z.array(z.string()) }),
  /** References; null: many. */
  z.object({ kind: z.literal('request'), organizationId, ids: z.array(z.string()).nullable() }),
  z.object({
    ...{ kind: z.literal('presence'), organizationId, id },
    ...{ officer: z.object({ id: z.string(), name: z.string() }), writing: z.boolean() },
  }),
  /** Whoever was looking away looks again at everything. */
  z.object({ kind: z.literal('reload') }),
]);

export type HubEvent = z.infer<typeof eventSchema>;

/** Ids in one event: beyond that there is only something to look for. */
const MOST_IDS = 200;

/** Undefined for what is none. */
export function readEvent(payload: string): HubEvent | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}

/** In their order; of one thing only the latest is told, and what is of a kind is told in one. */
export function together(events: readonly HubEvent[]): HubEvent[] {
  const found = new Map<string, HubEvent>();
  for (const event of events) {
    const key = keyOf(event);
    const before = found.get(key);
    found.set(key, before === undefined ? event : joined(before, event));
  }
  return [...found.values()];
}

function keyOf(event: HubEvent): string {
  switch (event.kind) {
    case 'ticket':
      return `ticket ${event.id}`;
    case 'presence':
      return `presence ${event.id} ${event.officer.id}`;
    case 'reload':
      return 'reload';
    default:
      return `${event.kind} ${event.organizationId}`;
  }
}

function joined(before: HubEvent, event: HubEvent): HubEvent {
  if (before.kind === 'talk' && event.kind === 'talk')
    return { ...event, contactIds: [...new Set([...before.contactIds, ...event.contactIds])] };
  if (before.kind === 'request' && event.kind === 'request') {
    const ids = before.ids === null || event.ids === null ? null : [...new Set([...before.ids, ...event.ids])];
    return { ...event, ids: ids !== null && ids.length > MOST_IDS ? null : ids };
  }
  return event;
}
