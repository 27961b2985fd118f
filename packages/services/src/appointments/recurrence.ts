/** On which dates something comes again: days of the week, or a rule of RFC 5545 by the day, with dates left out and dates added. */
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

export interface Recurrence {
  /** Days of the week as RRULE names them; empty where a rule is given. */
  days: readonly string[];
  rule: string;
  /** First and last date; empty for no end. A rule counts from the first. */
  startsOn: string;
  endsOn: string;
  except: readonly string[];
  also: readonly string[];
}

/** Rules by the hour or second are refused: a session has its times of its own. */
const FREQUENCY = /(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/;
const MOST_RULE = 200;
/** The middle of the day: no zone or summer time moves the date. */
const NOON = '120000';
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A rule such as FREQ=MONTHLY;BYDAY=2SA, or empty. */
export const recurrenceRule = z
  .string()
  .max(MOST_RULE)
  .transform((text) => text.trim().toUpperCase())
  .refine((text) => text === '' || (FREQUENCY.test(text) && isRule(text)), {
    error: 'must be a rule by the day, for example FREQ=MONTHLY;BYDAY=2SA',
  });

/** Dates with semicolons, for example 2027-01-26;2027-03-03, or empty. */
export const dateList = z
  .string()
  .max(4_000)
  .transform((text) => text.split(';').flatMap((part) => part.trim() || []))
  .pipe(z.array(z.iso.date({ error: 'must be dates such as 2027-01-26;2027-03-03' })).max(366));

/** The dates from `from` to `to`, both included, in order. */
export function datesOf(recurrence: Recurrence, { from, to }: { from: string; to: string }): string[] {
  const { startsOn, endsOn, except, also } = recurrence;
  const regular = occurrences(recurrence, { from, to }).filter(
    (date) => (startsOn === '' || startsOn <= date) && (endsOn === '' || endsOn >= date) && !except.includes(date),
  );
  return [...new Set([...regular, ...also.filter((date) => from <= date && date <= to)])].sort();
}

function occurrences({ days, rule, startsOn }: Recurrence, { from, to }: { from: string; to: string }): string[] {
  const pattern = rule === '' ? `FREQ=WEEKLY;BYDAY=${days.join(',')}` : rule;
  if (rule === '' && days.length === 0) return [];
  const found = ruleOf(pattern, startsOn === '' ? from : startsOn).between(noonOf(from), noonOf(to), true);
  return found.map((moment) => moment.toPlainDate().toString());
}

function ruleOf(rule: string, start: string) {
  const rruleString = `DTSTART;TZID=UTC:${start.replaceAll('-', '')}T${NOON}Z\nRRULE:${rule}`;
  return new RRuleTemporal({ rruleString, temporal: Temporal });
}

function isRule(text: string): boolean {
  try {
    ruleOf(text, '2026-01-01').between(noonOf('2026-01-01'), noonOf('2026-01-31'), true);
    return true;
  } catch {
    return false;
  }
}

function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/** As the files say it: "mon" is MO. */
export function weekday(name: string): string | undefined {
  return DAYS.find((day) => name.trim().toUpperCase().startsWith(day));
}
