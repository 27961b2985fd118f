/**
 * A word in a script of its own whose spelling training never saw is read as the training word that sounds the same:
 * "पाणी" as "pani" where the phrases say "pani nahi". Latin words are left as they are: people misspell them in more ways
 * than sound, and the characters carry that.
 */
import { type Word, wordOf } from './word-forms.ts';

/** Below this share of equal letters two words with the same consonants are different words. */
const LEAST_LIKENESS = 0.34;
const SHORTEST_SKELETON = 2;
/** Scripts that write voiced and voiceless with one letter; in others the merged key only mixes words up. */
const withoutVoice = /[\p{Script=Tamil}\p{Script=Malayalam}]/u;
const latinOnly = /^[\p{Script=Latin}\p{M}0]+$/u;

export interface Vocabulary {
  known: ReadonlySet<string>;
  bySound: ReadonlyMap<string, readonly Word[]>;
  bySkeleton: ReadonlyMap<string, readonly Word[]>;
  byMerged: ReadonlyMap<string, readonly Word[]>;
}

/** Sorts the words of the training phrases by how they sound. */
export function vocabularyOf(tokens: readonly string[]): Vocabulary {
  const words = tokens.map(wordOf);
  return {
    known: new Set(words.map(({ latin }) => latin)),
    bySound: groupBy(words, ({ sounds }) => sounds),
    bySkeleton: groupBy(words, ({ skeletons }) => skeletons),
    byMerged: groupBy(words, ({ merged }) => merged),
  };
}

/** The training word that a native word stands for, or the word itself. */
export function snap(token: string, word: Word, { known, bySound, bySkeleton, byMerged }: Vocabulary): Word {
  if (latinOnly.test(token) || known.has(word.latin)) return word;
  return (
    nearest(word, candidates(word.sounds, bySound)) ??
    nearest(word, candidates(word.skeletons.filter(isLongEnough), bySkeleton)) ??
    nearest(word, withoutVoice.test(token) ? candidates(word.merged.filter(isLongEnough), byMerged) : []) ??
    word
  );
}

function groupBy(words: readonly Word[], keysOf: (word: Word) => readonly string[]): ReadonlyMap<string, readonly Word[]> {
  const groups = new Map<string, Word[]>();
  for (const word of words) {
    for (const key of keysOf(word)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [word]);
      else group.push(word);
    }
  }
  return groups;
}

function isLongEnough(skeleton: string): boolean {
  return skeleton.length >= SHORTEST_SKELETON;
}

function candidates(keys: readonly string[], index: ReadonlyMap<string, readonly Word[]>): Word[] {
  return keys.flatMap((key) => index.get(key) ?? []);
}

function nearest(word: Word, others: readonly Word[]): Word | undefined {
  let best: { word: Word; likeness: number } | undefined;
  for (const other of others) {
    const likeness = 1 - distance(word.latin, other.latin) / Math.max(word.latin.length, other.latin.length);
    if (likeness >= LEAST_LIKENESS && likeness > (best?.likeness ?? 0)) best = { word: other, likeness };
  }
  return best?.word;
}

/** Fewest insertions, deletions and replacements of a letter between two words. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
