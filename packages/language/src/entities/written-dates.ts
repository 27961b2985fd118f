import { DATE_HINTS } from './date-words.ts';
import { fullYear, realDay, withoutYear } from './days.ts';
import type { Finding } from './entity.ts';
import { monthNamed } from './months.ts';
import { findWord, type SpeltToken } from './spelling.ts';

const DAY_FIRST = /(?<![0-9./-])([0-9]{1,2})\s?([./-])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})(?![0-9]|[./-][0-9])/g;
const YEAR_FIRST = /(?<![0-9./-])([0-9]{4})([./-])([0-9]{1,2})\2([0-9]{1,2})(?![0-9]|[./-][0-9])/g;
const ordinal = /^(?:st|nd|rd|th)$/;

/** Dates in digits, day first as India writes them: 5/3/2024, 05-03-24, 2024-03-05. */
export function findDigitDates(plain: string, today: string): Finding[] {
  return [
    ...[...plain.matchAll(YEAR_FIRST)].map((match) => finding(match, one(Number(match[1]), match[3], match[4]))),
    ...[...plain.matchAll(DAY_FIRST)].map((match) => finding(match, one(fullYear(match[4] ?? '', today), match[3], match[1]))),
  ].filter((each) => each !== undefined);
}

/** Dates with the name of a month in any of the languages: 5 March, 5th of March 2024, March 5, ५ मार्च २०२४. */
export function findNamedDates(tokens: readonly SpeltToken[], today: string): Finding[] {
  return tokens.flatMap((token, at): Finding[] => {
    const month = token.kind === 'word' ? monthNamed(token.text) : undefined;
    if (month === undefined) return [];
    const before = dayBefore(tokens, at);
    // "may 5" and "mar 5" are often no dates.
    const after = before === undefined && !/^ma[iry]$/.test(token.text) ? dayAfter(tokens, at) : undefined;
    const day = before ?? after;
    if (day === undefined) return [];
    const year = yearAfter(tokens, (after?.last ?? at) + 1);
    const days = year === undefined ? withoutYear(month, day.day, today) : one(Number(year.text), String(month), String(day.day));
    const end = (year ?? tokens[after?.last ?? at])?.end ?? token.end;
    return written(days, { start: Math.min(day.start, token.start), end });
  });
}

/** A day and a month in digits, 5/3, when a word beside them says so or the text is nothing else. */
export function findShortDates(tokens: readonly SpeltToken[], today: string): Finding[] {
  return tokens.flatMap((stroke, at): Finding[] => {
    const [before, day, month, after] = [tokens[at - 2], tokens[at - 1], tokens[at + 1], tokens[at + 2]];
    if (stroke.text !== '/' || day?.kind !== 'digits' || month?.kind !== 'digits') return [];
    if (isDateSign(before) || isDateSign(after) || day.text.length > 2 || month.text.length > 2) return [];
    const hinted = findWord(before, DATE_HINTS) ?? findWord(after, DATE_HINTS) ?? tokens.length === 3;
    const days = hinted ? withoutYear(Number(month.text), Number(day.text), today) : [];
    return written(days, { start: day.start, end: month.end });
  });
}

/** More of a number follows: 5/3/12, 1.5/3. */
function isDateSign(token: SpeltToken | undefined): boolean {
  return token !== undefined && /^[0-9./-]+$/.test(token.text);
}

interface DayOfMonth {
  day: number;
  start: number;
  /** Index of its last token. */
  last: number;
}

function dayBefore(tokens: readonly SpeltToken[], month: number): DayOfMonth | undefined {
  let at = month - 1;
  for (let skipped = 0; skipped < 2 && isFiller(tokens[at]); skipped += 1) at -= 1;
  return dayAt(tokens, at);
}

function dayAfter(tokens: readonly SpeltToken[], month: number): DayOfMonth | undefined {
  const day = dayAt(tokens, month + 1);
  return day !== undefined && ordinal.test(tokens[month + 2]?.text ?? '') ? { ...day, last: month + 2 } : day;
}

function dayAt(tokens: readonly SpeltToken[], at: number): DayOfMonth | undefined {
  const token = tokens[at];
  if (token?.kind !== 'digits' || token.text.length > 2) return undefined;
  return { day: Number(token.text), start: token.start, last: at };
}

function yearAfter(tokens: readonly SpeltToken[], from: number): SpeltToken | undefined {
  const at = tokens[from]?.text === ',' || tokens[from]?.text === '.' ? from + 1 : from;
  const token = tokens[at];
  return token?.kind === 'digits' && /^(?:19|20|21)[0-9]{2}$/.test(token.text) ? token : undefined;
}

function isFiller(token: SpeltToken | undefined): boolean {
  return token !== undefined && (/^[-,.]$/.test(token.text) || token.text === 'of' || ordinal.test(token.text));
}

function one(year: number, month: string | undefined, day: string | undefined): string[] {
  const found = realDay(year, Number(month), Number(day));
  return found === undefined ? [] : [found];
}

function finding(match: RegExpExecArray, days: readonly string[]): Finding | undefined {
  return written(days, { start: match.index, end: match.index + match[0].length })[0];
}

function written([value, ...others]: readonly string[], span: { start: number; end: number }): Finding[] {
  return value === undefined ? [] : [{ kind: 'date', value, others, since: false, ...span }];
}
