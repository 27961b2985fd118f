/** Days as people say them: yesterday, kal se, 3 din se, since 2 weeks, दो महीने पहले, 3 நாட்களாக. */
import {
  AFTER_WORDS,
  BEFORE_WORDS,
  DAY_PARTS,
  DAY_WORDS,
  type Direction,
  LAST_AND_NEXT,
  SINCE_ENDINGS,
  UNIT_WORDS,
} from './date-words.ts';
import { addDays } from './days.ts';
import type { Finding } from './entity.ts';
import { readQuantity } from './quantities.ts';
import { findWord, type SpeltToken } from './spelling.ts';

/** Longer than a life, nobody means it. */
const MOST_DAYS = 36_500;

/** Relative days and lengths of time, in order, without overlaps. */
export function findSpokenDates(tokens: readonly SpeltToken[], today: string): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const next = readLength(tokens, at, today) ?? readLastOrNext(tokens, at, today) ?? readDay(tokens, at, today);
    if (next === undefined) continue;
    found.push(next.finding);
    at = next.next - 1;
  }
  return found;
}

interface Spoken {
  finding: Finding;
  next: number;
}

function readDay(tokens: readonly SpeltToken[], at: number, today: string): Spoken | undefined {
  const phrase = englishPhrase(tokens, at);
  const offsets = phrase?.offsets ?? findWord(tokens[at], DAY_WORDS);
  if (offsets === undefined) return undefined;
  const day = phrase?.last ?? at;
  const last = findWord(tokens[day + 1], DAY_PARTS) ? day + 1 : day;
  const direction = directionOf(tokens, at, last);
  const since = direction?.direction === 'since';
  const allowed = since && offsets.some((offset) => offset <= 0) ? offsets.filter((offset) => offset <= 0) : offsets;
  const [value, ...others] = allowed.flatMap((offset) => addDays(today, offset) ?? []);
  if (value === undefined) return undefined;
  const span = spanOf(tokens, at, since ? Math.max(last, direction.last) : last);
  return { finding: { kind: 'date', value, others, since, ...span }, next: last + 1 };
}

/** "day after tomorrow" and "day before yesterday". */
function englishPhrase(tokens: readonly SpeltToken[], at: number): { offsets: readonly number[]; last: number } | undefined {
  const text = [0, 1, 2].map((more) => tokens[at + more]?.text).join(' ');
  if (text === 'day after tomorrow') return { offsets: [2], last: at + 2 };
  if (text === 'day before yesterday') return { offsets: [-2], last: at + 2 };
  return undefined;
}

function readLength(tokens: readonly SpeltToken[], at: number, today: string): Spoken | undefined {
  const quantity = readQuantity(tokens, at);
  if (quantity === undefined) return undefined;
  const unit = findWord(tokens[quantity.next], UNIT_WORDS);
  const days = Math.round(quantity.value * (unit ?? 0));
  if (unit === undefined || days > MOST_DAYS) return undefined;
  const direction = directionOf(tokens, at, quantity.next);
  const span = spanOf(tokens, at, direction?.last ?? quantity.next);
  const next = Math.max(quantity.next, direction?.last ?? 0) + 1;
  if (direction === undefined) return { finding: { kind: 'duration', value: days, ...span }, next };
  const value = addDays(today, direction.direction === 'ahead' ? days : -days);
  const since = direction.direction === 'since';
  return value === undefined ? undefined : { finding: { kind: 'date', value, others: [], since, ...span }, next };
}

/** "last week", "pichle mahine se", "agle hafte". */
function readLastOrNext(tokens: readonly SpeltToken[], at: number, today: string): Spoken | undefined {
  const which = findWord(tokens[at], LAST_AND_NEXT);
  const unit = which === undefined ? undefined : findWord(tokens[at + 1], UNIT_WORDS);
  if (unit === undefined) return undefined;
  const direction = directionOf(tokens, at, at + 1);
  const since = which === 'ago' && direction?.direction === 'since' && direction.last > at + 1;
  const value = addDays(today, which === 'ahead' ? unit : -unit);
  const last = since ? direction.last : at + 1;
  return value === undefined
    ? undefined
    : { finding: { kind: 'date', value, others: [], since, ...spanOf(tokens, at, last) }, next: last + 1 };
}

/** What the words around say; `last` is the index of the last token that belongs to it. */
function directionOf(
  tokens: readonly SpeltToken[],
  first: number,
  last: number,
): { direction: Direction; last: number } | undefined {
  const word = tokens[last]?.text ?? '';
  const after = findWord(tokens[last + 1], AFTER_WORDS);
  // "3 din pehle se": since three days ago.
  if (after === 'ago' && findWord(tokens[last + 2], AFTER_WORDS) === 'since') return { direction: 'since', last: last + 2 };
  if (after !== undefined) return { direction: after, last: last + 1 };
  if (SINCE_ENDINGS.some((ending) => word.endsWith(ending))) return { direction: 'since', last };
  const before = findWord(tokens[first - 1], BEFORE_WORDS);
  return before === undefined ? undefined : { direction: before, last };
}

function spanOf(tokens: readonly SpeltToken[], first: number, last: number): { start: number; end: number } {
  return { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
}
