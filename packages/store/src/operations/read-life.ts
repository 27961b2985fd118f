/** The tables that tell about given ids. */
import type { MessageStatus } from '@hazir/core';
import type { Tx } from '../database.ts';
import { LANES, type Lane } from '../path/lanes.ts';

export interface Life {
  messages: LoggedMessage[];
  events: { id: string; type: string; data: string }[];
  inbox: { id: string; channelId: number; attempts: number; receivedAt: Date; payload: string; ahead: number }[];
  outbox: {
    id: string;
    channelId: number;
    state: number;
    attempt: number;
    doubts: number;
    dueAt: Date;
    lane: Lane;
    ahead: number;
  }[];
  parked: { id: string; channelId: number; direction: 'inbound' | 'outbound'; reason: string; detail: string; parkedAt: Date }[];
  decisions: { id: string; decision: string; reason: string; decidedBy: string; decidedAt: Date }[];
  files: { id: string; hash: string | null; error: string | null; fetchedAt: Date | null }[];
  /** Outside calls that have not been answered yet. */
  calls: { callId: string; attempts: number; most: number; runAt: Date; lastError: string | null }[];
}

type Times = Record<MessageStatus, Date | null>;

export interface LoggedMessage {
  id: string;
  channelId: number;
  outbound: boolean;
  externalId: string | null;
  /** JSON. */
  content: string;
  origin: string | null;
  at: Times;
  /** JSON of the provider's error. */
  error: string | null;
}

export interface Wanted {
  organizationId: number;
  contactId: string | null;
  ids: readonly string[];
  callIds: readonly string[];
}

/** For tables that are small or do not know the contact. */
const ANYONE = '($2::uuid is null or $2 is not null) and';

export async function readLife(tx: Tx, wanted: Wanted): Promise<Life> {
  const { organizationId, contactId, ids } = wanted;
  // Without the contact the key is of no use: rows are found by the ids alone, in the one or two partitions of their time.
  const own = contactId === null ? ANYONE : 'contact_id = $2 and';
  const byId = async <Row extends object>(text: string): Promise<Row[]> =>
    (await tx.query<Row & Record<string, unknown>>(text, [organizationId, contactId, ids])).rows;
  return {
    messages: await byId<Omit<LoggedMessage, 'at'> & Times>(
      `select id, channel_id as "channelId", outbound, external_id as "externalId", content, origin, error,
              accepted_at as accepted, sent_at as sent, delivered_at as delivered, read_at as read, played_at as played, failed_at as failed
         from messages where organization_id = $1 and ${own} id = any ($3) order by id`,
    ).then((rows) =>
      rows.map(({ accepted, sent, delivered, read, played, failed, ...row }) => ({
        ...row,
        at: { accepted, sent, delivered, read, played, failed },
      })),
    ),
    events: await byId(
      `select id, type, data from conversation_events where organization_id = $1 and ${own} id = any ($3) order by id`,
    ),
    inbox: await byId(
      `select i.id, i.channel_id as "channelId", i.attempts, i.received_at as "receivedAt", i.payload,
              (select count(*) from inbox o where o.channel_id = i.channel_id and o.seq < i.seq) as ahead
         from inbox i where i.organization_id = $1 and ${ANYONE} i.id = any ($3) order by i.seq`,
    ),
    outbox: await byId<Omit<Life['outbox'][number], 'lane'> & { lane: number }>(
      `select q.id, q.channel_id as "channelId", q.state, q.attempt, q.doubts, q.due_at as "dueAt", q.lane,
              (select count(*) from outbox o where o.channel_id = q.channel_id and (o.lane, o.place) < (q.lane, q.place)) as ahead
         from outbox q where q.organization_id = $1 and ${own.replace('contact_id', 'q.contact_id')} q.id = any ($3) order by q.place`,
    ).then((rows) => rows.map((row) => ({ ...row, lane: LANES[row.lane] ?? 'reply' }))),
    parked: await byId(
      `select id, channel_id as "channelId", direction, reason, detail, parked_at as "parkedAt"
         from parked_messages where organization_id = $1 and ${ANYONE} id = any ($3) order by parked_at`,
    ),
    decisions: await byId(
      `select message_id as id, decision, reason, decided_by as "decidedBy", decided_at as "decidedAt"
         from parked_decisions where organization_id = $1 and ${ANYONE} message_id = any ($3) order by decided_at`,
    ),
    files: await byId(
      `select message_id as id, hash, error, fetched_at as "fetchedAt"
         from message_files where organization_id = $1 and ${own} message_id = any ($3)`,
    ),
    calls: await readCalls(tx, wanted.callIds),
  };
}

async function readCalls(tx: Tx, callIds: readonly string[]): Promise<Life['calls']> {
  const { rows } = await tx.query<Life['calls'][number]>(
    `select j.payload ->> 'callId' as "callId", j.attempts, j.max_attempts as most, j.run_at as "runAt", j.last_error as "lastError"
       from graphile_worker._private_jobs j where j.payload ->> 'callId' = any ($1)`,
    [callIds],
  );
  return rows;
}
