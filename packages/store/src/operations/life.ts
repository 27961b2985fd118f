/**
 * The life of one message, gathered from the tables that it has passed. What a turn made is found by computing its ids again: a
 * message id says which input led to it, see ../ids.ts.
 */
import { type Database, inTransaction, type Tx } from '../database.ts';
import { derivedId, timedId, timeOfId } from '../ids.ts';
import { type Life, readLife } from './read-life.ts';

/** A message that was found: of an inbound one that still waits the contact is not known yet. */
export interface Found {
  organizationId: number;
  contactId: string | null;
  id: string;
  outbound: boolean;
}

export interface TracedLife extends Life {
  /** The input that all of it follows from; undefined when that is a timer or a flow that was opened from outside. */
  inputId: string | undefined;
}

const LOOK_BACK_MS = 15 * 60_000;
/** Things that one input leads to at most; flows have far fewer. */
const MOST_DERIVED = 100;
const MOST_CALLS = 10;
const FOLLOWED = 200;

/** Messages with this provider's id since a time. The log has no index on it: every partition since then is read, in parallel. */
export async function findByExternalId(database: Database, externalId: string, since: Date): Promise<Found[]> {
  return inTransaction(database.pool, async (tx) => {
    await tx.query('set local max_parallel_workers_per_gather = 4');
    return select(
      tx,
      `m.external_id = $1 and m.id >= uuid_floor($2)`,
      'strpos(payload, $1) > 0 and $2::timestamptz is not null',
      [externalId, since],
    );
  });
}

/** The message with this id of ours, wherever it is. */
export async function findById(tx: Tx, id: string): Promise<Found[]> {
  return select(tx, 'm.id = $1::uuid', 'id = $1::uuid', [id]);
}

async function select(tx: Tx, inLog: string, waiting: string, values: unknown[]): Promise<Found[]> {
  const { rows } = await tx.query<Found>(
    `select m.organization_id as "organizationId", m.contact_id as "contactId", m.id, m.outbound from messages m where ${inLog}
     union select organization_id, contact_id, id, direction = 'outbound' from parked_messages where ${waiting}
     union select organization_id, null::uuid, id, false from inbox where ${waiting} limit 20`,
    values,
  );
  return rows;
}

/** Everything that is known of the input that the message belongs to. */
export async function lifeOf(tx: Tx, found: Found): Promise<TracedLife> {
  const { organizationId, contactId } = found;
  const inputId = found.outbound ? contactId && (await inputOf(tx, { organizationId, contactId, id: found.id })) : found.id;
  const ids = new Set([found.id]);
  const callIds: string[] = [];
  if (inputId !== undefined && inputId !== null) {
    for (const id of derivedFrom(inputId)) ids.add(id);
    callIds.push(...callsOf(inputId));
    if (contactId !== null)
      for (const id of await afterCalls(tx, { organizationId, contactId, id: inputId }, callIds)) ids.add(id);
  }
  return { ...(await readLife(tx, { organizationId, contactId, ids: [...ids], callIds })), inputId: inputId ?? undefined };
}

function derivedFrom(inputId: string): string[] {
  const ordinals = Array.from({ length: MOST_DERIVED }, (_, n) => derivedId(inputId, n + 1));
  const apology = derivedId(derivedId(inputId, 'apology'), 1);
  return [inputId, ...[...ordinals, apology].flatMap((id) => [id, derivedId(id, 'fallback')])];
}

function callsOf(inputId: string): string[] {
  return Array.from({ length: MOST_CALLS }, (_, n) => derivedId(inputId, `id${n}`));
}

interface Key {
  organizationId: number;
  contactId: string;
  id: string;
}

/** The citizen's message that this one of ours answers. */
async function inputOf(tx: Tx, key: Key): Promise<string | undefined> {
  const at = timeOfId(key.id);
  const inputs = await messagesBetween(tx, key, { outbound: false, from: at - LOOK_BACK_MS, to: at + 1 });
  const candidates = inputs.map((row) => row.id).reverse();
  return candidates.find(
    (inputId) => derivedFrom(inputId).includes(key.id) || callsOf(inputId).some((callId) => answers(callId, key.id)),
  );
}

/** What was said when the answers of outside calls came. */
async function afterCalls(tx: Tx, key: Key, callIds: readonly string[]): Promise<string[]> {
  const at = timeOfId(key.id);
  const said = await messagesBetween(tx, key, { outbound: true, from: at, to: at + LOOK_BACK_MS });
  return said.map((row) => row.id).filter((id) => callIds.some((callId) => answers(callId, id)));
}

/** An answer is named after its call and its time, and what it led to after that: the time is the one that is left. */
function answers(callId: string, messageId: string): boolean {
  const at = timeOfId(messageId);
  for (let n = 1; n <= 20; n += 1) if (derivedId(timedId(at - n, callId), n) === messageId) return true;
  return false;
}

async function messagesBetween(
  tx: Tx,
  key: Key,
  { outbound, from, to }: { outbound: boolean; from: number; to: number },
): Promise<{ id: string }[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from messages where organization_id = $1 and contact_id = $2 and outbound = $3
        and id between uuid_floor($4) and uuid_floor($5) order by id desc limit ${FOLLOWED}`,
    [key.organizationId, key.contactId, outbound, new Date(from), new Date(to)],
  );
  return rows.reverse();
}
