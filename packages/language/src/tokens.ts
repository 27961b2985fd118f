/**
 * A text as all readers of it see it: without what cannot be seen, digits and full-width letters in ASCII, lower case. For the entity
 * readers every character keeps the place in the citizen's own text that it came from, so that what is found can be cut out there;
 * whoever needs only the words takes `shapesOf` or `unstretched`.
 */
import { asciiDigits } from './numerals.ts';

/** A text made plain. `starts[i]` is where character i of `plain` begins in the original; one more entry is the end. */
export interface PlainText {
  plain: string;
  starts: readonly number[];
}

/** A word, a run of digits or one other visible character. Start and end are UTF-16 offsets in `plain`. */
export interface Token {
  kind: 'word' | 'digits' | 'sign';
  text: string;
  start: number;
  end: number;
}

const invisible = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|[\uFE00-\uFE0F]|\u20E3/;
const everyInvisible = new RegExp(invisible, 'g');
const apostrophes = /(?<=\p{L})['’ʼ](?=\p{L})/gu;
const stretched = /(\p{L})\1{2,}/gu;
const telling = /^(?:\p{Extended_Pictographic}|[₹?])$/u;
const pieces = /([\p{L}\p{M}]+)|([0-9]+)|[^\s]/gu;

/** Makes a text plain and keeps the way back. Lone surrogates become U+FFFD; nothing is too long, time is linear. */
export function plainText(text: string): PlainText {
  let plain = '';
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    const seen = invisible.test(character) ? '' : plainCharacter(character);
    for (let index = 0; index < seen.length; index += 1) starts.push(at);
    plain += seen;
    at += character.length;
  }
  starts.push(at);
  return { plain, starts };
}

/** The tokens of a plain text, in order. */
export function readTokens(plain: string): Token[] {
  return [...plain.matchAll(pieces)].map((match) => ({
    kind: match[1] !== undefined ? 'word' : match[2] !== undefined ? 'digits' : 'sign',
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Bounds of one text for `shapesOf`, so that a hostile message costs no more than a long one. */
const MOST_SHAPED = 1_000;
const MOST_SHAPES = 80;
const LONGEST_SHAPE = 32;

/**
 * The words of a text in order: letters with their marks, runs of digits, emoji, "₹" and "?". Lower case, digits of any
 * script as their number of digits ("400028" is "000000", a shape that words around a PIN share), stretched letters
 * ("pleeease") shortened to two. Only the first part of a very long text is read.
 */
export function shapesOf(text: string): string[] {
  const seen = seenText(asciiDigits(text.slice(0, MOST_SHAPED)));
  return readTokens(seen)
    .filter(({ kind, text: token }) => kind !== 'sign' || telling.test(token))
    .slice(0, MOST_SHAPES)
    .map(({ text: token }) => unstretched(token).slice(0, LONGEST_SHAPE).replace(/[0-9]/g, '0'));
}

/** A text without what cannot be seen and without apostrophes inside words, composed and in lower case. */
export function seenText(text: string): string {
  return text.toWellFormed().replace(everyInvisible, '').normalize('NFC').toLowerCase().replace(apostrophes, '');
}

/** Letters stretched in fear or joy ("pleeease") shortened to two. */
export function unstretched(word: string): string {
  return word.replace(stretched, '$1$1');
}

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character.toLowerCase();
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0).toLowerCase();
  return asciiDigits(character).toLowerCase();
}
