/**
 * References as citizens read, copy and dictate them: MUM-4821-9374. All digits but the last are random, so that nobody
 * can count to a neighbour's; the last one is a check digit over the others, so that a slip is told from a stranger's.
 */
import { asciiDigits } from '@hazir/language';
import { checkDigit, isChecked } from '../damm.ts';

export interface ReferencePattern {
  /** Upper-case ASCII letters. */
  prefix: string;
  /** Number of digits, with the check digit. */
  digits: number;
}

/** Characters of a text that are read: a reference within a sentence is found. */
const MOST_TYPED = 200;
const GROUP = 4;

/** A fresh reference; the caller sees to it that no two are alike. `random` gives 0 <= n < 1. */
export function newReference({ prefix, digits }: ReferencePattern, random: () => number): string {
  const free = Array.from({ length: digits - 1 }, () => Math.floor(random() * 10)).join('');
  return write(prefix, free + checkDigit(free));
}

/**
 * Reads a reference as typed: digits of any script, lower case, with or without prefix, dashes and spaces, or within a
 * sentence. Undefined when the number of digits or the check digit is wrong.
 */
export function readReference({ prefix, digits }: ReferencePattern, typed: string): string | undefined {
  const plain = asciiDigits(typed.slice(0, MOST_TYPED).normalize('NFKC')).toUpperCase();
  const compact = plain.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  const after = compact.lastIndexOf(prefix);
  const found = after < 0 ? compact.replace(/[^0-9]/g, '') : (/^[0-9]*/.exec(compact.slice(after + prefix.length))?.[0] ?? '');
  return found.length === digits && isChecked(found) ? write(prefix, found) : undefined;
}

function write(prefix: string, digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= GROUP) groups.unshift(digits.slice(Math.max(0, end - GROUP), end));
  return [prefix, ...groups].join('-');
}
