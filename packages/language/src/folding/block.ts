/**
 * What stands at each offset of the nine Indian blocks. Unicode took their layout from ISCII: क, ক, ਕ, ક, କ, க, క, ಕ and
 * ക are all at 0x15. Spelt as most people type: one letter for a dental and a retroflex, doubled long a only.
 */
export const CONSONANTS: ReadonlyMap<number, string> = new Map(
  rows(0x15, 'k kh g gh ng ch chh j jh ny t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s h'),
);

/** Independent vowels, from 0x05; the candra and short vowels beside the plain ones. */
export const VOWELS: ReadonlyMap<number, string> = new Map([
  ...rows(0x05, 'a aa i ee u oo ri li e e e ai o o o au'),
  [0x60, 'ri'],
  [0x61, 'li'],
  [0x50, 'om'],
]);

/** Vowel signs, from 0x3E; they replace the inherent vowel. */
export const SIGNS: ReadonlyMap<number, string> = new Map([
  ...rows(0x3e, 'aa i ee u oo ri ri e e e ai o o o au'),
  [0x62, 'li'],
  [0x63, 'li'],
]);

/** Candrabindu, anusvara, visarga. */
export const MODIFIERS: ReadonlyMap<number, string> = new Map([
  [0x01, 'n'],
  [0x02, 'n'],
  [0x03, 'h'],
]);

/** What the nukta makes of a consonant; NFC always writes it as a second character. */
export const WITH_NUKTA: ReadonlyMap<number, string> = new Map([
  [0x15, 'k'],
  [0x16, 'kh'],
  [0x17, 'g'],
  [0x1c, 'z'],
  [0x21, 'r'],
  [0x22, 'rh'],
  [0x2b, 'f'],
  [0x2f, 'y'],
  [0x32, 'l'],
  [0x38, 'sh'],
]);

export const ANUSVARA = 0x02;
export const NUKTA = 0x3c;
export const VIRAMA = 0x4d;

function rows(first: number, latin: string): [number, string][] {
  return latin.split(' ').map((text, index) => [first + index, text]);
}
