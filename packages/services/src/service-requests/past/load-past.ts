/** Stores a drawn past, in batches, each in one transaction. */
import { HazirError } from '@hazir/core';
import { column, type Database, type Tx, timedId, values } from '@hazir/store';
import { newReference } from '../reference.ts';
import { drawPast, type PastEvent, type PastRequest } from './draw.ts';
import type { Past } from './read-past.ts';

export interface LoadPast {
  organizationId: number;
  past: Past;
  /** How many requests. */
  count: number;
  /** Another seed, another past. */
  seed: string;
  now: Date;
  /** Draws of one request, by its number. */
  randomOf: (name: string) => () => number;
  /** After each batch. */
  progress?: (stored: number) => void;
}

const BATCH = 2_000;
/** Requests of one citizen, on average. */
const OF_CITIZEN = 3;
/** Names the citizens of a past, by which it is found again. */
const NAME = 'Demo citizen (synthetic)';

interface Row extends PastRequest {
  id: string;
  contactId: string;
  reference: string;
}

/** Throws `demo:there` when the organization has a past already: two would be twice as much as ever happens. */
export async function loadPast(database: Database, load: LoadPast): Promise<void> {
  const { rowCount } = await database.query('select 1 from contacts where organization_id = $1 and name = $2 limit 1', [
    ...[load.organizationId, NAME],
  ]);
  if (rowCount !== 0)
    throw new HazirError('demo:there', 'The organization has a made-up past already.', { hint: 'Run: hazir demo remove' });
  const random = load.randomOf(`${load.seed}/again`);
  const again = (row: Row): Row => ({ ...row, reference: newReference(load.past.reference, random) });
  for (let from = 0; from < load.count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, load.count - from) }, (_, index) => rowOf(load, from + index));
    await database.transaction((tx) => storeRows(tx, load.organizationId, { rows, again }));
    load.progress?.(from + rows.length);
  }
}

/** Deletes every past of an organization with its citizens; returns how many requests there were. */
export async function removePast(database: Database, organizationId: number): Promise<number> {
  return database.transaction(async (tx) => {
    const own = 'organization_id = $1 and contact_id in (select id from contacts where organization_id = $1 and name = $2)';
    const deleteFrom = (table: string) => tx.query(`delete from ${table} where ${own}`, [organizationId, NAME]);
    await deleteFrom('service_request_events');
    await deleteFrom('service_request_references');
    const { rowCount } = await deleteFrom('service_requests');
    await tx.query('delete from contacts where organization_id = $1 and name = $2', [organizationId, NAME]);
    return rowCount ?? 0;
  });
}

function rowOf({ past, seed, now, count, randomOf }: LoadPast, index: number): Row {
  const random = randomOf(`${seed}/${index}`);
  const drawn = drawPast({ ...past.world, now }, random);
  const citizen = Math.floor(random() * Math.ceil(count / OF_CITIZEN));
  return {
    ...drawn,
    id: timedId(drawn.createdAt.getTime(), `${seed}/${index}`),
    contactId: timedId(0, `${seed}/citizen/${citizen}`),
    reference: newReference(past.reference, random),
  };
}

interface Drawn {
  rows: readonly Row[];
  /** The same request with another reference. */
  again: (row: Row) => Row;
}

async function storeRows(tx: Tx, organizationId: number, drawn: Drawn): Promise<void> {
  const rows = await reserve(tx, organizationId, drawn);
  await tx.query(
    `insert into contacts (organization_id, id, language, name)
     select $1, id, language, $4 from unnest($2::uuid[], $3::text[]) as c (id, language) on conflict do nothing`,
    [organizationId, column(rows, 'contactId'), column(rows, 'language'), NAME],
  );
  await insertRequests(tx, organizationId, rows);
  await insertEvents(tx, organizationId, rows);
}

/** Gives every request a reference that nobody has; a taken one is drawn again. */
async function reserve(tx: Tx, organizationId: number, { rows, again }: Drawn): Promise<Row[]> {
  const { rows: reserved } = await tx.query<{ request_id: string }>(
    `insert into service_request_references (organization_id, reference, contact_id, request_id)
     select $1, reference, contact_id, request_id from unnest($2::text[], $3::uuid[], $4::uuid[]) as r (reference, contact_id, request_id)
     on conflict do nothing returning request_id`,
    [organizationId, column(rows, 'reference'), column(rows, 'contactId'), column(rows, 'id')],
  );
  const ids = new Set(reserved.map(({ request_id }) => request_id));
  const left = rows.filter(({ id }) => !ids.has(id));
  if (left.length === 0) return [...rows];
  const others = await reserve(tx, organizationId, { rows: left.map(again), again });
  return [...rows.filter(({ id }) => ids.has(id)), ...others];
}

async function insertRequests(tx: Tx, organizationId: number, rows: readonly Row[]): Promise<void> {
  const flat = rows.map(flatten);
  await tx.query(
    `insert into service_requests (organization_id, contact_id, id, reference, service_code, department, status, kind, description, area,
       latitude, longitude, language, created_at, updated_at, entered_at, expected_at, due_at, closed_at, reopened_count, rating, escalation_level)
     select $1, contact_id, id, reference, code, department, state, kind, description, area, latitude, longitude, language, created_at,
       entered_at, entered_at, due_at, due_at, closed_at, reopened, rating, level
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
       $11::float8[], $12::float8[], $13::text[], $14::timestamptz[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[],
       $18::int[], $19::smallint[], $20::smallint[])
       as r (contact_id, id, reference, code, department, state, kind, description, area, latitude, longitude, language, created_at,
         entered_at, due_at, closed_at, reopened, rating, level)`,
    [
      organizationId,
      ...(['contactId', 'id', 'reference', 'code', 'department', 'state', 'kind', 'description', 'area'] as const).map((key) =>
        column(flat, key),
      ),
      ...(['latitude', 'longitude', 'language', 'createdAt', 'enteredAt', 'dueAt', 'closedAt'] as const).map((key) =>
        column(flat, key),
      ),
      ...(['reopened', 'rating', 'level'] as const).map((key) => column(flat, key)),
    ],
  );
}

const KINDS: Readonly<Record<string, string>> = { open: 'open', in_progress: 'working', closed: 'closed' };
const HOUR = 3_600_000;

function flatten({ category, spot, events, closedAt, ...row }: Row) {
  const last = events.findLast(({ state }) => state !== null);
  const state = last?.state ?? 'open';
  const dueAt = category.expectedHours === undefined ? null : new Date(row.createdAt.getTime() + category.expectedHours * HOUR);
  return {
    ...row,
    ...spot,
    state,
    dueAt,
    code: category.code,
    department: category.department,
    kind: KINDS[state] ?? 'open',
    description: `Demo: ${category.name.get(row.language) ?? category.code}`,
    enteredAt: last?.at ?? row.createdAt,
    closedAt: closedAt ?? null,
  };
}

async function insertEvents(tx: Tx, organizationId: number, rows: readonly Row[]): Promise<void> {
  const events = rows.flatMap(({ id, contactId, events: all }) => all.map((event, at) => eventOf(event, { id, contactId, at })));
  await tx.query(
    `insert into service_request_events (organization_id, contact_id, request_id, id, type, actor, move, state, rating, happened_at)
     select $1, contact_id, request_id, id, type, actor, move, state, rating, at
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::smallint[], $10::timestamptz[])
       as e (contact_id, request_id, id, type, actor, move, state, rating, at)`,
    [
      organizationId,
      ...(['contactId', 'requestId', 'id', 'type', 'actor', 'move', 'state', 'rating'] as const).map((key) =>
        column(events, key),
      ),
      values(events.map(({ at }) => at)),
    ],
  );
}

function eventOf(event: PastEvent, { id, contactId, at }: { id: string; contactId: string; at: number }) {
  return { ...event, contactId, requestId: id, id: timedId(event.at.getTime(), `${id}/${at}`) };
}
