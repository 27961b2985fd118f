/** How well keys bring a native word and its spellings in Latin letters together. */

export interface WordPair {
  native: string;
  latin: string;
  /** How many people attested this spelling. */
  count: number;
}

/** All keys of a word under one scheme; two words meet when they share one. */
export type Scheme = (word: string) => readonly string[];

export interface KeyFigures {
  /** Part of the attestations whose two words meet, 0 to 1. */
  matched: number;
  /** Native words of the list that a Latin spelling meets, on average: what a search would have to choose from. */
  sharing: number;
}

/** Measures one scheme over all pairs of a language. */
export function measureKeys(pairs: readonly WordPair[], scheme: Scheme): KeyFigures {
  let all = 0;
  let matched = 0;
  for (const { native, latin, count } of pairs) {
    const keys = new Set(scheme(native));
    all += count;
    if (scheme(latin).some((key) => keys.has(key))) matched += count;
  }
  return { matched: all === 0 ? 0 : matched / all, sharing: wordsSharing(pairs, scheme) };
}

function wordsSharing(pairs: readonly WordPair[], scheme: Scheme): number {
  const byKey = new Map<string, string[]>();
  for (const native of new Set(pairs.map((pair) => pair.native)))
    for (const key of new Set(scheme(native))) byKey.set(key, [...(byKey.get(key) ?? []), native]);
  const spellings = [...new Set(pairs.map((pair) => pair.latin))];
  const met = spellings.map((latin) => new Set(scheme(latin).flatMap((key) => byKey.get(key) ?? [])).size);
  return met.reduce((sum, size) => sum + size, 0) / Math.max(1, met.length);
}
