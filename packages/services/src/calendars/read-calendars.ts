/** Reads a pack's calendars: working hours by weekday, and lists of holidays with where they were read. */
import { z } from 'zod';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml, type YamlData } from '../data/yaml.ts';
import { ALWAYS, type Calendar, createCalendar, HOUR_MS, type Hours, MINUTE_MS } from './calendar.ts';

export const CLOCKS_HINT = 'Calendars and clocks are described in docs/how-to/clocks.md.';
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const TIME = '([01]\\d|2[0-3]):[0-5]\\d';

const code = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const part = z
  .string()
  .regex(new RegExp(`^${TIME}-(${TIME}|24:00)$`), { error: 'must be hours such as "09:30-17:30"' })
  .transform((text): Hours => {
    const [from = 0, to = 0] = text.split('-').map(minutesOf);
    return { from, to };
  });
const hours = z
  .union([part.transform((one) => [one]), z.array(part).max(8)])
  .refine((all) => all.every(({ from, to }, index) => from < to && from >= (all[index - 1]?.to ?? 0)), {
    error: 'must be in the order of the day, none overlapping',
  });

const schema = z.strictObject({
  holidays: z
    .array(
      z.strictObject({
        code,
        /** Where the dates were read, and when. */
        source: z.string().min(1).max(500),
        asOf: z.iso.date(),
        days: z
          .array(
            z.strictObject({
              date: z.iso.date({ error: 'must be a date, for example 2026-01-26' }),
              name: z.string().min(1).max(120),
              /** Of a half day; none on a holiday. */
              hours: hours.optional(),
              /** False for a date that the source gives as likely: of a new moon, for example. */
              confirmed: z.boolean().default(true),
            }),
          )
          .max(400),
      }),
    )
    .max(50)
    .default([]),
  calendars: z
    .array(
      z.strictObject({
        code,
        timeZone: z.string().refine(isTimeZone, { error: 'must be a time zone, for example Asia/Kolkata' }),
        week: z.partialRecord(z.enum(WEEKDAYS), hours),
        holidays: z.array(code).max(20).default([]),
      }),
    )
    .min(1)
    .max(50),
});

type Written = z.output<typeof schema>;

/** Calendars by code; "always" is there without a file. Undefined after reporting that the file cannot be read. */
export function readCalendars(reader: DataReader, file: string | undefined): ReadonlyMap<string, Calendar> | undefined {
  const found = new Map([[ALWAYS.code, ALWAYS]]);
  if (file === undefined) return found;
  const yaml = readYaml(reader, file);
  if (yaml === undefined) return undefined;
  const parsed = checkShape(schema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: CLOCKS_HINT });
  if (parsed === undefined) return undefined;
  reportMistakes(reader, file, { parsed, yaml });
  for (const calendar of parsed.calendars) found.set(calendar.code, build(calendar, parsed.holidays));
  return found;
}

function build({ code, timeZone, week, holidays: wanted }: Written['calendars'][number], lists: Written['holidays']): Calendar {
  const weekdays = WEEKDAYS.map((day) => week[day] ?? []);
  const days = lists.filter((list) => wanted.includes(list.code)).flatMap((list) => list.days);
  return createCalendar({
    ...{ code, timeZone, week: weekdays },
    days: new Map(days.map((day) => [day.date, day.hours ?? []])),
    dayMs: Math.max(...weekdays.map(minutesIn)) * MINUTE_MS,
  });
}

function reportMistakes(reader: DataReader, file: string, { parsed, yaml }: { parsed: Written; yaml: YamlData }): void {
  const report = (code: 'data:duplicate' | 'data:bad-calendar', message: string, path: readonly PropertyKey[]) =>
    reader.report(code, message, { file, line: yaml.lineOf(path), hint: CLOCKS_HINT });
  const lists = new Map(parsed.holidays.map((list) => [list.code, list]));
  for (const [name, all] of [
    ['holidays', parsed.holidays],
    ['calendars', parsed.calendars],
  ] as const)
    for (const [index, { code: own }] of all.entries())
      if (own === ALWAYS.code || all.findIndex((other) => other.code === own) < index)
        report('data:duplicate', `"${own}" is there already`, [name, index, 'code']);
  for (const [index, list] of parsed.holidays.entries())
    for (const [place, { date }] of list.days.entries())
      if (list.days.findIndex((other) => other.date === date) < place)
        report('data:duplicate', `${date} is listed twice`, ['holidays', index, 'days', place]);
  for (const [index, { week, holidays, code: own }] of parsed.calendars.entries()) {
    for (const wanted of holidays.filter((each) => !lists.has(each)))
      report('data:bad-calendar', `There is no list of holidays "${wanted}"`, ['calendars', index, 'holidays']);
    if (WEEKDAYS.reduce((sum, day) => sum + minutesIn(week[day] ?? []), 0) * MINUTE_MS < HOUR_MS)
      report('data:bad-calendar', `"${own}" has less than an hour of work a week`, ['calendars', index, 'week']);
  }
}

function minutesIn(parts: readonly Hours[]): number {
  return parts.reduce((sum, { from, to }) => sum + to - from, 0);
}

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
