/**
 * Words of a table, found as people spell them: one table word stands for its doubled and single letters, for v and w and
 * so on, within its own script. Not the phonetic keys: "kal" (yesterday) and "call" must stay apart.
 */
import { romanise } from '../folding/romanise.ts';
import { scriptOf } from '../scripts.ts';
import type { Token } from '../tokens.ts';

/** Words with what they mean; a star ends a stem: what follows in the text's word does not matter. */
export type WordTable<T> = readonly (readonly [meaning: T, words: string])[];

export interface WordIndex<T> {
  words: ReadonlyMap<string, T>;
  stems: readonly { stem: string; meaning: T }[];
}

/** Prepares a table. */
export function indexWords<T>(table: WordTable<T>): WordIndex<T> {
  const entries = table.flatMap(([meaning, words]) =>
    words
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => ({ word, meaning })),
  );
  return {
    words: new Map(entries.filter(({ word }) => !word.endsWith('*')).map(({ word, meaning }) => [spelling(word), meaning])),
    stems: entries
      .filter(({ word }) => word.endsWith('*'))
      .map(({ word, meaning }) => ({ stem: word.slice(0, -1).normalize('NFC'), meaning })),
  };
}

/** A token with its spelling in the form of the tables. */
export interface SpeltToken extends Token {
  spelling: string;
}

/** Spells the words of a text, once for all tables. */
export function spell(tokens: readonly Token[]): SpeltToken[] {
  return tokens.map((token) => {
    const text = token.text.normalize('NFC');
    return { ...token, text, spelling: token.kind === 'word' ? spelling(text) : text };
  });
}

/** What a word means by a table; undefined when it is not in it. */
export function findWord<T>(token: SpeltToken | undefined, index: WordIndex<T>): T | undefined {
  if (token === undefined) return undefined;
  return index.words.get(token.spelling) ?? index.stems.find(({ stem }) => token.text.startsWith(stem))?.meaning;
}

function spelling(word: string): string {
  let latin = romanise(word);
  for (const [pattern, same] of SAME) latin = latin.replace(pattern, same);
  return latin === '' ? word : `${scriptOf(word) ?? ''}:${latin}`;
}

const SAME: readonly (readonly [RegExp, string])[] = [
  [/ee/g, 'i'],
  [/oo/g, 'u'],
  [/w/g, 'v'],
  [/z/g, 'j'],
  [/ph/g, 'f'],
  [/(.)\1+/g, '$1'],
];
