/**
 * A year of a city on the virtual clock: requests come as they do in Mumbai and are closed when they are closed there (Praja
 * Foundation, rounded; see packs/mumbai/demo/past-requests.yaml), wait, are transferred, opened again, and in the middle of it
 * the State declares one more holiday. No database: these are the very functions that decide what the rows become.
 */
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../calendars/calendar.ts';
import { loadMumbai, readMumbai } from '../../testing.ts';
import type { RequestDesk } from '../desk.ts';
import { currentState, lifeCycleOf } from '../desk.ts';
import type { RequestRow } from '../records.ts';
import { movedClock, outlookAfter, outlookOf, reachedBy, startedClock } from './request-clock.ts';
import { nextStep } from './steps.ts';

const REQUESTS = 20_000;
const START = Date.parse('2026-01-01T00:00:00+05:30');
/** Days until closing, and the share that is closed by then. */
const CLOSING = [
  { from: 0, to: 7, share: 0.25 },
  { from: 7, to: 15, share: 0.19 },
  { from: 15, to: 25, share: 0.14 },
  { from: 25, to: 50, share: 0.18 },
  { from: 50, to: 100, share: 0.13 },
  { from: 100, to: 300, share: 0.11 },
];

interface Happening {
  at: Date;
  does: 'opened' | 'moved' | 'stepped' | 'recounted' | 'closed';
  row: RequestRow;
}

test('in a year of 20,000 requests every clock keeps its rules', () => {
  const random = seeded(20_260_123);
  const before = deskWith();
  const later = deskWith('2026-08-03');
  const changes = Date.parse('2026-07-15T00:00:00+05:30');
  const levels = new Map<number, number>();
  const faults: string[] = [];
  let happenings = 0;
  for (let index = 0; index < REQUESTS; index += 1) {
    const history = live(
      drawn((at) => (at.getTime() < changes ? before : later), random),
      { before, later, changes },
    );
    const level = Math.max(...history.map(({ row }) => row.escalation_level));
    levels.set(level, (levels.get(level) ?? 0) + 1);
    for (const [at, happening] of history.entries()) faults.push(...broken(happening, history[at - 1]));
    happenings += history.length;
  }
  expect(faults).toEqual([]);
  expect(happenings).toBeGreaterThan(5 * REQUESTS);
  expect([...levels.keys()].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(levels.get(4) ?? 0).toBeGreaterThan(REQUESTS * 0.13);
});

/** The rules that are broken by what has happened to a request; none is. */
function broken({ at, does, row }: Happening, last: Happening | undefined): string[] {
  const open = row.closed_at === null;
  const { expected_at: expected, paused_at: paused, clock_at: next, escalation_level: level, clock_stage: stage } = row;
  const stepped = does === 'stepped';
  const reopened = last !== undefined && last.row.closed_at !== null && open;
  const climbed = last === undefined ? 0 : level - last.row.escalation_level;
  const pauses = row.clock_pauses.filter(([, to]) => to === null).length;
  const late = open && expected !== null && expected < at;
  const rules: [string, boolean][] = [
    [
      'while the clock stands still nothing is promised and nothing happens',
      open && paused !== null ? expected === null && !stepped : true,
    ],
    ['while it runs, something is promised', open && paused === null ? expected !== null : true],
    ['a date that has passed is known to be late, and nobody above is left', late ? stage === 'breached' && next === null : true],
    ['what is closed has no clock', open || (next === null && paused === null)],
    ['a clock stands still once at a time', pauses === (open && paused !== null ? 1 : 0)],
    ['rung by rung', stepped ? climbed === 0 || climbed === 1 : reopened || climbed === 0],
    ['each step once', !stepped || last?.row.clock_stage !== stage || climbed === 1],
    ['at the moment that was written down', !stepped || last?.row.clock_at?.getTime() === at.getTime()],
  ];
  return rules.filter(([, kept]) => !kept).map(([rule]) => `${rule}: ${at.toISOString()}`);
}

interface World {
  before: RequestDesk;
  later: RequestDesk;
  changes: number;
}

/** Everything that happens to one request in its year. */
function live({ row: first, acts }: Drawn, { before, later, changes }: World): Happening[] {
  const history: Happening[] = [{ at: first.created_at, does: 'opened', row: first }];
  let row = first;
  const happens = (at: Date, does: Happening['does'], change: Partial<RequestRow>) => {
    row = { ...row, ...change };
    history.push({ at, does, row });
  };
  const deskAt = (at: Date) => (at.getTime() < changes ? before : later);
  const runUntil = (until: Date) => {
    while (row.clock_at !== null && row.clock_at <= until && row.closed_at === null) {
      const at = row.clock_at;
      const desk = deskAt(at);
      const outlook = outlookOf(desk, row, at);
      const step = outlook && nextStep(outlook.steps, reachedBy(row));
      if (outlook === undefined || step === undefined || step.at > at)
        throw new Error('a clock that was to be looked at for nothing');
      happens(at, 'stepped', outlookAfter(desk, row, { step, now: at })?.columns ?? {});
    }
  };
  for (const act of [
    ...acts,
    ...(changes > first.created_at.getTime() ? [{ at: new Date(changes), move: undefined }] : []),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    runUntil(act.at);
    if (act.move === undefined)
      happens(act.at, 'recounted', row.closed_at === null ? (outlookOf(later, row, act.at)?.columns ?? {}) : {});
    else moveBy(deskAt(act.at), act.at, act);
  }
  return history;

  function moveBy(desk: RequestDesk, at: Date, { move: code = '', reason }: Act): void {
    const cycle = lifeCycleOf(desk, row.service_code);
    const from = currentState(desk, row);
    const move = cycle.moves.find((one) => one.code === code && one.from.includes(from.code));
    const to = move && cycle.states.get(move.to);
    if (to === undefined) return;
    const reopened = from.kind === 'closed' && to.kind !== 'closed';
    const moved = { ...row, status: to.code, kind: to.kind, closed_at: to.kind === 'closed' ? at : null };
    happens(at, to.kind === 'closed' ? 'closed' : 'moved', {
      ...moved,
      ...movedClock(desk, moved, { to, reason, reopened, now: at }),
    });
  }
}

interface Act {
  at: Date;
  /** Undefined for the day on which the State declares a holiday. */
  move: string | undefined;
  reason?: string;
}

interface Drawn {
  row: RequestRow;
  acts: Act[];
}

function drawn(deskAt: (at: Date) => RequestDesk, random: () => number): Drawn {
  const created = new Date(START + random() * 365 * DAY_MS);
  const desk = deskAt(created);
  const leaves = desk.categories.all.filter(({ expectedHours }) => expectedHours !== undefined);
  const category = leaves[Math.floor(random() * leaves.length)];
  if (category === undefined) throw new Error('no categories');
  const promised = { service_code: category.code, area: 'G/N', priority: 3 };
  const { start } = lifeCycleOf(desk, category.code);
  const row: RequestRow = {
    ...{ organization_id: 1, contact_id: 'c', id: 'r', reference: 'MUM-0000-0000', status: start.code, kind: start.kind },
    ...{
      entered_at: created,
      version: 1,
      department: null,
      post: 'roads-gn',
      settled: false,
      duplicate_of: null,
      remind_at: null,
    },
    ...{ reminders: 0, description: '', latitude: null, longitude: null, address: null, channel_id: 1, language: 'en' },
    ...{ created_at: created, updated_at: created, closed_at: null, reopened_count: 0, rating: null },
    ...promised,
    ...startedClock(desk, promised, created),
  };
  return { row, acts: actsOf(created, random) };
}

function actsOf(created: Date, random: () => number): Act[] {
  const days = closingDays(random);
  const at = (share: number) => new Date(created.getTime() + days * share * DAY_MS);
  const acts: Act[] = [{ at: at(0.1), move: 'start' }];
  if (random() < 0.3) {
    const reason = random() < 0.7 ? 'weather' : 'material';
    acts.push({ at: at(0.2), move: 'hold', reason }, { at: at(0.2 + random() * 0.3), move: 'start' });
  }
  if (random() < 0.1) acts.push({ at: at(0.6), move: 'seek_sanction' }, { at: at(0.6 + random() * 0.3), move: 'start' });
  acts.push({ at: at(1), move: 'close' });
  if (random() < 0.06) {
    const again = new Date(at(1).getTime() + 24 * HOUR_MS);
    acts.push({ at: again, move: 'reopen' }, { at: new Date(again.getTime() + random() * 40 * DAY_MS), move: 'close' });
  }
  return acts;
}

function closingDays(random: () => number): number {
  let share = random();
  for (const band of CLOSING) {
    if (share < band.share) return band.from + random() * (band.to - band.from);
    share -= band.share;
  }
  return 300;
}

function deskWith(holiday?: string): RequestDesk {
  const text = readMumbai('data/calendars.yaml') ?? '';
  const added =
    holiday === undefined ? text : text.replace('    days:\n', `    days:\n      - { date: ${holiday}, name: Added }\n`);
  const desk = loadMumbai({ files: { 'data/calendars.yaml': added } }).requestDesk;
  if (desk === undefined) throw new Error('no desk');
  return desk;
}

/** Park and Miller's generator: the same year at every run. */
function seeded(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
