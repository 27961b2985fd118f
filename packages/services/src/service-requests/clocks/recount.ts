/**
 * Works the dates of open requests out again when the pack's calendars or policies have changed: a new holiday, a longer
 * promise. In batches, each with its place in one transaction, so that a restart goes on where it was and tells nobody twice.
 */
import type { Database, Tx } from '@hazir/store';
import type { RequestDesk } from '../desk.ts';
import { REQUEST_COLUMNS, type RequestRow } from '../records.ts';
import type { RequestDesks } from '../waiting.ts';
import { expectedMove } from './expected-move.ts';
import { outlookOf } from './request-clock.ts';
import { keep, tellMoved } from './run-clocks.ts';

const AT_ONCE = 200;

interface Place {
  fingerprint: string;
  next_fingerprint: string | null;
  done_contact_id: string | null;
  done_id: string | null;
}

/** Resolves with how many dates have moved. */
export async function recountClocks(database: Database, { now, desks }: { now: Date; desks: RequestDesks }): Promise<number> {
  let moved = 0;
  for (const [organizationId, desk] of desks) {
    for (let more = !(await isDone(database, organizationId, desk.clocks.fingerprint)); more; ) {
      const batch = await database.transaction((tx) => recountBatch(tx, desk, { organizationId, now }));
      moved += batch.moved;
      more = batch.more;
    }
  }
  return moved;
}

/** Asked every few seconds, so it locks and writes nothing. */
async function isDone(database: Database, organizationId: number, fingerprint: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'select from service_request_clock_rules where organization_id = $1 and fingerprint = $2 and next_fingerprint is null',
    [organizationId, fingerprint],
  );
  return rowCount === 1;
}

async function recountBatch(
  tx: Tx,
  desk: RequestDesk,
  { organizationId, now }: { organizationId: number; now: Date },
): Promise<{ moved: number; more: boolean }> {
  const { fingerprint } = desk.clocks;
  const place = await findPlace(tx, organizationId, fingerprint);
  if (place.fingerprint === fingerprint) return { moved: 0, more: false };
  const rows = await takeNext(tx, organizationId, place.next_fingerprint === fingerprint ? place : undefined);
  let moved = 0;
  for (const row of rows) moved += await recount(tx, desk, { row, now });
  await goOn(tx, { organizationId, fingerprint, last: rows.length < AT_ONCE ? undefined : rows.at(-1) });
  return { moved, more: rows.length === AT_ONCE };
}

/** An organization that is new here has nothing to work out again. */
async function findPlace(tx: Tx, organizationId: number, fingerprint: string): Promise<Place> {
  await tx.query(
    'insert into service_request_clock_rules (organization_id, fingerprint) values ($1, $2) on conflict do nothing',
    [organizationId, fingerprint],
  );
  const { rows } = await tx.query<Place>(
    `select fingerprint, next_fingerprint, done_contact_id, done_id from service_request_clock_rules where organization_id = $1 for update`,
    [organizationId],
  );
  return rows[0] ?? { fingerprint, next_fingerprint: null, done_contact_id: null, done_id: null };
}

async function takeNext(tx: Tx, organizationId: number, after: Place | undefined): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r
      where r.organization_id = $1 and r.closed_at is null and r.clock_started_at is not null
        and ($2::uuid is null or (r.contact_id, r.id) > ($2, $3::uuid))
      order by r.contact_id, r.id limit $4 for update`,
    [organizationId, after?.done_contact_id ?? null, after?.done_id ?? null, AT_ONCE],
  );
  return rows;
}

async function recount(tx: Tx, desk: RequestDesk, { row, now }: { row: RequestRow; now: Date }): Promise<number> {
  const columns = outlookOf(desk, row, now)?.columns;
  if (columns === undefined) return 0;
  if (expectedMove(row, columns) === undefined) {
    await keep(tx, row, columns);
    return 0;
  }
  await tellMoved(tx, desk, { row, columns, now });
  return 1;
}

async function goOn(
  tx: Tx,
  { organizationId, fingerprint, last }: { organizationId: number; fingerprint: string; last: RequestRow | undefined },
): Promise<void> {
  await tx.query(
    `update service_request_clock_rules set fingerprint = case when $3::uuid is null then $2 else fingerprint end,
            next_fingerprint = case when $3::uuid is null then null else $2 end, done_contact_id = $3, done_id = $4
      where organization_id = $1`,
    [organizationId, fingerprint, last?.contact_id ?? null, last?.id ?? null],
  );
}
