/** The inbox: what a provider was told we have, until its effects are committed. */
import { column, documents, documentsOf, values } from '../columns.ts';
import type { Tx } from '../database.ts';
import { LANES, type Lane } from './lanes.ts';

export interface InboxEntry {
  id: string;
  organizationId: number;
  channelId: number;
  /** JSON of a message_received or identity_changed update. */
  payload: string;
  /** Broadcasts wait until nobody who wrote does. Default: reply. */
  lane?: Lane;
}

interface InboxPlace {
  /** Order of arrival. */
  seq: number;
  attempts: number;
}

export type InboxRow = InboxEntry & InboxPlace;

/** Stores entries in one statement and returns those that were new, with their place in the order. */
export async function ingest<Entry extends InboxEntry>(tx: Tx, entries: readonly Entry[]): Promise<(Entry & InboxPlace)[]> {
  if (entries.length === 0) return [];
  const { rows } = await tx.query<{ new_seq: number; new_id: string }>({
    name: 'ingest',
    text: `select new_seq, new_id from ingest($1, $2, $3, ${documentsOf('$4')}, $5) order by new_seq`,
    values: [
      ...[column(entries, 'id'), column(entries, 'organizationId'), column(entries, 'channelId'), documents(entries, 'payload')],
      values(entries.map((entry) => LANES.indexOf(entry.lane ?? 'reply'))),
    ],
  });
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return rows.flatMap((row) => {
    const entry = byId.get(row.new_id);
    return entry === undefined ? [] : [{ ...entry, seq: row.new_seq, attempts: 0 }];
  });
}

/** The oldest entries of a number, in order: those of broadcasts, or all others. */
export async function readInbox(
  tx: Tx,
  { channelId, broadcasts, limit }: { channelId: number; broadcasts: boolean; limit: number },
): Promise<InboxRow[]> {
  const { rows } = await tx.query<InboxRow>({
    name: 'read_inbox',
    text: `select seq, id, organization_id as "organizationId", channel_id as "channelId", payload, attempts
             from inbox where channel_id = $1 and (lane = ${LANES.indexOf('broadcast')}) = $2 order by seq limit $3`,
    values: [channelId, broadcasts, limit],
  });
  return rows;
}

/** The entries at these places that are still there, in order. */
export async function readPlaces(tx: Tx, seqs: readonly number[]): Promise<InboxRow[]> {
  const { rows } = await tx.query<Omit<InboxRow, 'lane'> & { lane: number }>({
    name: 'read_places',
    text: `select seq, id, organization_id as "organizationId", channel_id as "channelId", payload, lane, attempts
             from inbox where seq = any ($1) order by seq`,
    values: [values(seqs)],
  });
  return rows.map((row) => ({ ...row, lane: LANES[row.lane] ?? 'reply' }));
}

/** Counts a failed attempt and returns how many there were. */
export async function countAttempt(tx: Tx, seq: number): Promise<number> {
  const { rows } = await tx.query<{ attempts: number }>(
    'update inbox set attempts = attempts + 1 where seq = $1 returning attempts',
    [seq],
  );
  return rows[0]?.attempts ?? 0;
}

/** Of these places in the order, the ones that are still there. */
export async function stillWaiting(tx: Tx, seqs: readonly number[]): Promise<Set<number>> {
  const { rows } = await tx.query<{ seq: number }>('select seq from inbox where seq = any ($1)', [seqs]);
  return new Set(rows.map((row) => row.seq));
}

/** Removes entries whose effects are known to be committed. */
export async function dropFromInbox(tx: Tx, seqs: readonly number[]): Promise<void> {
  await tx.query('delete from inbox where seq = any ($1)', [seqs]);
}

/** Of these messages, the ones that the log already has. */
export async function alreadyLogged(
  tx: Tx,
  keys: readonly { organizationId: number; contactId: string; id: string }[],
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select m.id from messages m join unnest($1::int[], $2::uuid[], $3::uuid[]) as v (organization_id, contact_id, id)
       using (organization_id, contact_id, id)`,
    [column(keys, 'organizationId'), column(keys, 'contactId'), column(keys, 'id')],
  );
  return new Set(rows.map((row) => row.id));
}
