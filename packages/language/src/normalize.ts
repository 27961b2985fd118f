import { asciiDigits } from './numerals.ts';

/** Joiners, direction marks, byte-order mark, variation selectors and the keycap: they carry no meaning when texts are compared. */
const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]|\u20E3/g;
const edges = /^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu;
const pictograph = /\p{Extended_Pictographic}/u;

/**
 * Brings a text to the form in which two texts are compared: without zero-width characters, composed (NFC), digits in
 * ASCII, lower case, single spaces, no punctuation or symbols at its ends. A text of symbols alone keeps them.
 */
export function normalize(text: string): string {
  if (ascii.test(text)) return normalizeAscii(text);
  const plain = asciiDigits(text.toWellFormed().replace(invisible, '').normalize('NFC'))
    .replace('🔟', '10')
    .toLowerCase()
    // Lower case may take a letter apart: İ is i and a dot.
    .normalize('NFC')
    .replace(/\s+/g, ' ');
  const trimmed = plain.replace(edges, '');
  return trimmed === '' ? plain.trim() : trimmed;
}

const ascii = /^[\x20-\x7e]*$/;
const letterOrDigit = /[a-z0-9]/;
const spaces = / {2,}/g;

/** The same for what most texts and choices are made of; all of ASCII that is no letter and no digit may go from the ends. */
function normalizeAscii(text: string): string {
  const plain = text.toLowerCase().replace(spaces, ' ');
  let from = 0;
  let to = plain.length;
  while (from < to && !letterOrDigit.test(plain.charAt(from))) from += 1;
  while (to > from && !letterOrDigit.test(plain.charAt(to - 1))) to -= 1;
  return from === to ? plain.trim() : plain.slice(from, to);
}

/** True when a citizen would call the two texts the same. */
export function sameLabel(a: string, b: string): boolean {
  return normalize(a) === normalize(b);
}

/** The emoji that a text begins with, without variation selectors; undefined when it begins with something else. */
export function leadingEmoji(text: string): string | undefined {
  const first = text.trimStart().codePointAt(0);
  if (first === undefined) return undefined;
  const character = String.fromCodePoint(first);
  return pictograph.test(character) ? character : undefined;
}
