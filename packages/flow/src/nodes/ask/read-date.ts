/**
 * Reads a date as people write it in India: day first, in the digits of any script, with month names of the pack's
 * languages, or "today", "yesterday", "tomorrow". Where a word or a missing year allows two days ("kal" is yesterday and
 * tomorrow), the one that the question allows is taken.
 */
import { answeredDays, asciiDigits, extractEntities, normalize } from '@hazir/language';
import type { Reading, ReadLimits } from './kinds.ts';

const DAY = 86_400_000;
const DAY_FIRST = /(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})(?:\s*[./-]\s*(\d{4}|\d{2}))?(?!\d)/;
const YEAR_FIRST = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/;
const NAMED = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\p{L}[\p{L}\p{M}]*)\.?(?:[\s,-]+(\d{4}))?/u;
const RELATIVE = /^today(?:([+-]\d{1,4})d)?$/;

/** Reads a date as YYYY-MM-DD. */
export function readDate(text: string, limits: ReadLimits): Reading {
  const today = dayOf(limits.now, limits.timeZone);
  const { min, max } = firstAndLast(limits, today);
  const { possible, ambiguous } = candidates(text, today, limits.languages);
  const allowed = allowedDays(possible, limits, today);
  const [day] = allowed;
  if (day !== undefined && (allowed.length === 1 || !ambiguous)) return { value: day };
  if (possible.length === 0 || min === undefined || max === undefined) return { text: 'retry_date' };
  return { text: 'retry_date_range', values: { min, max } };
}

/** Of these days, the ones that the question allows. */
export function allowedDays(days: readonly string[], limits: Pick<ReadLimits, 'min' | 'max'>, today: string): string[] {
  const { min, max } = firstAndLast(limits, today);
  return days.filter((day) => (min === undefined || day >= min) && (max === undefined || day <= max));
}

function firstAndLast({ min, max }: Pick<ReadLimits, 'min' | 'max'>, today: string): { min?: string; max?: string } {
  return {
    ...(typeof min === 'string' && { min: resolveDay(min, today) }),
    ...(typeof max === 'string' && { max: resolveDay(max, today) }),
  };
}

/** The calendar day of a moment in a time zone. */
export function dayOf(moment: number, timeZone: string): string {
  return dayFormat(timeZone).format(moment);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const cached = dayFormats.get(timeZone);
  if (cached !== undefined) return cached;
  const created = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  dayFormats.set(timeZone, created);
  return created;
}

function resolveDay(limit: string, today: string): string {
  const match = RELATIVE.exec(limit);
  return match === null ? limit : shift(today, Number(match[1] ?? 0));
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** Days that the text may mean, the likeliest first; ambiguous when the likeliest is no better than the next. */
function candidates(text: string, today: string, languages: readonly string[]): { possible: string[]; ambiguous: boolean } {
  const alone = answeredDays(text);
  if (alone !== undefined) return { possible: alone.map((days) => shift(today, days)), ambiguous: alone.length > 1 };
  const days = written(asciiDigits(text), today, languages);
  return days.length > 0 ? { possible: days, ambiguous: false } : spoken(text, today);
}

/** "3 din se", "last week", "kal se" in a sentence: the one date of the words. */
function spoken(text: string, today: string): { possible: string[]; ambiguous: boolean } {
  const dates = extractEntities(text, { today }).filter((entity) => entity.kind === 'date');
  const [date] = dates;
  if (date === undefined || dates.length > 1) return { possible: [], ambiguous: false };
  return { possible: [date.value, ...date.others], ambiguous: date.others.length > 0 };
}

function written(plain: string, today: string, languages: readonly string[]): string[] {
  const yearFirst = YEAR_FIRST.exec(plain);
  if (yearFirst !== null) return days(yearFirst[1], Number(yearFirst[2]), { day: Number(yearFirst[3]), today });
  const dayFirst = DAY_FIRST.exec(plain);
  if (dayFirst !== null) return days(dayFirst[3], Number(dayFirst[2]), { day: Number(dayFirst[1]), today });
  const named = NAMED.exec(plain);
  return named === null ? [] : days(named[3], monthNamed(named[2] ?? '', languages), { day: Number(named[1]), today });
}

/** Without a year: this year, the one before and the one after, so that the question's limits decide. */
function days(year: string | undefined, month: number, { day, today }: { day: number; today: string }): string[] {
  const thisYear = Number(today.slice(0, 4));
  const years = year === undefined ? [thisYear, thisYear - 1, thisYear + 1] : [fullYear(year, thisYear)];
  return years.map((each) => realDay(each, month, day)).filter((each) => each !== undefined);
}

function fullYear(year: string, thisYear: number): number {
  if (year.length === 4) return Number(year);
  const century = Math.floor(thisYear / 100) * 100;
  const guess = century + Number(year);
  return guess > thisYear + 20 ? guess - 100 : guess;
}

function realDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1900 && year <= 2200 ? date.toISOString().slice(0, 10) : undefined;
}

const monthsByLanguage = new Map<string, ReadonlyMap<string, number>>();
const SHORTEST_MONTH = 3;

function monthNamed(word: string, languages: readonly string[]): number {
  const said = normalize(word);
  for (const language of new Set(['en', ...languages])) {
    for (const [name, month] of monthNames(language)) {
      if (name === said || (said.length >= SHORTEST_MONTH && name.startsWith(said))) return month;
    }
  }
  return 0;
}

function monthNames(language: string): ReadonlyMap<string, number> {
  const cached = monthsByLanguage.get(language);
  if (cached !== undefined) return cached;
  const names = new Map<string, number>();
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' });
    for (let month = 1; month <= 12; month += 1) names.set(normalize(format.format(Date.UTC(2025, month - 1, 15))), month);
  }
  monthsByLanguage.set(language, names);
  return names;
}
