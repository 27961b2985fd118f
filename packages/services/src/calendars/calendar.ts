/**
 * Working hours of an office, by weekday and by date, in its time zone. Days are counted by number (0 is 1 January 1970
 * there), and what a day has is worked out once: a clock walks over many days, and many clocks over the same ones.
 */
import { Temporal } from 'temporal-polyfill';

/** Part of a day, in minutes after midnight: 0 to 1,440. */
export interface Hours {
  from: number;
  to: number;
}

/** Part of a day, in milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

export interface CalendarData {
  code: string;
  /** IANA name. */
  timeZone: string;
  /** Monday first; in the order of the day, none of them overlapping. */
  week: readonly (readonly Hours[])[];
  /** Dates that are not as their weekday, "2026-01-26": no hours on a holiday, some on a half day. */
  days: ReadonlyMap<string, readonly Hours[]>;
  /** What "1d" means in this calendar, in milliseconds of working time. */
  dayMs: number;
}

export interface Calendar {
  code: string;
  dayMs: number;
  /** The number of the day that a moment belongs to. */
  dayOf: (moment: number) => number;
  /** When there is work on a day. */
  spansOn: (day: number) => readonly Span[];
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const WHOLE_DAY: readonly Hours[] = [{ from: 0, to: 1_440 }];
/** 1 January 1970 was a Thursday. */
const FIRST_WEEKDAY = 3;
const FIRST_DAY = Temporal.PlainDate.from('1970-01-01');

/** Round the clock, on every day. */
export const ALWAYS: Calendar = createCalendar({
  code: 'always',
  timeZone: 'UTC',
  week: Array.from({ length: 7 }, () => WHOLE_DAY),
  days: new Map(),
  dayMs: DAY_MS,
});

export function createCalendar({ code, timeZone, week, days, dayMs }: CalendarData): Calendar {
  const dateOf = (day: number) => FIRST_DAY.add({ days: day });
  const midnight = remembered((day: number) => dateOf(day).toZonedDateTime(timeZone).epochMilliseconds);
  const spansOn = remembered((day: number): readonly Span[] => {
    const date = dateOf(day);
    const hours = days.get(date.toString()) ?? week[(day + FIRST_WEEKDAY) % 7] ?? [];
    const at = (minutes: number) =>
      minutes === 1_440 ? midnight(day + 1) : date.toPlainDateTime().add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;
    return hours.map(({ from, to }) => ({ from: at(from), to: at(to) })).filter(({ from, to }) => from < to);
  });
  const dayOf = (moment: number) => {
    let day = Math.floor(moment / DAY_MS);
    while (moment < midnight(day)) day -= 1;
    while (moment >= midnight(day + 1)) day += 1;
    return day;
  };
  return { code, dayMs, dayOf, spansOn };
}

function remembered<Value>(work: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
