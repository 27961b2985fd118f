/**
 * The literal check: a text that a model wrote may be sent only when everything in it that could be wrong stands in the passages
 * that it cites, after digits of all scripts are made the same: every number with its sign, every sum, date and length of time,
 * every telephone number, address on the web or of mail, every name. A draft that fails is thrown away and the passage itself is sent, so a
 * false alarm costs nothing but style; what is missed could cost a citizen money.
 */
import { extractEntities } from '../entities/extract.ts';
import { MULTIPLIERS, SMALL_NUMBERS } from '../entities/number-words.ts';
import { findWord, spell } from '../entities/spelling.ts';
import { plainText, readTokens } from '../tokens.ts';
import { NAME_HEADS } from './name-heads.ts';

export interface LiteralCheck {
  draft: string;
  passages: readonly string[];
  /** Names that are known, of schemes, offices and places: one in the draft must be in the passages. */
  names?: readonly string[];
}

/** Relative days are compared, not read: any day will do. */
const TODAY = '2001-01-01';
const MOST_CHARACTERS = 4_096;
const MONEY = new Set(['Rs', 'INR']);
const NUMBER = /(?:[₹$€£]\s?|rs\.?\s?|inr\s?)?[0-9]+(?:[.,:/-][0-9]+)*\s?(?:%|°)?/g;
const SPACED_NUMBER = /\+?[0-9](?:[ ()-]{0,2}[0-9]){4,}/g;
const LINK =
  /(?:https?:\/\/|www\.)[^\s]+|[^\s@<>()]+@[^\s@<>()]+|(?<![\p{L}\p{N}.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:in|com|org|net|gov|info|io|co)(?:\/[^\s]*)?(?![\p{L}\p{N}])/gu;
const CAPITALISED = /(?<![\p{L}\p{M}\p{N}])\p{Lu}[\p{L}\p{M}]*(?:-\p{Lu}[\p{L}\p{M}]*)*/gu;

/** What of the draft does not stand in the passages, in words of the draft; empty when it may be sent. */
export function notInPassages({ draft, passages, names = [] }: LiteralCheck): string[] {
  if (draft.length > MOST_CHARACTERS) return ['too long'];
  const sources = passages.map((passage) => passage.slice(0, MOST_CHARACTERS));
  const known = sources.map(plainOf);
  return [
    ...missing(numbersOf(plainOf(draft)), known.flatMap(numbersOf)),
    ...missing(spacedNumbersOf(plainOf(draft)), known.flatMap(spacedNumbersOf)),
    ...missing(numberWordsOf(draft), sources.flatMap(numberWordsOf)),
    ...missing(linksOf(plainOf(draft)), known.flatMap(linksOf)),
    ...missing(meaningsOf(draft), sources.flatMap(meaningsOf)),
    ...missing(
      namesIn(draft, names),
      sources.flatMap((source) => namesIn(source, names)),
    ),
    ...unknownNames(draft, sources),
  ];
}

function missing(found: readonly string[], known: readonly string[]): string[] {
  const all = new Set(known);
  return [...new Set(found)].filter((each) => !all.has(each));
}

function plainOf(text: string): string {
  return plainText(text.normalize('NFC')).plain;
}

/** Numbers with the sign of money, of a hundredth or of a degree beside them; separators of thousands do not matter. */
function numbersOf(plain: string): string[] {
  return [...plain.matchAll(NUMBER)].map(([whole]) =>
    whole
      .replace(/^(?:rs\.?|inr)\s?/, '₹')
      .replace(/\s/g, '')
      .replace(/(?<=[0-9]),(?=[0-9]{2,3}(?![0-9]))/g, ''),
  );
}

/** Telephone numbers and the like as a whole: their parts in another order are another number. */
function spacedNumbersOf(plain: string): string[] {
  return [...plain.matchAll(SPACED_NUMBER)].map(([whole]) => whole.replace(/[^0-9]/g, ''));
}

function linksOf(plain: string): string[] {
  return [...plain.matchAll(LINK)].map(([whole]) => whole.replace(/[.,;:!?)\]}'"”’।]+$/, ''));
}

/** "two lakh" and "दो लाख": the words themselves must be there. Latin words of two letters (do, be) mean too much else. */
function numberWordsOf(text: string): string[] {
  return spell(readTokens(plainOf(text))).flatMap((token) => {
    if (token.kind !== 'word' || /^[a-z]{1,2}$/.test(token.text)) return [];
    const small = findWord(token, SMALL_NUMBERS) ?? 1;
    return small > 1 || findWord(token, MULTIPLIERS) !== undefined ? [token.text] : [];
  });
}

/** Sums, dates and lengths of time by what they mean, so that "5 days" is not "₹5". */
function meaningsOf(text: string): string[] {
  return extractEntities(text, { today: TODAY }).flatMap((entity) => {
    if (entity.kind === 'amount') return [`${entity.value}${entity.rupees ? ' rupees' : ''}`];
    return entity.kind === 'date' || entity.kind === 'duration' || entity.kind === 'mobile'
      ? [`${entity.kind} ${entity.value}`]
      : [];
  });
}

function namesIn(text: string, names: readonly string[]): string[] {
  const said = ` ${wordsOf(text).join(' ')} `;
  return names.map((name) => wordsOf(name).join(' ')).filter((name) => name !== '' && said.includes(` ${name} `));
}

function wordsOf(text: string): string[] {
  return readTokens(plainOf(text)).flatMap(({ kind, text: word }) => (kind === 'sign' ? [] : [word]));
}

/**
 * Names that nobody has listed: words with a capital letter that do not begin a sentence, abbreviations, and in every script the words
 * before one like "scheme" or "office".
 */
function unknownNames(draft: string, passages: readonly string[]): string[] {
  const known = new Set(passages.flatMap(wordsOf));
  const said = passages.map((passage) => ` ${wordsOf(passage).join(' ')} `);
  const capitals = [...draft.matchAll(CAPITALISED)]
    .filter(({ 0: word, index }) => !beginsSentence(draft, index) || (word.length > 1 && word === word.toUpperCase()))
    .map(([word]) => word)
    .filter((word) => !MONEY.has(word) && !wordsOf(word).every((part) => known.has(part)));
  const words = wordsOf(draft);
  const titled = words.flatMap((word, index) =>
    NAME_HEADS.has(word) ? [words.slice(Math.max(0, index - 1), index + 1).join(' ')] : [],
  );
  return [...capitals, ...titled.filter((title) => !said.some((passage) => passage.includes(` ${title} `)))];
}

function beginsSentence(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return before === '' || /[.!?:।॥\n“"(*•-]$/.test(before) || text.slice(before.length, index).includes('\n');
}
