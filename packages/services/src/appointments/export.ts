/** Sessions as the file that brings them in, and the sheet of a session for the desk where people come to. */
import type { Tx } from '@hazir/store';
import { textIn } from '../data/localized.ts';
import { writeCsv } from '../data/write-csv.ts';
import { dateOf, timeOf } from './times.ts';

interface ExportedSlot {
  session: string;
  resource: string;
  name: Record<string, string>;
  address: Record<string, string>;
  pin: string | null;
  district: string | null;
  latitude: number | null;
  longitude: number | null;
  date: string;
  starts_at: Date;
  ends_at: Date;
  class: string;
  capacity: number;
  kind: string;
  fee_paise: number;
  min_age: number | null;
  max_age: number | null;
  doses: number[];
  residence: string[];
  allowances: string[];
  published_at: Date;
  draw_at: Date | null;
}

/** Sessions from a date on that take place, in the columns of `importSessions`; importing the file again changes nothing. */
export async function exportSessions(
  tx: Tx,
  { organizationId, from, languages }: { organizationId: number; from: string; languages: readonly string[] },
): Promise<string> {
  const { rows } = await tx.query<ExportedSlot>(
    `select s.code as session, s.resource, r.name, r.address, r.pin, r.district, r.latitude, r.longitude, s.date::text as date, t.starts_at,
            t.ends_at, t.class, (select count(*)::int from appointment_seats e where e.organization_id = t.organization_id and e.slot_id = t.id) as capacity,
            s.kind, s.fee_paise, s.min_age, s.max_age, s.doses, s.residence, s.allowances, s.published_at, s.draw_at
       from appointment_sessions s
       join appointment_resources r on r.organization_id = s.organization_id and r.code = s.resource
       join appointment_slots t on t.organization_id = s.organization_id and t.session_id = s.id
      where s.organization_id = $1 and s.date >= $2 and s.cancelled_at is null order by s.date, s.code, t.starts_at, t.class`,
    [organizationId, from],
  );
  const texts = ['name', 'address'].flatMap((column) => languages.map((language) => `${column}_${language}`));
  const header = [
    'session',
    'resource',
    ...texts,
    'pin',
    'district',
    'latitude',
    'longitude',
    'date',
    'from',
    'to',
    'class',
    'capacity',
  ];
  const asked = ['kind', 'fee', 'min_age', 'max_age', 'doses', 'residence', 'allowances', 'publish_at', 'draw_at'];
  return writeCsv([[...header, ...asked], ...rows.map((row) => lineOf(row, languages))]);
}

function lineOf(row: ExportedSlot, languages: readonly string[]): string[] {
  const inEach = (text: Record<string, string>) =>
    languages.map((language) => textIn(new Map(Object.entries(text)), language, Object.keys(text)[0] ?? ''));
  const plain = (value: string | number | null) => (value === null ? '' : String(value));
  return [
    ...[row.session, row.resource, ...inEach(row.name), ...inEach(row.address)],
    ...[plain(row.pin), plain(row.district), plain(row.latitude), plain(row.longitude)],
    ...[row.date, timeOf(row.starts_at), timeOf(row.ends_at), row.class, String(row.capacity), row.kind],
    ...[String(row.fee_paise / 100), plain(row.min_age), plain(row.max_age)],
    ...[row.doses.join(';'), row.residence.join(';'), row.allowances.join(';')],
    `${dateOf(row.published_at)} ${timeOf(row.published_at)}`,
    row.draw_at === null ? '' : `${dateOf(row.draw_at)} ${timeOf(row.draw_at)}`,
  ];
}

export interface SheetRow {
  startsAt: Date;
  endsAt: Date;
  class: string;
  reference: string;
  /** The flow's name of the person: the id of one of the contact's people, or "self". */
  person: string;
  status: string;
  coming: boolean;
}

/** Who is expected at a session, by time; without secrets, which only the citizens know. */
export async function daySheet(
  tx: Tx,
  { organizationId, session }: { organizationId: number; session: string },
): Promise<SheetRow[]> {
  const { rows } = await tx.query<SheetRow>(
    `select t.starts_at as "startsAt", t.ends_at as "endsAt", t.class, a.reference, a.person, a.status, a.coming_at is not null as coming
       from appointments a
       join appointment_sessions s on s.organization_id = a.organization_id and s.id = a.session_id
       join appointment_slots t on t.organization_id = a.organization_id and t.id = a.slot_id
      where a.organization_id = $1 and s.code = $2 and a.status in ('booked', 'checked_in', 'no_show') order by t.starts_at, a.reference`,
    [organizationId, session],
  );
  return rows;
}

/** The sheet as CSV; `people` says who they are, by the flow's name of the person. */
export function sheetCsv(
  rows: readonly SheetRow[],
  people: ReadonlyMap<string, { name: string; birthYear: number; idType: string; idDigits: string }>,
): string {
  const header = ['from', 'to', 'class', 'reference', 'name', 'birth_year', 'document', 'last_four', 'status', 'coming'];
  const lines = rows.map((row) => {
    const who = people.get(row.person);
    const about = who === undefined ? ['', '', '', ''] : [who.name, String(who.birthYear), who.idType, who.idDigits];
    const { startsAt, endsAt, reference, status, coming } = row;
    return [timeOf(startsAt), timeOf(endsAt), row.class, reference, ...about, status, coming ? 'yes' : ''];
  });
  return writeCsv([header, ...lines]);
}
