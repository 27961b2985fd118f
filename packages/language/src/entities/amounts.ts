import type { Finding } from './entity.ts';
import { RUPEE_WORDS } from './number-words.ts';
import { readQuantity } from './quantities.ts';
import { findWord, type SpeltToken } from './spelling.ts';

/** Sums: a number beside a sign or word of the rupee, or with hundred, thousand, lakh, crore in any of the languages. */
export function findAmounts(tokens: readonly SpeltToken[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const amount = readAmount(tokens, at);
    if (amount === undefined) continue;
    found.push(amount.finding);
    at = amount.next - 1;
  }
  return found;
}

function readAmount(tokens: readonly SpeltToken[], at: number): { finding: Finding; next: number } | undefined {
  const first = signBefore(tokens, at);
  const quantity = readQuantity(tokens, first);
  if (quantity === undefined) return undefined;
  const after = lengthOfRupees(tokens, quantity.next);
  const rupees = first > at || after > 0;
  if (!rupees && !quantity.multiplied) return undefined;
  if (!quantity.digits && !quantity.multiplied && after === 0) return undefined;
  const next = quantity.next + after;
  const start = tokens[at]?.start ?? 0;
  const end = tokens[next - 1]?.end ?? start;
  return { finding: { kind: 'amount', value: quantity.value, rupees, start, end }, next };
}

/** How many tokens after a number say that it is in rupees: a word, or the stroke and dash of "500/-". */
function lengthOfRupees(tokens: readonly SpeltToken[], at: number): number {
  if (findWord(tokens[at], RUPEE_WORDS) === true) return 1;
  return tokens[at]?.text === '/' && tokens[at + 1]?.text === '-' && tokens[at]?.end === tokens[at + 1]?.start ? 2 : 0;
}

/** Index of the number after "₹", "Rs" or "Rs."; the same index when no such sign stands there. */
function signBefore(tokens: readonly SpeltToken[], at: number): number {
  if (findWord(tokens[at], RUPEE_WORDS) !== true) return at;
  const next = tokens[at + 1]?.text === '.' ? at + 2 : at + 1;
  return tokens[next]?.kind === 'digits' ? next : at;
}
