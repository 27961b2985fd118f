/**
 * A text as the entity readers see it: without what cannot be seen, digits and full-width letters in ASCII, lower case,
 * and for every character the place in the citizen's own text that it came from, so that what is found can be cut out there.
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

const invisible = /^[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]$|^[\uFE00-\uFE0F]$|^\u20E3$/;
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

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character.toLowerCase();
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0).toLowerCase();
  return asciiDigits(character).toLowerCase();
}
