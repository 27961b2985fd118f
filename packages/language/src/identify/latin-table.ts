/**
 * Tells the language of words in Latin letters with a table of weights (logistic regression over `latinFeatures`), which was trained
 * from Hazir's own words and texts and is read when first asked.
 */
import { LATIN_TABLE } from './generated/latin-table.ts';
import { LATIN_PLACES, latinFeatures } from './latin-features.ts';

/** A weight is one printable character; this one is nought. Quotes and the backslash lie outside. */
const NOUGHT = 63;

let read: Int8Array | undefined;

/** How likely each language is, best first; the shares add up to one. */
export function languagesOfLatin(words: readonly string[]): { language: string; share: number }[] {
  read ??= Int8Array.from(LATIN_TABLE.weights, (character) => character.charCodeAt(0) - NOUGHT);
  const { languages, steps, biases } = LATIN_TABLE;
  const scores = biases.slice();
  for (const [place, weight] of latinFeatures(words)) {
    for (let each = 0; each < languages.length; each += 1) {
      const step = (read[each * LATIN_PLACES + place] ?? 0) * (steps[each] ?? 0);
      scores[each] = (scores[each] ?? 0) + weight * step;
    }
  }
  const best = Math.max(...scores);
  const likely = scores.map((score) => Math.exp(score - best));
  const mass = likely.reduce((sum, each) => sum + each, 0);
  return languages.map((language, each) => ({ language, share: (likely[each] ?? 0) / mass })).sort((a, b) => b.share - a.share);
}
