/** Eight digits, the last one a check digit over the others; and a secret of four that only the citizen knows. */
import { randomInt } from 'node:crypto';
import { asciiDigits } from '@hazir/language';
import { checkDigit, isChecked } from '../damm.ts';

const FREE_DIGITS = 7;

/** A fresh reference, never with a zero in front; the caller sees to it that no two are alike. */
export function newReference(random: () => number): string {
  const free = Array.from({ length: FREE_DIGITS }, (_, index) =>
    index === 0 ? 1 + Math.floor(random() * 9) : Math.floor(random() * 10),
  ).join('');
  return free + checkDigit(free);
}

/** Reads a reference as typed, in digits of any script; undefined for a slip. */
export function readReference(typed: string): string | undefined {
  const digits = asciiDigits(typed.normalize('NFKC')).replace(/\D/g, '');
  return digits.length === FREE_DIGITS + 1 && isChecked(digits) ? digits : undefined;
}

/** Not of the turn's own random, which the reference would betray: a turn that is run again has told nobody yet. */
export function newSecret(): string {
  return String(randomInt(10_000)).padStart(4, '0');
}
