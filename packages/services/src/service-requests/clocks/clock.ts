/** A clock that starts, stands still and goes on. What it shows is never stored: it follows from these moments and a calendar. */
import type { Calendar } from '../../calendars/calendar.ts';
import { addWorkingTime, workingTimeBetween } from '../../calendars/working-time.ts';

export interface Pause {
  from: Date;
  /** Null while it lasts. */
  to: Date | null;
}

export interface Clock {
  startedAt: Date;
  /** In the order of time; only the last one may last still. */
  pauses: readonly Pause[];
}

/** When the clock has run for so long after a moment; undefined when it stands still before that. */
export function runFor(
  { pauses }: Clock,
  { since, milliseconds, calendar }: { since: Date; milliseconds: number; calendar: Calendar },
): Date | undefined {
  if (milliseconds <= 0) return since;
  let [at, left] = [since, milliseconds];
  for (const { from, to } of pauses) {
    if (to !== null && to <= at) continue;
    const ran = workingTimeBetween(calendar, at, from);
    if (ran >= left) break;
    if (to === null) return undefined;
    left -= ran;
    at = to;
  }
  return addWorkingTime(calendar, at, left);
}

/** How long the clock has run until then. */
export function ranUntil({ startedAt, pauses }: Clock, calendar: Calendar, moment: Date): number {
  const stood = pauses.reduce(
    (sum, { from, to }) => sum + workingTimeBetween(calendar, from, to === null || to > moment ? moment : to),
    0,
  );
  return workingTimeBetween(calendar, startedAt, moment) - stood;
}

/** The clock, standing still from a moment on. */
export function paused({ startedAt, pauses }: Clock, from: Date): Clock {
  return { startedAt, pauses: [...pauses, { from, to: null }] };
}

/** The clock, going on from a moment on. */
export function resumed({ startedAt, pauses }: Clock, to: Date): Clock {
  return { startedAt, pauses: pauses.map((pause) => (pause.to === null ? { from: pause.from, to } : pause)) };
}

/** Since when the clock stands still; null while it runs. */
export function standsSince({ pauses }: Clock): Date | null {
  const last = pauses.at(-1);
  return last !== undefined && last.to === null ? last.from : null;
}
