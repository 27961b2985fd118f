/**
 * Which categories a citizen's words point at, by the keywords of the pack: every language at once, since people mix
 * them and write Hindi and Marathi in Latin letters. A word matches a keyword that it begins with ("potholes", "खड्ड्यात"),
 * and every word of a phrase must be there. Only where nothing matches as it is written, words that sound the same in any script and
 * spelling count ("kachhra", "કચરો").
 */
import { keysOf, normalize } from '@hazir/language';
import type { Categories, Category } from './categories.ts';

export type Suggest = (text: string) => Category[];

const MOST_SUGGESTED = 3;
const MOST_TEXT = 1_000;
/** Shorter keywords must match exactly, and a word may be so much longer than its keyword. */
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 5;
/** A word of the category itself counts more than one of its parent. */
const OWN = 2;
/** Letters of a sound that say enough: of a word alone, and of one among others. */
const SHORTEST_SOUND = 3;
const SHORTEST_SOUND_IN_PHRASE = 2;
const MOST_WORDS = 80;

interface Word {
  text: string;
  /** Sound keys. */
  sounds: readonly string[];
}

/** True when a typed word stands for a word of a phrase. */
type Match = (typed: Word, keyword: Word, phrase: readonly Word[]) => boolean;

/** Prepares the keywords once. */
export function createSuggest(categories: Categories): Suggest {
  const phrases = new Map(categories.all.map(({ code, keywords }) => [code, keywords.map(wordsOf)]));
  const leaves = categories.all.filter(({ code }) => categories.childrenOf(code).length === 0);
  const best = (words: readonly Word[], match: Match): Category[] => {
    const score = ({ code, parent }: Category): number =>
      OWN * countWords(phrases.get(code), words, match) + countWords(phrases.get(parent ?? ''), words, match);
    return leaves
      .map((category) => ({ category, points: score(category) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST_SUGGESTED)
      .map(({ category }) => category);
  };
  return (text) => {
    const words = wordsOf(text.slice(0, MOST_TEXT));
    const written = best(words, isWritten);
    return written.length > 0 ? written : best(words, soundsAlike);
  };
}

function wordsOf(text: string): Word[] {
  const found = normalize(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return found.slice(0, MOST_WORDS).map((each) => ({ text: each, sounds: keysOf(each).p }));
}

/** Number of words in the phrases that are all there. */
function countWords(phrases: readonly Word[][] = [], words: readonly Word[], match: Match): number {
  const complete = phrases.filter(
    (phrase) => phrase.length > 0 && phrase.every((keyword) => words.some((typed) => match(typed, keyword, phrase))),
  );
  return complete.reduce((sum, phrase) => sum + phrase.length, 0);
}

const isWritten: Match = ({ text: typed }, { text: keyword }) => {
  if (typed === keyword) return true;
  return keyword.length >= SHORTEST_STEM && typed.startsWith(keyword) && typed.length - keyword.length <= LONGEST_ENDING;
};

const soundsAlike: Match = (typed, keyword, phrase) => {
  const shortest = phrase.length === 1 ? SHORTEST_SOUND : SHORTEST_SOUND_IN_PHRASE;
  return (
    isWritten(typed, keyword, phrase) || keyword.sounds.some((sound) => sound.length >= shortest && typed.sounds.includes(sound))
  );
};
