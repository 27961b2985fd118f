/** The columns of a file of sessions. */
import { z } from 'zod';
import { optionalDegrees } from '../data/degrees.ts';
import { dateOf, momentOf } from './times.ts';

const MOST_SEATS = 5_000;

const code = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,63}$/u, { error: 'must be a code of letters, digits, dots and dashes' });
/** A time of day. */
export const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day, for example 09:30', abort: true });
const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
const number = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, { error: 'must be a whole number' })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: `must lie between ${least} and ${most}` });
const optionalNumber = (least: number, most: number) =>
  z
    .string()
    .default('')
    .transform((text) => text || undefined)
    .pipe(number(least, most).optional());

/** True for a date of the calendar and a time of day: "2026-11-22 20:00". */
function isMoment(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d$/.test(text)) return false;
  const moment = momentOf(text.slice(0, 10), text.slice(11));
  return !Number.isNaN(moment.getTime()) && dateOf(moment) === text.slice(0, 10);
}

/** A moment of the clock in India, or empty. */
const moment = z
  .string()
  .default('')
  .refine((text) => text === '' || isMoment(text), {
    error: 'must be a date and a time, for example 2026-11-22 20:00',
    abort: true,
  })
  .transform((text) => (text === '' ? undefined : momentOf(text.slice(0, 10), text.slice(11))));

/** Columns of one line; `columns` also checks them against each other. */
export const lineColumns = z.object({
  session: code,
  resource: code,
  pin: z
    .string()
    .default('')
    .refine((pin) => pin === '' || /^[1-9]\d{5}$/.test(pin), { error: 'must have six digits' }),
  district: z.string().max(100).default(''),
  latitude: optionalDegrees(90),
  longitude: optionalDegrees(180),
  date: z.iso.date({ error: 'must be a date, for example 2026-11-23' }),
  from: time,
  to: time,
  class: z
    .string()
    .default('')
    .refine((one) => one === '' || code.safeParse(one).success, { error: 'must be a code' }),
  capacity: number(0, MOST_SEATS),
  kind: z.string().min(1).max(100),
  /** In rupees; kept in paise. */
  fee: z
    .string()
    .default('')
    .refine((text) => /^(\d{1,6}(\.\d{1,2})?)?$/.test(text), { error: 'must be rupees, for example 780 or 49.50' })
    .transform((text) => Math.round(Number(text) * 100)),
  min_age: optionalNumber(0, 130),
  max_age: optionalNumber(0, 130),
  doses: list.pipe(z.array(number(1, 99))),
  residence: list,
  allowances: list,
  publish_at: moment,
  /** When seats are drawn among those who put their names in; empty: to who comes first. */
  draw_at: moment,
});

export const columns = lineColumns.refine(({ from, to }) => from < to, { error: 'must be later than "from"', path: ['to'] });

export type SessionLine = z.output<typeof columns>;

/** What all lines of a session have in common. */
export const sameSession = [
  'resource',
  'date',
  'kind',
  'fee',
  'min_age',
  'max_age',
  'doses',
  'residence',
  'allowances',
  'publish_at',
  'draw_at',
] as const;
