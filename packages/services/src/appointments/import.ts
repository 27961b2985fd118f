/**
 * Sessions from a CSV file: one row for each time and class of people, rows of one session next to each other or not. Either
 * the whole file is taken or, with every bad line named, nothing of it. Reading the same file again changes nothing.
 */
import type { Problem } from '@hazir/core';
import { type Tx, timedId } from '@hazir/store';
import { createReader } from '../data/source.ts';
import { readTable, reportRepeats, type TableRow } from '../data/table.ts';
import { columns, type SessionLine, sameSession } from './import-columns.ts';
import { momentOf } from './times.ts';

export interface ImportedSessions {
  problems: Problem[];
  sessions: number;
  slots: number;
  seats: number;
}

export interface SessionsFile {
  organizationId: number;
  name: string;
  text: string;
  /** Languages of the texts `name_hi`, `address_hi`; a column `name` stands for all. */
  languages: readonly string[];
  now: Date;
}

export type Line = TableRow<SessionLine>;

const HINT = 'Correct this line; the columns are described in docs/how-to/appointments.md.';

/** Reads and stores sessions, in the caller's transaction. */
export async function importSessions(tx: Tx, file: SessionsFile): Promise<ImportedSessions> {
  const { name, text, languages } = file;
  const reader = createReader({ settings: null, languages, defaultLanguage: languages[0] ?? 'en', readText: () => text });
  const lines = readTable(reader, { file: name, columns, texts: { name: 'required', address: 'required' } });
  const report = (line: number, message: string) => reader.report('data:session', message, { file: name, line, hint: HINT });
  reportRepeats(
    reader,
    name,
    lines.map(({ line, values }) => ({ line, key: [values.session, values.from, values.class].join(' ') })),
  );
  reportDifferences(lines, report);
  if (reader.problems.length === 0) await storeLines(tx, file, { lines, report });
  const { problems } = reader;
  if (problems.length > 0) return { problems, sessions: 0, slots: 0, seats: 0 };
  const seats = lines.reduce((sum, { values }) => sum + values.capacity, 0);
  return { problems, sessions: new Set(lines.map(({ values }) => values.session)).size, slots: lines.length, seats };
}

/** Lines of one session must agree on everything but time, class and capacity; those of a resource on where it is. */
function reportDifferences(lines: readonly Line[], report: (line: number, message: string) => void): void {
  const sessions = new Map<string, Line>();
  for (const one of lines) {
    const { session } = one.values;
    const first = sessions.get(session) ?? one;
    sessions.set(session, first);
    const different = sameSession.find((column) => String(first.values[column]) !== String(one.values[column]));
    if (different !== undefined) report(one.line, `"${different}" of session ${session} differs from line ${first.line}`);
  }
}

/** Stores sessions that were read; reports what appointments forbid to change. */
export async function storeLines(
  tx: Tx,
  { organizationId, now }: Pick<SessionsFile, 'organizationId' | 'now'>,
  { lines, report }: { lines: readonly Line[]; report: (line: number, message: string) => void },
): Promise<void> {
  for (const one of new Map(lines.map((line) => [line.values.resource, line])).values())
    await storeResource(tx, organizationId, one);
  for (const one of new Map(lines.map((line) => [line.values.session, line])).values()) {
    if (!(await storeSession(tx, { organizationId, now }, one.values)))
      report(one.line, `Session ${one.values.session} has appointments: its resource, date and kind cannot be changed`);
  }
  for (const { line, values } of lines) {
    const taken = await storeSlot(tx, organizationId, values);
    if (taken > 0) report(line, `The capacity cannot fall to ${values.capacity}: ${taken} more seats are taken`);
  }
}

async function storeResource(tx: Tx, organizationId: number, { values, text }: Line): Promise<void> {
  await tx.query(
    `insert into appointment_resources (organization_id, code, name, address, pin, district, latitude, longitude)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, code) do update set name = excluded.name, address = excluded.address, pin = excluded.pin,
       district = excluded.district, latitude = excluded.latitude, longitude = excluded.longitude`,
    [
      organizationId,
      values.resource,
      JSON.stringify(Object.fromEntries(text('name'))),
      JSON.stringify(Object.fromEntries(text('address'))),
      values.pin || null,
      values.district || null,
      values.latitude ?? null,
      values.longitude ?? null,
    ],
  );
}

/** False when the session has appointments and what these rest on would be changed. */
async function storeSession(
  tx: Tx,
  { organizationId, now }: { organizationId: number; now: Date },
  values: SessionLine,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into appointment_sessions as s (organization_id, id, code, resource, date, kind, fee_paise, min_age, max_age, doses, residence,
       allowances, published_at, draw_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $15)
     on conflict (organization_id, code) do update set resource = excluded.resource, date = excluded.date, kind = excluded.kind,
       fee_paise = excluded.fee_paise, min_age = excluded.min_age, max_age = excluded.max_age, doses = excluded.doses,
       residence = excluded.residence, allowances = excluded.allowances, draw_at = excluded.draw_at,
       published_at = case when $14 then excluded.published_at else s.published_at end
      where (s.resource, s.date, s.kind) = (excluded.resource, excluded.date, excluded.kind)
         or not exists (select 1 from appointments a where a.organization_id = s.organization_id and a.session_id = s.id)`,
    [
      organizationId,
      sessionId(organizationId, values),
      values.session,
      values.resource,
      values.date,
      values.kind,
      values.fee,
      values.min_age ?? null,
      values.max_age ?? null,
      values.doses,
      values.residence,
      values.allowances,
      values.publish_at ?? now,
      values.publish_at !== undefined,
      values.draw_at ?? null,
    ],
  );
  return rowCount === 1;
}

/** Brings a slot to its capacity; returns how many seats too many are taken. */
async function storeSlot(tx: Tx, organizationId: number, values: SessionLine): Promise<number> {
  const { date, from, to, capacity } = values;
  const startsAt = momentOf(date, from);
  const id = timedId(startsAt.getTime(), [organizationId, values.session, values.class].join('|'));
  await tx.query(
    `insert into appointment_slots (organization_id, id, session_id, starts_at, ends_at, class)
     select $1, $2, s.id, $4, $5, $6 from appointment_sessions s where s.organization_id = $1 and s.code = $3
     on conflict (organization_id, id) do update set ends_at = excluded.ends_at`,
    [organizationId, id, values.session, startsAt, momentOf(date, to), values.class],
  );
  await tx.query(
    `insert into appointment_seats (organization_id, slot_id, seat) select $1, $2, generate_series(1, $3::int) on conflict do nothing`,
    [organizationId, id, capacity],
  );
  // Seats have no order for those who sit in them: the free ones go first.
  const { rowCount } = await tx.query(
    `delete from appointment_seats where organization_id = $1 and slot_id = $2 and appointment_id is null and seat in
       (select seat from appointment_seats where organization_id = $1 and slot_id = $2 and appointment_id is null order by seat desc
         limit (select greatest(0, count(*) - $3) from appointment_seats where organization_id = $1 and slot_id = $2) for update)`,
    [organizationId, id, capacity],
  );
  const left = await tx.query<{ seats: number }>(
    'select count(*)::int as seats from appointment_seats where organization_id = $1 and slot_id = $2',
    [organizationId, id],
  );
  return rowCount === null ? 0 : (left.rows[0]?.seats ?? 0) - capacity;
}

function sessionId(organizationId: number, { session, date }: SessionLine): string {
  return timedId(momentOf(date, '00:00').getTime(), `${organizationId}|${session}`);
}
