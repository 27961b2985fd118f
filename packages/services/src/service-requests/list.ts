/** What officers see: the requests of an organization, the ones that are due first. */
import type { Tx } from '@hazir/store';
import type { StateKind } from './life-cycles/life-cycle.ts';
import { ofReference, REQUEST_COLUMNS, type RequestRow } from './records.ts';

/** Requests of a department, in an area; null: of any. */
export interface Within {
  department: string | null;
  area: string | null;
}

export interface RequestFilter {
  organizationId: number;
  department?: string | undefined;
  area?: string | undefined;
  post?: string | undefined;
  /** Of one of these posts. */
  posts?: readonly string[] | undefined;
  category?: string | undefined;
  kinds?: readonly StateKind[] | undefined;
  statuses?: readonly string[] | undefined;
  /** Only those of one of these. */
  within?: readonly Within[] | undefined;
  /** Due before this. */
  dueBefore?: Date | undefined;
  openedFrom?: Date | undefined;
  openedBefore?: Date | undefined;
  reference?: string | undefined;
  /** Only what follows this one in the order of the list. */
  after?: ListPosition | undefined;
  limit: number;
}

const WITHIN = `exists (select from jsonb_to_recordset(?) as w (department text, area text)
  where (w.department is null or w.department = r.department) and (w.area is null or w.area = r.area))`;

/** Whether a request is of one of these; undefined: of all. */
export function isWithin(
  { department, area }: Pick<RequestRow, 'department' | 'area'>,
  within: readonly Within[] | undefined,
): boolean {
  if (within === undefined) return true;
  return within.some((one) => (one.department ?? department) === department && (one.area ?? area) === area);
}

/** Where a page ended: the id of its last request and the time by which the list is ordered, null for one without. */
export interface ListPosition {
  id: string;
  at: Date | null;
}

/** Open requests by due time, the ones without one last; where closed ones are asked for, everything by its time of opening, the latest first. */
export async function listRequests(tx: Tx, filter: RequestFilter): Promise<RequestRow[]> {
  const closed = includesClosed(filter);
  const { clauses, values } = conditionsOf(filter);
  if (filter.after !== undefined) clauses.push(followsOf(filter.after, { closed, values }));
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r where ${clauses.join(' and ')}
      order by ${closed ? 'r.created_at desc' : 'r.due_at nulls last'}, r.id limit $${values.push(filter.limit)}`,
    values,
  );
  return rows;
}

/** How many there are, on all pages. */
export async function countRequests(tx: Tx, filter: Omit<RequestFilter, 'limit' | 'after'>): Promise<number> {
  const { clauses, values } = conditionsOf(filter);
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from service_requests r where ${clauses.join(' and ')}`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** How many of an area are in which kind of state. */
export interface AreaCount {
  /** Null: of no area. */
  area: string | null;
  kind: StateKind;
  count: number;
  /** Of them past their due time. */
  overdue: number;
  /** Of them due within a day. */
  soon: number;
}

/** Counts what is not closed, by area and kind of state. */
export async function countByArea(
  tx: Tx,
  { now, ...filter }: Omit<RequestFilter, 'limit' | 'after'> & { now: Date },
): Promise<AreaCount[]> {
  const { clauses, values } = conditionsOf(filter);
  const at = `$${values.push(now)}::timestamptz`;
  const { rows } = await tx.query<AreaCount>(
    `select r.area, r.kind, count(*)::int as count, count(*) filter (where r.due_at < ${at})::int as overdue,
            count(*) filter (where r.due_at >= ${at} and r.due_at < ${at} + interval '1 day')::int as soon
       from service_requests r where ${clauses.join(' and ')} group by r.area, r.kind order by r.area nulls last, r.kind`,
    values,
  );
  return rows;
}

/** True for what `dueBefore` now finds: open after its first date. */
export function isLate({ closed_at, due_at }: RequestRow, now: Date): boolean {
  return closed_at === null && due_at !== null && due_at < now;
}

function conditionsOf(filter: Omit<RequestFilter, 'limit'>): { clauses: string[]; values: unknown[] } {
  const wanted: [string, unknown][] = [
    ['r.organization_id = ?', filter.organizationId],
    ['r.department = ?', filter.department],
    ['r.area = ?', filter.area],
    ['r.post = ?', filter.post],
    ['r.post = any (?)', filter.posts],
    ['r.service_code = ?', filter.category],
    ['r.kind = any (?)', filter.kinds],
    ['r.status = any (?)', filter.statuses],
    [WITHIN, filter.within && JSON.stringify(filter.within)],
    ['r.due_at < ?', filter.dueBefore],
    ['r.created_at >= ?', filter.openedFrom],
    ['r.created_at < ?', filter.openedBefore],
    [ofReference('?'), filter.reference],
  ];
  const given = wanted.filter(([, value]) => value !== undefined);
  const clauses = given.map(([clause], index) => clause.replace('?', `$${index + 1}`));
  if (!includesClosed(filter)) clauses.push('r.closed_at is null');
  return { clauses, values: given.map(([, value]) => value) };
}

function includesClosed({ kinds }: Pick<RequestFilter, 'kinds'>): boolean {
  return kinds?.includes('closed') === true;
}

/** The position of a request in its list. */
export function positionOf({ id, due_at, created_at }: RequestRow, closed: boolean): ListPosition {
  return { id, at: closed ? created_at : due_at };
}

function followsOf({ id, at }: ListPosition, { closed, values }: { closed: boolean; values: unknown[] }): string {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const [later, time] = [`r.id > ${bind(id)}`, closed ? 'r.created_at' : 'r.due_at'];
  if (at === null) return `(${time} is null and ${later})`;
  const then = bind(at);
  return `(${time} ${closed ? '<' : '>'} ${then} or (${time} = ${then} and ${later}) or ${time} is null)`;
}

/** The organizations that have given out this reference: mostly one. */
export async function organizationsWithReference(tx: Tx, reference: string): Promise<number[]> {
  const { rows } = await tx.query<{ organizationId: number }>(
    'select organization_id as "organizationId" from service_request_references where reference = $1',
    [reference],
  );
  return rows.map((row) => row.organizationId);
}
