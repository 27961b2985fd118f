/** Moments and days as people in India mean them; there is one time zone and no summer time. */
const INDIA_MS = 5.5 * 3_600_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The moment of a date and a time of day: ("2026-11-23", "09:30"). */
export function momentOf(date: string, time: string): Date {
  return new Date(`${date}T${time}:00+05:30`);
}

/** The date of a moment: "2026-11-23". */
export function dateOf(moment: Date): string {
  return shifted(moment).slice(0, 10);
}

/** The time of day of a moment: "09:30". */
export function timeOf(moment: Date): string {
  return shifted(moment).slice(11, 16);
}

/** A date as people say it in a language: "Mon, 23 Nov". */
export function dayIn(date: string, language: string): string {
  let format = dayFormats.get(language);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(`${language}-IN`, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
    dayFormats.set(language, format);
  }
  return format.format(Date.parse(date));
}

/** Some time later, or earlier for a negative number of milliseconds. */
export function later(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds);
}

function shifted(moment: Date): string {
  return later(moment, INDIA_MS).toISOString();
}
