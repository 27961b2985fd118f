/** The clock of a request: what its columns say, and what they become when the request is opened, moves, or a date is reached. */
import type { RequestDesk } from '../desk.ts';
import type { State } from '../life-cycles/life-cycle.ts';
import type { RequestRow } from '../records.ts';
import { type Clock, paused, resumed, runFor, standsSince } from './clock.ts';
import { type Policy, pauses } from './policy.ts';
import { type Promised, promiseFor } from './rules.ts';
import { nextStep, type Stage, type Step, stageAgain, stepsOf } from './steps.ts';

/** What the clock has in the row of a request. */
export type ClockColumns = Pick<
  RequestRow,
  'due_at' | 'expected_at' | 'paused_at' | 'escalation_level' | 'clock_started_at' | 'clock_pauses' | 'clock_stage' | 'clock_at'
>;

/** How far a request has come. */
export type Reached = Pick<Step, 'stage' | 'level'>;

/** What is ahead of a request by the rules of now. */
export interface Outlook {
  policy: Policy;
  steps: readonly Step[];
  columns: ClockColumns;
}

/** The clock of a request that is opened, or opened again, now. */
export function startedClock(desk: RequestDesk, promised: Promised, now: Date): ClockColumns {
  const clock = { startedAt: now, pauses: [] };
  return settle(desk, promised, { clock, reached: { stage: 'running', level: 0 }, now })?.columns ?? unpromised(clock);
}

/** The clock after a move, of the request as the move leaves it; `reason` is the move's. */
export function movedClock(
  desk: RequestDesk,
  row: RequestRow,
  { to, reason, reopened, now }: { to: State; reason: string | undefined; reopened: boolean; now: Date },
): Partial<ClockColumns> {
  if (reopened) return startedClock(desk, row, now);
  const clock = clockOf(row);
  if (clock === undefined) return {};
  if (to.kind === 'closed') return { ...stored(resumed(clock, now)), clock_at: null };
  const policy = promiseFor(desk.clocks, desk.categories, row)?.policy;
  const stands = policy !== undefined && pauses(policy, to.code, reason);
  const next = switched(clock, stands, now);
  return settle(desk, row, { clock: next, reached: reachedBy(row), now })?.columns ?? unpromised(next);
}

/** What is ahead of a request; undefined where no clock runs. */
export function outlookOf(desk: RequestDesk, row: RequestRow, now: Date): Outlook | undefined {
  const clock = clockOf(row);
  return clock && settle(desk, row, { clock, reached: reachedBy(row), now });
}

/** The same when a step of it has been taken. */
export function outlookAfter(desk: RequestDesk, row: RequestRow, { step, now }: { step: Step; now: Date }): Outlook | undefined {
  const clock = clockOf(row);
  const reached = { stage: step.stage, level: Math.max(step.level, row.escalation_level) };
  return clock && settle(desk, row, { clock, reached, now });
}

export function reachedBy({ clock_stage: stage, escalation_level: level }: RequestRow): Reached {
  return { stage, level };
}

function settle(
  desk: RequestDesk,
  promised: Promised,
  { clock, reached, now }: { clock: Clock; reached: Reached; now: Date },
): Outlook | undefined {
  const promise = promiseFor(desk.clocks, desk.categories, promised);
  if (promise === undefined) return undefined;
  const { policy, withinMs } = promise;
  const steps = stepsOf(policy, withinMs, clock);
  const stage = stageAgain(steps, reached.stage, now);
  const due = runFor(clock, { since: clock.startedAt, milliseconds: withinMs, calendar: policy.calendar });
  return {
    policy,
    steps,
    columns: {
      ...stored(clock),
      due_at: due ?? null,
      expected_at: standsSince(clock) === null ? expectedAt(steps, { stage, level: reached.level, due }) : null,
      escalation_level: reached.level,
      clock_stage: stage,
      clock_at: nextStep(steps, { stage, level: reached.level })?.at ?? null,
    },
  };
}

/** Until it is late, when it is due; then, by when the post that has it now must have done something. */
function expectedAt(
  steps: readonly Step[],
  { stage, level, due }: { stage: Stage; level: number; due: Date | undefined },
): Date | null {
  if (stage !== 'breached') return due ?? null;
  const rungAt = (wanted: number) => (wanted === 0 ? undefined : steps.find((step) => step.level === wanted)?.at);
  return rungAt(level + 1) ?? rungAt(level) ?? due ?? null;
}

function clockOf({ clock_started_at: startedAt, clock_pauses }: RequestRow): Clock | undefined {
  if (startedAt === null) return undefined;
  return {
    startedAt,
    pauses: clock_pauses.map(([from, to]) => ({ from: new Date(from), to: to === null ? null : new Date(to) })),
  };
}

function stored(clock: Clock): Pick<ClockColumns, 'clock_started_at' | 'clock_pauses' | 'paused_at'> {
  return {
    clock_started_at: clock.startedAt,
    clock_pauses: clock.pauses.map(({ from, to }) => [from.toISOString(), to?.toISOString() ?? null]),
    paused_at: standsSince(clock),
  };
}

function switched(clock: Clock, stands: boolean, now: Date): Clock {
  if (stands === (standsSince(clock) !== null)) return clock;
  return stands ? paused(clock, now) : resumed(clock, now);
}

/** Nothing is promised in this category: the clock is kept, for it may be transferred to one in which something is. */
function unpromised(clock: Clock): ClockColumns {
  return { ...stored(clock), due_at: null, expected_at: null, escalation_level: 0, clock_stage: 'running', clock_at: null };
}
