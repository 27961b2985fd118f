/**
 * Digits of every script. Unicode encodes decimal digits in runs of ten from zero up, so the value of any \p{Nd} is its
 * distance from the start of its run, modulo ten (the mathematical digits are five runs side by side).
 */

const digitPattern = /\p{Nd}/u;
const anyDigit = /[^\P{Nd}0-9]/gu;
const known = new Map<string, string>();

/** Replaces every decimal digit of any script by its ASCII digit; everything else stays. */
export function asciiDigits(text: string): string {
  return text.replace(anyDigit, asciiDigit);
}

/** The first code point of the digits that a numbering system of Unicode's CLDR writes with. */
const zeroOf: Readonly<Record<NumberingSystem, number>> = {
  latn: 0x30,
  deva: 0x966,
  beng: 0x9e6,
  guru: 0xa66,
  gujr: 0xae6,
  orya: 0xb66,
  tamldec: 0xbe6,
  telu: 0xc66,
  knda: 0xce6,
  mlym: 0xd66,
  arabext: 0x6f0,
};

/** Numbering systems of Indian scripts, by their CLDR names; `arabext` is Urdu's. */
export type NumberingSystem =
  | 'latn'
  | 'deva'
  | 'beng'
  | 'guru'
  | 'gujr'
  | 'orya'
  | 'tamldec'
  | 'telu'
  | 'knda'
  | 'mlym'
  | 'arabext';

/** All numbering systems that a pack may choose for a language. */
export const NUMBERING_SYSTEMS = [
  'latn',
  'deva',
  'beng',
  'guru',
  'gujr',
  'orya',
  'tamldec',
  'telu',
  'knda',
  'mlym',
  'arabext',
] as const satisfies readonly NumberingSystem[];

/** Writes the ASCII digits of a text in another script, for example 2024 as २०२४. */
export function writeDigits(text: string, system: NumberingSystem): string {
  if (system === 'latn') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zeroOf[system] + Number(digit)));
}

function asciiDigit(character: string): string {
  const cached = known.get(character);
  if (cached !== undefined) return cached;
  const code = character.codePointAt(0) ?? 0;
  let start = code;
  while (digitPattern.test(String.fromCodePoint(start - 1))) start -= 1;
  const digit = String((code - start) % 10);
  known.set(character, digit);
  return digit;
}
