/** Messages that were set aside: found, put back into their queue, or dropped. What was decided stays on record. */
import type { Tx } from '../database.ts';
import { LANES } from '../path/lanes.ts';

export interface ParkedFilter {
  /** Slug. */
  organization?: string;
  direction?: 'inbound' | 'outbound';
  /** A reason, or its beginning. */
  reason?: string;
  since?: Date;
  ids?: readonly string[];
}

export interface ParkedRecord {
  organization: string;
  organizationId: number;
  id: string;
  channelId: number;
  contactId: string | null;
  direction: 'inbound' | 'outbound';
  reason: string;
  detail: string;
  payload: string;
  parkedAt: Date;
}

export type ParkedKey = Pick<ParkedRecord, 'organizationId' | 'id'>;

const WHERE = `($1::text is null or o.slug = $1) and ($2::text is null or p.direction = $2) and ($3::text is null or starts_with(p.reason, $3))
    and ($4::timestamptz is null or p.parked_at >= $4) and ($5::uuid[] is null or p.id = any ($5))`;

/** The oldest first. */
export async function listParked(tx: Tx, filter: ParkedFilter, limit: number): Promise<ParkedRecord[]> {
  const { rows } = await tx.query<ParkedRecord>(
    `select o.slug as organization, p.organization_id as "organizationId", p.id, p.channel_id as "channelId", p.contact_id as "contactId",
            p.direction, p.reason, p.detail, p.payload, p.parked_at as "parkedAt"
       from parked_messages p join organizations o on o.id = p.organization_id where ${WHERE} order by p.parked_at, p.id limit $6`,
    [...valuesOf(filter), limit],
  );
  return rows;
}

export async function countParked(tx: Tx, filter: ParkedFilter): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*) from parked_messages p join organizations o on o.id = p.organization_id where ${WHERE}`,
    valuesOf(filter),
  );
  return rows[0]?.count ?? 0;
}

function valuesOf({ organization, direction, reason, since, ids }: ParkedFilter): unknown[] {
  return [organization ?? null, direction ?? null, reason ?? null, since ?? null, ids ?? null];
}

export interface Retried {
  /** Back in the inbox or the outbox. */
  retried: number;
  /** The provider is known to have it: it only left the list. */
  alreadySent: number;
  /** Numbers whose inbox has something new. */
  inboxes: number[];
}

/**
 * Puts messages back in one statement: an inbound one into the inbox under its own id, an outbound one into the outbox, due now. A
 * message that is not parked (any more) is left alone, so asking twice does it once.
 */
export async function retryParked(tx: Tx, keys: readonly ParkedKey[], by: string): Promise<Retried> {
  const { rows } = await tx.query<{ decision: string; direction: string; channelId: number }>(RETRY, [
    keys.map((key) => key.organizationId),
    keys.map((key) => key.id),
    by,
    LANES.indexOf('reply'),
  ]);
  const retried = rows.filter((row) => row.decision === 'retried');
  const inboxes = new Set(retried.filter((row) => row.direction === 'inbound').map((row) => row.channelId));
  return { retried: retried.length, alreadySent: rows.length - retried.length, inboxes: [...inboxes] };
}

// The log has the words of a message that was parked without them. That we gave up is no fact of the provider's: failed_at is cleared when the message gets another chance.
const RETRY = `
  with taken as (
    delete from parked_messages p using unnest($1::int[], $2::uuid[]) as k (organization_id, id)
     where p.organization_id = k.organization_id and p.id = k.id returning p.*
  ), judged as (
    select t.*, case when exists (
        select from messages m where m.organization_id = t.organization_id and m.contact_id = t.contact_id and m.id = t.id and m.outbound
           and coalesce(m.accepted_at, m.sent_at, m.delivered_at, m.read_at) is not null
      ) then 'already_sent' else 'retried' end as decision
      from taken t
  ), noted as (
    insert into parked_decisions (organization_id, message_id, channel_id, contact_id, direction, reason, decision, decided_by)
    select organization_id, id, channel_id, contact_id, direction, reason, decision, $3 from judged
  ), inbound as (
    insert into inbox (id, organization_id, channel_id, payload)
    select id, organization_id, channel_id, payload from judged where direction = 'inbound' and decision = 'retried' order by parked_at, id
    on conflict (id) do nothing
  ), outbound as (
    insert into outbox (organization_id, contact_id, id, channel_id, state, attempt, due_at, payload, lane)
    select organization_id, contact_id, id, channel_id, 1, 0, now(), coalesce(nullif(payload, ''), (
             select m.content from messages m where m.organization_id = j.organization_id and m.contact_id = j.contact_id and m.id = j.id
           )), coalesce(lane, $4::int)
      from judged j where direction = 'outbound' and decision = 'retried' and contact_id is not null order by parked_at, id
    on conflict do nothing
  ), cleared as (
    update messages m set failed_at = null, error = null, accepted_at = null from judged j
     where m.organization_id = j.organization_id and m.contact_id = j.contact_id and m.id = j.id and m.outbound and j.decision = 'retried'
  )
  select decision, direction, channel_id as "channelId" from judged`;

/** Gives messages up for good: their payload goes, the decision stays. Returns how many there were. */
export async function dropParked(tx: Tx, keys: readonly ParkedKey[], by: string): Promise<number> {
  const { rowCount } = await tx.query(
    `with taken as (
       delete from parked_messages p using unnest($1::int[], $2::uuid[]) as k (organization_id, id)
        where p.organization_id = k.organization_id and p.id = k.id returning p.*
     )
     insert into parked_decisions (organization_id, message_id, channel_id, contact_id, direction, reason, decision, decided_by)
     select organization_id, id, channel_id, contact_id, direction, reason, 'dropped', $3 from taken`,
    [keys.map((key) => key.organizationId), keys.map((key) => key.id), by],
  );
  return rowCount ?? 0;
}
