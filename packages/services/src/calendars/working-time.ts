/** Adds and measures time of which only what is worked counts. Everything is in milliseconds. */
import type { Calendar } from './calendar.ts';

/** Some 270 years: longer than any promise takes in a calendar with an hour a week. */
const MOST_DAYS = 100_000;

/**
 * The first moment by which so much has been worked since then. What ends with the day ends at closing time, not on the
 * next morning. Throws a RangeError for a calendar that has no working time left.
 */
export function addWorkingTime(calendar: Calendar, from: Date, milliseconds: number): Date {
  if (milliseconds <= 0) return from;
  const first = calendar.dayOf(from.getTime());
  let left = milliseconds;
  for (let day = first; day < first + MOST_DAYS; day += 1) {
    for (const span of calendar.spansOn(day)) {
      const start = Math.max(span.from, from.getTime());
      if (start + left <= span.to) return new Date(start + left);
      left -= Math.max(0, span.to - start);
    }
  }
  throw new RangeError(`The calendar "${calendar.code}" has too little working time.`);
}

/** How much is worked from one moment to another; 0 when the other one is not later. */
export function workingTimeBetween(calendar: Calendar, from: Date, to: Date): number {
  const [start, end] = [from.getTime(), to.getTime()];
  if (end <= start) return 0;
  let worked = 0;
  const last = calendar.dayOf(end);
  for (let day = calendar.dayOf(start); day <= last; day += 1) {
    for (const span of calendar.spansOn(day)) worked += Math.max(0, Math.min(span.to, end) - Math.max(span.from, start));
  }
  return worked;
}
