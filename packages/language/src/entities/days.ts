/** Calendar days as YYYY-MM-DD, without time zones: whoever calls knows which day it is where the citizen is. */
const DAY = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

/** The day so many days later; undefined outside 1900 to 2200. */
export function addDays(day: string, days: number): string | undefined {
  const moment = Date.parse(day) + Math.round(days) * DAY;
  if (!Number.isFinite(moment) || Math.abs(moment) > 8e15) return undefined;
  const date = new Date(moment);
  return realDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** A day of the calendar; undefined when there is none (30 February) or it lies outside 1900 to 2200. */
export function realDay(year: number, month: number, day: number): string | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}

/** Days of this year, the one before and the one after, the nearest to today first. */
export function withoutYear(month: number, day: number, today: string): string[] {
  const year = Number(today.slice(0, 4));
  return [year, year - 1, year + 1]
    .map((each) => realDay(each, month, day))
    .filter((each) => each !== undefined)
    .sort((a, b) => Math.abs(Date.parse(a) - Date.parse(today)) - Math.abs(Date.parse(b) - Date.parse(today)));
}

/** A year of two digits is at most twenty years ahead. */
export function fullYear(text: string, today: string): number {
  if (text.length === 4) return Number(text);
  const thisYear = Number(today.slice(0, 4));
  const guess = thisYear - (thisYear % 100) + Number(text);
  return guess > thisYear + 20 ? guess - 100 : guess;
}
