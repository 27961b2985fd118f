/** What people write of a person: a name with the year of birth or the age beside it, and the end of an identity number. */
import { asciiDigits } from '@hazir/language';
import { done, failed, type Outcome } from '../define-operation.ts';

export const OLDEST = 130;
const LONGEST_NAME = 80;
const numbers = /\d+/g;
const notOfName = /[^\p{L}\p{M}\s.'’-]+/gu;

export interface NamedYear {
  name: string;
  birthYear: number | null;
}

/** Reads "Asha Devi 1962", "आशा देवी, १९६२" or "Asha 62"; a year alone has no name, a name alone no year. */
export function readNameAndYear(text: string, thisYear: number): Outcome<NamedYear> {
  const plain = asciiDigits(text.normalize('NFC'));
  const found = (plain.match(numbers) ?? []).map(Number);
  const name = plain.replace(numbers, ' ').replace(notOfName, ' ').replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim();
  const [number] = found;
  if (found.length > 1) return failed('people:bad-birth-year', 'More than one number was written.');
  if (number === undefined) return done({ name, birthYear: null });
  const birthYear = number <= OLDEST ? thisYear - number : number;
  if (!isBirthYear(birthYear, thisYear)) return failed('people:bad-birth-year', 'Nobody who is alive was born in this year.');
  return done({ name, birthYear });
}

/** True for a year in which somebody alive may have been born. */
export function isBirthYear(year: number, thisYear: number): boolean {
  return year <= thisYear && year >= thisYear - OLDEST;
}

/** True for what can be called a name: two letters at least. */
export function isName(name: string): boolean {
  return (name.match(/\p{L}/gu)?.length ?? 0) >= 2;
}

/** The last four digits of an identity document, and nothing more: whoever writes all of them is asked again. */
export function readIdDigits(text: string): Outcome<string> {
  const digits = asciiDigits(text).replace(/\D/g, '');
  if (digits.length > 4) return failed('people:whole-id', 'More than the last four digits were written.');
  return digits.length === 4 ? done(digits) : failed('people:bad-id-digits', 'These are not four digits.');
}
