/** Numbers in a row of tokens: 3 · 1,50,000 · 1.5 lakh · do lakh pachas hazar. */
import { MULTIPLIERS, SMALL_NUMBERS } from './number-words.ts';
import { findWord, type SpeltToken } from './spelling.ts';

export interface Quantity {
  value: number;
  /** Index of the first token after it. */
  next: number;
  /** A multiplier (hundred, thousand, lakh, crore) was said. */
  multiplied: boolean;
  /** The first part was written in digits. */
  digits: boolean;
}

/** Values above have lost their last digits; nobody means them. */
const MOST = 1e13;
const LONGEST_RUN = 13;

/** The number that begins at a token, with its multipliers, which must get smaller; undefined when there is none. */
export function readQuantity(tokens: readonly SpeltToken[], from: number): Quantity | undefined {
  const first = readNumber(tokens, from);
  if (first === undefined) return undefined;
  const digits = tokens[from]?.kind === 'digits';
  let { value, next, multiplied } = multiply(first, tokens);
  let last = multiplied;
  let total = value;
  while (last > 1) {
    const more = readNumber(tokens, next);
    if (more === undefined) break;
    const part = multiply(more, tokens);
    if (part.multiplied >= last || part.multiplied === 1) break;
    ({ next, multiplied: last } = part);
    total += part.value;
  }
  value = Math.round(total * 100) / 100;
  return value <= MOST ? { value, next, multiplied: multiplied > 1, digits } : undefined;
}

function multiply(number: { value: number; next: number }, tokens: readonly SpeltToken[]) {
  const [last, word] = [tokens[number.next - 1], tokens[number.next]];
  const isK = word?.text === 'k' && last?.kind === 'digits' && last.end === word.start;
  const factor = isK ? 1000 : findWord(word, MULTIPLIERS);
  if (factor === undefined) return { ...number, multiplied: 1 };
  return { value: number.value * factor, next: number.next + 1, multiplied: factor };
}

function readNumber(tokens: readonly SpeltToken[], from: number): { value: number; next: number } | undefined {
  const token = tokens[from];
  if (token?.kind === 'digits') return readDigits(tokens, from);
  const small = findWord(token, SMALL_NUMBERS);
  return small === undefined ? undefined : { value: small, next: from + 1 };
}

/** Digits with thousands separators and a decimal part, all without spaces between. */
function readDigits(tokens: readonly SpeltToken[], from: number): { value: number; next: number } | undefined {
  let text = tokens[from]?.text ?? '';
  let next = from + 1;
  while (text.length <= LONGEST_RUN && joins(tokens, next, ',') && /^[0-9]{2,3}$/.test(tokens[next + 1]?.text ?? '')) {
    text += tokens[next + 1]?.text ?? '';
    next += 2;
  }
  if (text.length > LONGEST_RUN) return undefined;
  if (joins(tokens, next, '.') && /^[0-9]{1,2}$/.test(tokens[next + 1]?.text ?? '')) {
    text += `.${tokens[next + 1]?.text ?? ''}`;
    next += 2;
  }
  return { value: Number(text), next };
}

/** True when a sign stands between two runs of digits without a space. */
function joins(tokens: readonly SpeltToken[], at: number, sign: string): boolean {
  const [before, here, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return here?.text === sign && after?.kind === 'digits' && before?.end === here.start && here.end === after.start;
}
