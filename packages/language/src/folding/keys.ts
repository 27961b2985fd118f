import { fold } from './fold.ts';
import { readingsOf } from './romanise.ts';

/** The phonetic keys of a word, one of each for every way to read it; the likeliest first, without repetitions. */
export interface WordKeys {
  /** Consonants, i-vowels and u: near to the spelling. */
  p: string[];
  /** The skeleton of consonants, with one class for a vowel at the start. */
  s: string[];
  /** The skeleton with voiced and voiceless merged, which Tamil and Malayalam need. */
  v: string[];
}

/** The keys of one word in any script; all empty when it has no letters. Two words may be the same when any key of a kind is. */
export function keysOf(word: string): WordKeys {
  const keys = readingsOf(word).map(fold);
  return {
    p: distinct(keys.map(({ p }) => p)),
    s: distinct(keys.map(({ s }) => s)),
    v: distinct(keys.map(({ v }) => v)),
  };
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)].filter((key) => key !== '');
}
