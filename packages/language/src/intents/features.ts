/**
 * What the classifier sees of a text: five groups of features, hashed into one space. Characters carry spelling errors,
 * word pairs carry meaning, phonetic keys carry one word over scripts and spellings. Each group is brought to length 1
 * including the features that training never saw, so a text of unknown words stays far from everything.
 */
import { BUCKETS, hashOf } from './hash.ts';
import type { Word } from './word-forms.ts';

/** How much each group counts; a group's number is also the seed of its hashes. */
export const GROUP_WEIGHTS = { inWord: 1, acrossWords: 0.5, wordPairs: 0.3, soundKey: 0.4, skeletonKey: 0.3 } as const;

type Group = keyof typeof GROUP_WEIGHTS;

/** Counts by bucket, one map for each group. */
export type Counts = readonly { weight: number; counts: ReadonlyMap<number, number> }[];

/** Non-zero entries of a vector; `length` is its Euclidean length with the features that were left out as unknown. */
export interface SparseVector {
  features: number[];
  values: number[];
  length: number;
}

/** The features that training knew. */
export interface Space {
  /** Feature by bucket, -1 where training saw none. */
  byBucket: Int32Array;
  /** Inverse document frequency by feature. */
  rarity: Float32Array;
  rarityOfUnknown: number;
}

/** Counts the features of a text. */
export function countsOf(words: readonly Word[]): Counts {
  const groups: Record<Group, Map<number, number>> = {
    inWord: new Map(),
    acrossWords: new Map(),
    wordPairs: new Map(),
    soundKey: new Map(),
    skeletonKey: new Map(),
  };
  for (const word of words) {
    addGrams(groups.inWord, `#${word.latin}#`, { group: 1, from: 2, to: 5 });
    addKeys(groups.soundKey, word.sounds, 4);
    addKeys(groups.skeletonKey, word.skeletons, 5);
  }
  addAcross(groups.acrossWords, words);
  addPairs(groups.wordPairs, words);
  return [
    { weight: GROUP_WEIGHTS.inWord, counts: groups.inWord },
    { weight: GROUP_WEIGHTS.acrossWords, counts: groups.acrossWords },
    { weight: GROUP_WEIGHTS.wordPairs, counts: groups.wordPairs },
    { weight: GROUP_WEIGHTS.soundKey, counts: groups.soundKey },
    { weight: GROUP_WEIGHTS.skeletonKey, counts: groups.skeletonKey },
  ];
}

/** Learns the space of a set of texts: every feature that occurs, and how rare it is. */
export function learnSpace(texts: readonly Counts[]): Space & { buckets: number[] } {
  const frequency = new Map<number, number>();
  for (const groups of texts) {
    for (const { counts } of groups) for (const bucket of counts.keys()) frequency.set(bucket, (frequency.get(bucket) ?? 0) + 1);
  }
  const buckets = [...frequency.keys()].sort((a, b) => a - b);
  const documents = buckets.map((bucket) => frequency.get(bucket) ?? 0);
  return { ...spaceOf(buckets, documents, texts.length), buckets };
}

/** The space of known buckets with the number of texts in which each occurred, of `texts` in all. */
export function spaceOf(buckets: readonly number[], documents: readonly number[], texts: number): Space {
  const byBucket = new Int32Array(BUCKETS).fill(-1);
  for (const [feature, bucket] of buckets.entries()) byBucket[bucket] = feature;
  return {
    byBucket,
    rarity: Float32Array.from(documents, (count) => rarityAt(count, texts)),
    rarityOfUnknown: rarityAt(0, texts),
  };
}

/** Weighs the counts of a text in a space. */
export function vectorOf(groups: Counts, space: Space): SparseVector {
  const vector: SparseVector = { features: [], values: [], length: 0 };
  let square = 0;
  for (const { weight, counts } of groups) {
    if (counts.size === 0) continue;
    addGroup(vector, counts, { weight, space });
    square += weight * weight;
  }
  vector.length = Math.sqrt(square);
  return vector;
}

function addGroup(
  vector: SparseVector,
  counts: ReadonlyMap<number, number>,
  { weight, space }: { weight: number; space: Space },
): void {
  const first = vector.values.length;
  let mass = 0;
  for (const [bucket, count] of counts) {
    const feature = space.byBucket[bucket] ?? -1;
    const frequency = count < 1 ? count : 1 + Math.log(count);
    const value = frequency * (feature < 0 ? space.rarityOfUnknown : (space.rarity[feature] ?? 0));
    mass += value * value;
    if (feature < 0) continue;
    vector.features.push(feature);
    vector.values.push(value);
  }
  const scale = weight / Math.sqrt(mass);
  for (let at = first; at < vector.values.length; at += 1) vector.values[at] = (vector.values[at] ?? 0) * scale;
}

function rarityAt(documents: number, texts: number): number {
  return Math.log((1 + texts) / (1 + documents)) + 1;
}

function addGrams(
  counts: Map<number, number>,
  text: string,
  { group, from, to }: { group: number; from: number; to: number },
): void {
  for (let size = from; size <= to; size += 1) {
    for (let at = 0; at + size <= text.length; at += 1) add(counts, hashOf(text, { from: at, to: at + size, seed: group }));
  }
}

/** Grams of three to five characters that hold the space between two words. */
function addAcross(counts: Map<number, number>, words: readonly Word[]): void {
  for (let at = 1; at < words.length; at += 1) {
    const before = words[at - 1]?.latin.slice(-3) ?? '';
    const text = `${before} ${words[at]?.latin.slice(0, 3) ?? ''}`;
    const space = before.length;
    for (let size = 3; size <= 5; size += 1) {
      const last = Math.min(space - 1, text.length - size);
      for (let from = Math.max(0, space - size + 2); from <= last; from += 1) {
        add(counts, hashOf(text, { from, to: from + size, seed: 2 }));
      }
    }
  }
}

function addPairs(counts: Map<number, number>, words: readonly Word[]): void {
  for (let at = 0; at <= words.length; at += 1) {
    const pair = `${words[at - 1]?.latin ?? '^'} ${words[at]?.latin ?? '$'}`;
    if (words.length > 0) add(counts, hashOf(pair, { from: 0, to: pair.length, seed: 3 }));
  }
}

/** A word that may be read in two ways counts its second reading half. */
function addKeys(counts: Map<number, number>, keys: readonly string[], seed: number): void {
  for (const [index, key] of keys.entries()) {
    if (key !== '') add(counts, hashOf(key, { from: 0, to: key.length, seed }), index === 0 ? 1 : 0.5);
  }
}

function add(counts: Map<number, number>, bucket: number, amount = 1): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + amount);
}
