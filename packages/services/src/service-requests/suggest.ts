/**
 * Which categories a citizen's words point at, by the keywords of the pack: every language at once, since people mix
 * them and write Hindi and Marathi in Latin letters. A word matches a keyword that it begins with ("potholes", "खड्ड्यात"),
 * and every word of a phrase must be there.
 */
import { normalize } from '@hazir/language';
import type { Categories, Category } from './categories.ts';

export type Suggest = (text: string) => Category[];

const MOST_SUGGESTED = 3;
const MOST_TEXT = 1_000;
/** Shorter keywords must match exactly, and a word may be so much longer than its keyword. */
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 5;
/** A word of the category itself counts more than one of its parent. */
const OWN = 2;

/** Prepares the keywords once. */
export function createSuggest(categories: Categories): Suggest {
  const phrases = new Map(categories.all.map(({ code, keywords }) => [code, keywords.map(wordsOf)]));
  const leaves = categories.all.filter(({ code }) => categories.childrenOf(code).length === 0);
  return (text) => {
    const words = wordsOf(text.slice(0, MOST_TEXT));
    const score = ({ code, parent }: Category): number =>
      OWN * countWords(phrases.get(code), words) + countWords(phrases.get(parent ?? ''), words);
    return leaves
      .map((category) => ({ category, points: score(category) }))
      .filter(({ points }) => points > 0)
      .sort((a, b) => b.points - a.points)
      .slice(0, MOST_SUGGESTED)
      .map(({ category }) => category);
  };
}

function wordsOf(text: string): string[] {
  return normalize(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Number of words in the phrases that are all there. */
function countWords(phrases: readonly string[][] = [], words: readonly string[]): number {
  const complete = phrases.filter(
    (phrase) => phrase.length > 0 && phrase.every((word) => words.some((typed) => matches(typed, word))),
  );
  return complete.reduce((sum, phrase) => sum + phrase.length, 0);
}

function matches(typed: string, keyword: string): boolean {
  if (typed === keyword) return true;
  return keyword.length >= SHORTEST_STEM && typed.startsWith(keyword) && typed.length - keyword.length <= LONGEST_ENDING;
}
