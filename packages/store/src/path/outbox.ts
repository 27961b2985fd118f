/**
 * The outbox: what was decided to be said and is not known to have arrived at the provider. The sender of a number holds
 * little of it in memory and reads the rest in portions; a row is claimed right before it is posted, many in one statement.
 * Statements over many rows take them in the order of their ids, as `recordFacts` does, so that two processes cannot deadlock.
 */
import type { Identity, OutboundMessage } from '@hazir/core';
import { column, values } from '../columns.ts';
import type { Tx } from '../database.ts';
import { LANES, type Lane } from './lanes.ts';
import type { OutboxState, OutboxWrite } from './turns.ts';

export interface OutboxRow extends OutboxWrite {
  attempt: number;
  /** How often nobody knew whether an attempt had arrived. */
  doubts: number;
  /** Not stored: when the citizen last wrote, for a row that was committed a moment ago or was just claimed. */
  lastInboundAt?: Date | null;
  /** Not stored: where to send, likewise. */
  to?: readonly Identity[];
  /** Not stored: the payload before it was written as JSON, for a row that was committed a moment ago. */
  message?: OutboundMessage;
}

type Key = Pick<OutboxRow, 'organizationId' | 'contactId' | 'id'>;

interface Stored {
  organization_id: number;
  contact_id: string;
  id: string;
  channel_id: number;
  state: OutboxState;
  attempt: number;
  doubts: number;
  due_at: Date;
  lane: number;
}

export interface Portion {
  channelId: number;
  lane: Lane;
  /** Ids that the reader has already. */
  except: readonly string[];
  limit: number;
}

/**
 * The next rows of a number and lane that are not being posted, in the order in which they were decided. Without their
 * payloads (''): `claimOutbox` brings those.
 */
export async function readOutbox(tx: Tx, { channelId, lane, except, limit }: Portion): Promise<OutboxRow[]> {
  const { rows } = await tx.query<Stored>({
    name: 'read_outbox',
    text: `select organization_id, contact_id, id, channel_id, state, attempt, doubts, due_at, lane from outbox
            where channel_id = $1 and lane = $2 and state <> 0 and id <> all ($3::uuid[]) order by place limit $4`,
    values: [channelId, LANES.indexOf(lane), except, limit],
  });
  return rows.map(rowOf);
}

/** What is needed to post a row: its words, and where and whether they may go. */
export type Claimed = Required<Pick<OutboxRow, 'payload' | 'lastInboundAt' | 'to'>>;

/**
 * Notes that rows are about to be posted, so that a crash leaves just these in doubt. Null for a row that is not to be posted: the
 * provider has it meanwhile, its record was joined with another, or somebody else is posting it. `again` claims a row that
 * may be claimed already, by ourselves, when the answer of the database was lost.
 */
export async function claimOutbox(
  tx: Tx,
  rows: readonly (Key & { channelId: number; channelType: string; again: boolean })[],
): Promise<(Claimed | null)[]> {
  const sorted = [...rows].sort(byId);
  const claimed = await tx.query<{ id: string; payload: string; at: Date | null; addresses: Identity[] | null }>({
    name: 'claim_outbox',
    text: CLAIM,
    values: [
      ...keysOf(sorted),
      ...[column(sorted, 'channelId'), column(sorted, 'channelType'), values(sorted.map((row) => row.again))],
    ],
  });
  const byKey = new Map(claimed.rows.map((row) => [row.id, row]));
  return rows.map(({ id }) => {
    const row = byKey.get(id);
    return row === undefined ? null : { payload: row.payload, lastInboundAt: row.at, to: row.addresses ?? [] };
  });
}

// An open identity is asked for in these words because they keep the planner, on a table that it does not know yet, from the index
// of open identities, which begins with organization and type and would find everybody.
const CLAIM = `
  update outbox o set state = 0
    from (select k.*, c.last_inbound_at,
                 (select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)) from contact_identities i
                   where i.organization_id = k.organization_id and i.contact_id = k.contact_id
                     and i.channel_type = k.channel_type and coalesce(i.valid_to, 'infinity') = 'infinity') as addresses
            from unnest($1::int[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::boolean[])
              as k (organization_id, contact_id, id, channel_id, channel_type, again)
            left join conversations c on c.organization_id = k.organization_id and c.contact_id = k.contact_id
                 and c.channel_id = k.channel_id) as v
   where o.organization_id = v.organization_id and o.contact_id = v.contact_id and o.id = v.id and (o.state <> 0 or v.again)
  returning o.id, v.last_inbound_at as at, v.addresses,
            coalesce(o.payload, (select m.content from messages m
                                  where m.organization_id = o.organization_id and m.contact_id = o.contact_id and m.id = o.id)) as payload`;

/** Notes outcomes of attempts that were not the last; false for a row that has left the outbox. An empty payload stays as it is. */
export async function postponeOutbox(tx: Tx, rows: readonly OutboxRow[]): Promise<boolean[]> {
  const sorted = [...rows].sort(byId);
  const { rows: found } = await tx.query<{ id: string }>({
    name: 'postpone_outbox',
    text: `update outbox o set state = v.state, attempt = v.attempt, doubts = v.doubts, due_at = v.due_at,
                  payload = case when v.payload = '' then o.payload else v.payload end
             from unnest($1::int[], $2::uuid[], $3::uuid[], $4::smallint[], $5::int[], $6::int[], $7::timestamptz[], $8::text[])
               as v (organization_id, contact_id, id, state, attempt, doubts, due_at, payload)
            where o.organization_id = v.organization_id and o.contact_id = v.contact_id and o.id = v.id
           returning o.id`,
    values: [
      ...keysOf(sorted),
      ...[column(sorted, 'state'), column(sorted, 'attempt'), column(sorted, 'doubts'), column(sorted, 'dueAt')],
      column(sorted, 'payload'),
    ],
  });
  const known = new Set(found.map((row) => row.id));
  return rows.map((row) => known.has(row.id));
}

/** Of these rows, the ones that are still in the outbox, as they stand there. Without payloads. */
export async function stillInOutbox(tx: Tx, keys: readonly Key[]): Promise<OutboxRow[]> {
  const { rows } = await tx.query<Stored>({
    name: 'still_in_outbox',
    text: `select o.organization_id, o.contact_id, o.id, o.channel_id, o.state, o.attempt, o.doubts, o.due_at, o.lane
             from unnest($1::int[], $2::uuid[], $3::uuid[]) as v (organization_id, contact_id, id)
             join outbox o using (organization_id, contact_id, id)`,
    values: keysOf(keys),
  });
  return rows.map(rowOf);
}

/**
 * Numbers change hands: rows that were being posted may have been, and wait for a status until `dueAt`. So do those that were in
 * doubt before: while nobody worked the number, their status may have found nobody either. Returns how many wait.
 */
export async function holdInDoubt(tx: Tx, channelIds: readonly number[], dueAt: Date): Promise<number> {
  const { rowCount } = await tx.query(
    `update outbox set state = 2, doubts = doubts + case state when 0 then 1 else 0 end, due_at = $2
      where channel_id = any ($1) and state in (0, 2)`,
    [channelIds, dueAt],
  );
  return rowCount ?? 0;
}

/** The same for rows that say that they are being posted since `before`, and that nobody posts. */
export async function holdAbandoned(
  tx: Tx,
  found: { channelIds: readonly number[]; except: readonly string[]; before: Date; dueAt: Date },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update outbox set state = 2, doubts = doubts + 1, due_at = $4
      where channel_id = any ($1) and state = 0 and id <> all ($2::uuid[]) and due_at < $3`,
    [found.channelIds, found.except, found.before, found.dueAt],
  );
  return rowCount ?? 0;
}

/** Gives rows back that were to be posted and were not: whoever works the number next posts them. */
export async function returnToOutbox(tx: Tx, keys: readonly Key[], dueAt: Date): Promise<Set<string>> {
  const sorted = [...keys].sort(byId);
  const { rows } = await tx.query<{ id: string }>({
    name: 'return_to_outbox',
    text: `update outbox o set state = 1, due_at = least(o.due_at, $4)
             from unnest($1::int[], $2::uuid[], $3::uuid[]) as v (organization_id, contact_id, id)
            where o.organization_id = v.organization_id and o.contact_id = v.contact_id and o.id = v.id and o.state = 0
           returning o.id`,
    values: [...keysOf(sorted), dueAt],
  });
  return new Set(rows.map((row) => row.id));
}

/** Numbers and lanes with rows that were due before `before` and that the reader does not have: somebody forgot them. */
export async function forgottenInOutbox(
  tx: Tx,
  { channelIds, except, before }: { channelIds: readonly number[]; except: readonly string[]; before: Date },
): Promise<{ channelId: number; lane: Lane }[]> {
  const { rows } = await tx.query<{ channel_id: number; lane: number }>({
    name: 'forgotten_in_outbox',
    text: `select c.channel_id, l.lane from unnest($1::int[]) as c (channel_id) cross join generate_series(0, 3) as l (lane)
            where exists (select from (select due_at from outbox o where o.channel_id = c.channel_id and o.lane = l.lane
                                          and o.state <> 0 and o.id <> all ($2::uuid[]) order by place limit ${LOOKED_AT}) as oldest
                           where due_at < $3)`,
    values: [channelIds, except, before],
  });
  return rows.map((row) => ({ channelId: row.channel_id, lane: LANES[row.lane] ?? 'reply' }));
}

/** Of each lane so many of the oldest are looked at. */
const LOOKED_AT = 500;

/** A message of ours from the log, as a row to send again; undefined when it is not there. */
export async function readOutbound(tx: Tx, key: Key): Promise<{ channelId: number; payload: string } | undefined> {
  const { rows } = await tx.query<{ channelId: number; payload: string }>(
    `select channel_id as "channelId", content as payload from messages where organization_id = $1 and contact_id = $2 and id = $3 and outbound`,
    [key.organizationId, key.contactId, key.id],
  );
  return rows[0];
}

function rowOf(row: Stored): OutboxRow {
  return {
    organizationId: row.organization_id,
    contactId: row.contact_id,
    id: row.id,
    channelId: row.channel_id,
    state: row.state,
    attempt: row.attempt,
    doubts: row.doubts,
    dueAt: row.due_at,
    payload: '',
    lane: LANES[row.lane] ?? 'reply',
  };
}

function keysOf(rows: readonly Key[]): [string, string, string] {
  return [column(rows, 'organizationId'), column(rows, 'contactId'), column(rows, 'id')];
}

function byId(a: Key, b: Key): number {
  return a.id < b.id ? -1 : 1;
}
