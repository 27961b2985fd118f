import { heard } from './fold.ts';
import { readingsOf } from './romanise.ts';

/** How a word sounds, vowels included: the key that loses least. One for each reading, the likeliest first. */
export function lightKeysOf(word: string): readonly string[] {
  return [...new Set(readingsOf(word).map(heard))].filter((key) => key !== '');
}
