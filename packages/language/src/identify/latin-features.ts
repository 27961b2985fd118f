/**
 * What is seen of words in Latin letters when their language is told: every one to four letters with the borders of words, and each
 * word as a whole, hashed into one table. The same code reads them when the table is trained (`tests/eval/train-identify.ts`).
 */

/** Bits of a place in the table. */
const BITS = 14;
export const LATIN_PLACES = 1 << BITS;
const LONGEST_GRAM = 4;

/** Weights by place in the table; their length is the root of the number of words. Expects lower case. */
export function latinFeatures(words: readonly string[]): Map<number, number> {
  const features = new Map<number, number>();
  const see = (gram: string): void => {
    const place = placeOf(gram);
    features.set(place, (features.get(place) ?? 0) + 1);
  };
  for (const word of words) {
    const marked = `#${word}#`;
    for (let size = 1; size <= LONGEST_GRAM; size += 1)
      for (let at = 0; at + size <= marked.length; at += 1) see(marked.slice(at, at + size));
    see(`=${word}`);
  }
  let squares = 0;
  for (const [place, count] of features) {
    const weight = 1 + Math.log(count);
    features.set(place, weight);
    squares += weight * weight;
  }
  const scale = Math.sqrt(words.length / Math.max(squares, 1));
  for (const [place, weight] of features) features.set(place, weight * scale);
  return features;
}

/** FNV-1a, folded. */
function placeOf(gram: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < gram.length; at += 1) hash = Math.imul(hash ^ gram.charCodeAt(at), 16_777_619);
  hash ^= hash >>> 15;
  return (hash >>> 0) & (LATIN_PLACES - 1);
}
