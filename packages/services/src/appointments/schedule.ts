/**
 * Sessions that come again: a file of the pack says on which days of the week or by which rule, another one which dates are holidays. What is
 * missing is added for as many days as can be booked; a session that is there already is left as officers have made it.
 */
import type { Tx } from '@hazir/store';
import { z } from 'zod';
import type { DataReader } from '../data/source.ts';
import { readTable, reportRepeats, type TableRow } from '../data/table.ts';
import { type Line, storeLines } from './import.ts';
import { lineColumns, time } from './import-columns.ts';
import { dateList, datesOf, type Recurrence, recurrenceRule, weekday } from './recurrence.ts';
import { DAY, dateOf, later, momentOf } from './times.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const scheduleColumns = lineColumns
  .omit({ date: true, publish_at: true, draw_at: true })
  .extend({
    /** Days of the week; empty where a rule or dates are given. */
    days: z
      .string()
      .default('')
      .transform((text) => (text === 'daily' ? DAYS : text.split(';').flatMap((day) => day.trim() || [])))
      .pipe(z.array(z.enum(DAYS, { error: 'must be days such as mon;wed;fri, or daily' }))),
    /** In place of days: a recurrence rule of RFC 5545, counted from starts_on. */
    rule: recurrenceRule.default(''),
    /** Dates left out, and dates besides; a holiday keeps neither. */
    except: dateList.default([]),
    also: dateList.default([]),
    /** First and last date; empty for no end. */
    starts_on: z.union([z.literal(''), z.iso.date()], { error: 'must be a date or empty' }).default(''),
    ends_on: z.union([z.literal(''), z.iso.date()], { error: 'must be a date or empty' }).default(''),
    /** How many days before it is published; empty: as soon as it can be booked. */
    publish_days_before: z
      .string()
      .regex(/^\d{0,2}$/, { error: 'must be a number of days or empty' })
      .default(''),
    publish_time: z.union([z.literal(''), time]).default(''),
    /** The same for the draw of its seats; empty: to who comes first. */
    draw_days_before: z
      .string()
      .regex(/^\d{0,2}$/, { error: 'must be a number of days or empty' })
      .default(''),
    draw_time: z.union([z.literal(''), time]).default(''),
  })
  .refine(({ from, to }) => from < to, { error: 'must be later than "from"', path: ['to'] })
  .refine((one) => one.days.length > 0 !== (one.rule !== '') || (one.rule === '' && one.also.length > 0), {
    error: 'must name days, or a rule in their place',
    path: ['days'],
  })
  .refine((one) => one.rule === '' || one.starts_on !== '', { error: 'a rule is counted from a first date', path: ['starts_on'] })
  .refine((one) => (one.publish_days_before === '') === (one.publish_time === ''), {
    error: 'goes together with publish_days_before',
    path: ['publish_time'],
  })
  .refine((one) => (one.draw_days_before === '') === (one.draw_time === ''), {
    error: 'goes together with draw_days_before',
    path: ['draw_time'],
  });

const holidayColumns = z.object({
  date: z.iso.date({ error: 'must be a date, for example 2027-01-26' }),
  /** Empty: everywhere. */
  resource: z.string().max(64).default(''),
});

type ScheduleLine = z.output<typeof scheduleColumns>;

export interface Schedule {
  lines: readonly TableRow<ScheduleLine>[];
  /** "2027-01-26|" for everywhere, "2027-01-26|phc-gn" for one resource. */
  holidays: ReadonlySet<string>;
  bookAheadDays: number;
}

/** Reads a pack's schedule; undefined where it has none. */
export function readSchedule(
  reader: DataReader,
  { schedule, holidays, bookAheadDays }: { schedule?: string | undefined; holidays?: string | undefined; bookAheadDays: number },
): Schedule | undefined {
  if (schedule === undefined) return undefined;
  const lines = readTable(reader, {
    file: schedule,
    columns: scheduleColumns,
    texts: { name: 'required', address: 'required' },
  });
  reportRepeats(
    reader,
    schedule,
    lines.map(({ line, values }) => ({ line, key: [values.session, values.from, values.class].join(' ') })),
  );
  const closed = holidays === undefined ? [] : readTable(reader, { file: holidays, columns: holidayColumns, texts: {} });
  return {
    lines,
    holidays: new Set(closed.map(({ values }) => `${values.date}|${values.resource}`)),
    bookAheadDays,
  };
}

/** Adds the sessions that are missing, in the caller's transaction; resolves with how many. */
export async function planSessions(
  tx: Tx,
  { organizationId, schedule, now }: { organizationId: number; schedule: Schedule; now: Date },
): Promise<number> {
  const due = linesBetween(schedule, { from: dateOf(now), to: dateOf(later(now, schedule.bookAheadDays * DAY)) });
  const codes = [...new Set(due.map(({ values }) => values.session))];
  const { rows } = await tx.query<{ code: string }>(
    'select code from appointment_sessions where organization_id = $1 and code = any($2)',
    [organizationId, codes],
  );
  const there = new Set(rows.map(({ code }) => code));
  const missing = due.filter(({ values }) => !there.has(values.session));
  await storeLines(tx, { organizationId, now }, { lines: missing, report: () => undefined });
  return new Set(missing.map(({ values }) => values.session)).size;
}

function linesBetween({ lines, holidays }: Schedule, range: { from: string; to: string }): Line[] {
  return lines.flatMap((one) =>
    datesOf(recurrenceOf(one.values), range)
      .filter((date) => !holidays.has(`${date}|`) && !holidays.has(`${date}|${one.values.resource}`))
      .map((date) => ({ ...one, values: sessionOn(one.values, date) })),
  );
}

function recurrenceOf({ days, rule, starts_on: startsOn, ends_on: endsOn, except, also }: ScheduleLine): Recurrence {
  return { days: days.flatMap((day) => weekday(day) ?? []), rule, startsOn, endsOn, except, also };
}

function sessionOn(values: ScheduleLine, date: string): Line['values'] {
  const { days: _d, rule: _r, except: _e, also: _a, starts_on: _f, ends_on: _t, ...line } = values;
  const { publish_days_before, publish_time, draw_days_before, draw_time, ...session } = line;
  return {
    ...session,
    session: `${line.session}-${date}`,
    date,
    publish_at: momentBefore(date, publish_days_before, publish_time),
    draw_at: momentBefore(date, draw_days_before, draw_time),
  };
}

/** So many days before a date, at a time of day; undefined for an empty time. */
function momentBefore(date: string, days: string, at: string): Date | undefined {
  return at === '' ? undefined : momentOf(dateOf(later(momentOf(date, '12:00'), -Number(days) * DAY)), at);
}
