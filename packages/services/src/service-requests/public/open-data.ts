/**
 * What is published of an organization's requests: numbers by area and category, and nothing of anybody. A number that is small
 * enough to point at people is not told, nor what it follows from: a row with fewer than `atLeast` requests is left out, sums
 * are of the rows that are told, and where one state of a row is hidden, enough others are that the hidden ones together reach
 * `atLeast`.
 */
import type { Tx } from '@hazir/store';
import type { RequestDesk } from '../desk.ts';
import { STATE_KINDS, type StateKind } from '../life-cycles/life-cycle.ts';

export interface OpenRow {
  area: string;
  /** Code of the category. */
  category: string;
  total: number;
  /** By kind of state; null: too few to be told. */
  states: Record<StateKind, number | null>;
  overdue: number | null;
  /** From opening to closing. */
  medianDays: number | null;
  /** Share of requests that were opened again. */
  reopenedShare: number | null;
}

export interface OpenArea {
  area: string;
  /** Sums of the rows that are told. */
  total: number;
  overdue: number;
  medianDays: number | null;
  reopenedShare: number | null;
  rows: OpenRow[];
}

export interface OpenData {
  from: Date;
  to: Date;
  atLeast: number;
  areas: OpenArea[];
}

interface Counted extends Record<StateKind, number> {
  area: string;
  /** Null: of the whole area. */
  category: string | null;
  total: number;
  overdue: number;
  reopened: number;
  medianDays: number | null;
}

const PERIOD_MS = 365 * 86_400_000;

const COUNT = `select area, service_code as category, count(*)::int as total,
    ${STATE_KINDS.map((kind) => `count(*) filter (where kind = '${kind}')::int as ${kind}`).join(', ')},
    count(*) filter (where closed_at is null and due_at < $3)::int as overdue,
    count(*) filter (where reopened_count > 0)::int as reopened,
    percentile_cont(0.5) within group (order by extract(epoch from closed_at - created_at) / 86400)
      filter (where closed_at is not null)::float8 as "medianDays"
  from service_requests where organization_id = $1 and created_at >= $2 and created_at < $3 and area is not null
  group by grouping sets ((area, service_code), (area)) order by area, total desc, service_code`;

/** The numbers of the last 365 days; undefined where the pack publishes none. */
export async function readOpenData(
  tx: Tx,
  desk: RequestDesk,
  { organizationId, now }: { organizationId: number; now: Date },
): Promise<OpenData | undefined> {
  const { openData } = desk.settings;
  if (openData === undefined) return undefined;
  const from = new Date(now.getTime() - PERIOD_MS);
  const { rows } = await tx.query<Counted>(COUNT, [organizationId, from, now]);
  const { atLeast } = openData;
  const wholes = rows.filter((row) => row.category === null);
  const areas = wholes.map((whole) => areaOf(whole, { rows, atLeast })).filter(({ total }) => total > 0);
  return { from, to: now, atLeast, areas };
}

function areaOf(whole: Counted, { rows, atLeast }: { rows: readonly Counted[]; atLeast: number }): OpenArea {
  const own = rows.filter(({ area, total }) => area === whole.area && total >= atLeast);
  const told = own.flatMap((row) => (row.category === null ? [] : [tell(row, row.category, atLeast)]));
  const { medianDays, reopenedShare } = tell(whole, '', atLeast);
  return {
    ...{ area: whole.area, medianDays, reopenedShare, rows: told },
    total: sum(told.map(({ total }) => total)),
    overdue: sum(told.map(({ overdue }) => overdue ?? 0)),
  };
}

function tell(row: Counted, category: string, atLeast: number): OpenRow {
  const { area, total, overdue, reopened, closed, medianDays } = row;
  const isSmall = (count: number) => count > 0 && count < atLeast;
  return {
    ...{ area, category, total, states: statesOf(row, atLeast), overdue: isSmall(overdue) ? null : overdue },
    medianDays: medianDays === null || closed < atLeast ? null : rounded(medianDays, 10),
    reopenedShare: total === 0 || isSmall(reopened) ? null : rounded(reopened / total, 100),
  };
}

/** The smallest first are hidden, until nothing follows from what is left. */
function statesOf(row: Counted, atLeast: number): OpenRow['states'] {
  const hidden = new Set<StateKind>();
  const bySize = STATE_KINDS.filter((kind) => row[kind] > 0).sort((a, b) => row[a] - row[b]);
  for (const kind of bySize) {
    const together = sum([...hidden].map((one) => row[one]));
    if (row[kind] < atLeast || (hidden.size > 0 && together < atLeast)) hidden.add(kind);
  }
  const toldOf = (kind: StateKind) => (hidden.has(kind) ? null : row[kind]);
  return { open: toldOf('open'), working: toldOf('working'), waiting: toldOf('waiting'), closed: toldOf('closed') };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}

function rounded(number: number, parts: number): number {
  return Math.round(number * parts) / parts;
}
