import { asciiDigits } from '../numerals.ts';

/** Bounds of one text, so that a hostile message costs no more than a long one. */
const MOST_CHARACTERS = 1_000;
const MOST_WORDS = 80;
const LONGEST_WORD = 32;

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]|\u20E3/g;
const apostrophes = /(?<=\p{L})['’ʼ](?=\p{L})/gu;
const pieces = /[\p{L}\p{M}]+|[0-9]+|\p{Extended_Pictographic}|[₹?]/gu;
const stretched = /(\p{L})\1{2,}/gu;

/**
 * The words of a text in order: letters with their marks, runs of digits, emoji, "₹" and "?". Lower case, digits of any
 * script as their number of digits ("400028" is "000000", a shape that words around a PIN share), stretched letters
 * ("pleeease") shortened to two. Only the first part of a very long text is read.
 */
export function tokensOf(text: string): string[] {
  const plain = asciiDigits(text.slice(0, MOST_CHARACTERS).toWellFormed().replace(invisible, '').normalize('NFC'));
  const words = plain.toLowerCase().replace(apostrophes, '').match(pieces) ?? [];
  return words.slice(0, MOST_WORDS).map((word) => word.replace(stretched, '$1$1').slice(0, LONGEST_WORD).replace(/[0-9]/g, '0'));
}
