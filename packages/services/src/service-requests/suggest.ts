/**
 * Which categories a citizen's words point at, by the keywords of the pack: every language at once, since people mix them and write
 * Hindi and Marathi in Latin letters. A word is met by its letters ("potholes", "खड्ड्यात"), by its sound in any script and spelling
 * ("kachhra", "કચરો") or, beside another word of its phrase, by its consonants ("पडलंय" and "पडले"). What few categories say counts
 * more than what many do: a tree that lies on the road is a matter of trees.
 */
import { isStopWord, keysOf, lightKeysOf, normalize, weightOf } from '@hazir/language';
import type { Categories, Category } from './categories.ts';

export type Suggest = (text: string) => Category[];

const MOST_SUGGESTED = 3;
const MOST_TEXT = 1_000;
const MOST_WORDS = 80;
/** Shorter keywords must match exactly, and a word may be so much longer than its keyword. */
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 5;
/** Letters of a sound that say enough: of a word alone, and of one among others. */
const SHORTEST_SOUND = 3;
const SHORTEST_SOUND_IN_PHRASE = 2;
/** Consonants that say enough beside another word. */
const SHORTEST_SKELETON = 3;
/** Of two words that sound alike the shorter is at least this part of the longer, vowels included. */
const ALIKE_IN_LENGTH = 0.6;
/** How far a word of a phrase is met. */
const MET = { letters: 1, sound: 0.85, skeleton: 0.6 } as const;
/** What a phrase that is there in part is worth, of the share that is there. */
const IN_PART = 0.5;
/** A word of the category itself counts more than one of its parent. */
const OF_PARENT = 0.4;
/** Further phrases that are there add so much of their worth. */
const FURTHER = 0.2;
/** Least share of a phrase that counts. */
const LEAST_PART = 0.4;
/** What is so much less likely than the best is not shown beside it; what is there in part must come nearer. */
const LEAST_OF_BEST = 0.25;
const LEAST_IN_PART = 0.5;

interface Word {
  text: string;
  sounds: readonly string[];
  skeletons: readonly string[];
  /** Letters of the sound with its vowels. */
  length: number;
}

type Phrase = readonly { word: Word; worth: number }[];

/** Prepares the keywords once. */
export function createSuggest(categories: Categories): Suggest {
  const leaves = categories.all.filter(({ code }) => categories.childrenOf(code).length === 0);
  const read = new Map(categories.all.map(({ code, keywords }) => [code, keywords.map(wordsOf)]));
  const worthOf = weigh(leaves.map(({ code, parent }) => [...(read.get(code) ?? []), ...(read.get(parent ?? '') ?? [])]));
  const phrases = new Map(
    [...read].map(([code, all]) => [code, all.map((words) => words.map((word) => ({ word, worth: worthOf(word) })))]),
  );
  const look = lookUp([...read.values()].flat(2));
  const alone = new Map([...read].map(([code, all]) => [code, standAlone(all)]));
  return (text) => {
    const met = look(wordsOf(text.slice(0, MOST_TEXT)));
    const points = (code: string, ofParent?: ReadonlySet<string>): Met => score(phrases.get(code) ?? [], met, ofParent);
    const scored = leaves.map((category) => {
      const parent = category.parent ?? '';
      const [own, above] = [points(category.code, alone.get(parent)), points(parent)];
      return { category, points: own.points + OF_PARENT * above.points, own: own.whole, whole: own.whole || above.whole };
    });
    const ranked = scored.filter((each) => each.points > 0).sort((a, b) => b.points - a.points);
    const [first] = ranked;
    const found = ranked
      .filter((each) => each.points >= (each.own ? LEAST_OF_BEST : LEAST_IN_PART) * (first?.points ?? 0))
      .slice(0, MOST_SUGGESTED);
    const known = found.map(({ category }) => category);
    if (first === undefined || found.length > 1 || first.whole) return known;
    // One that is met in part is a guess: it is shown with others of its kind, never taken at once.
    const others = leaves.filter(({ code, parent }) => parent === first.category.parent && code !== first.category.code);
    return [...known, ...others].slice(0, MOST_SUGGESTED);
  };
}

/** Names of the words that are keywords by themselves. */
function standAlone(keywords: readonly Word[][]): ReadonlySet<string> {
  return new Set(keywords.flatMap(([word, ...more]) => (word === undefined || more.length > 0 ? [] : [nameOf(word)])));
}

function wordsOf(text: string): Word[] {
  const found = new Set(normalize(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
  return [...found].slice(0, MOST_WORDS).map((each) => {
    // English words that only hold a sentence together sound like many Indian ones.
    const { p: sounds, s: skeletons } = isStopWord(each) ? { p: [], s: [] } : keysOf(each);
    return { text: each, sounds, skeletons, length: lightKeysOf(each)[0]?.length ?? each.length };
  });
}

/** A word is worth more the fewer categories have it, in whatever spelling. */
function weigh(ofCategories: readonly (readonly Word[][])[]): (word: Word) => number {
  const having = new Map<string, number>();
  for (const all of ofCategories) for (const key of new Set(all.flat().map(nameOf))) having.set(key, (having.get(key) ?? 0) + 1);
  return (word) => weightOf(word.text, word.sounds[0]) * Math.log(1 + ofCategories.length / (having.get(nameOf(word)) ?? 1));
}

function nameOf({ text, sounds }: Word): string {
  return sounds[0] ?? text;
}

interface Met {
  points: number;
  /** All words of a phrase are there; of a phrase of one word, by its letters. */
  whole: boolean;
}

/** The phrase that is met best, and a little for each further one. */
function score(phrases: readonly Phrase[], met: MetWords, ofParent?: ReadonlySet<string>): Met {
  const all = phrases.map((phrase) => meet(phrase, met, ofParent)).sort((a, b) => b.points - a.points);
  const points = all.reduce((sum, each, at) => sum + each.points * FURTHER ** at, 0);
  return { points, whole: all.some(({ whole }) => whole) };
}

/** Of a phrase that is there in part, the words that its parent has say nothing more: they are the parent's. */
function meet(phrase: Phrase, met: MetWords, ofParent?: ReadonlySet<string>): Met {
  const shares = phrase.map(({ word }) => met.get(word.text)?.[phrase.length > 1 ? 'inPhrase' : 'alone'] ?? 0);
  // Consonants alone are many words.
  if (!shares.some((share) => share > MET.skeleton)) return { points: 0, whole: false };
  const there = phrase.reduce((sum, { worth }, at) => sum + worth * (shares[at] ?? 0), 0);
  if (shares.every((share) => share > 0)) return { points: there, whole: shares.length > 1 || shares[0] === MET.letters };
  const all = phrase.reduce((sum, { worth }) => sum + worth, 0);
  if (phrase.every(({ word }, at) => shares[at] === 0 || ofParent?.has(nameOf(word)))) return { points: 0, whole: false };
  const share = there / Math.max(all, 1e-9);
  return { points: share < LEAST_PART ? 0 : there * share * IN_PART, whole: false };
}

/** By keyword: how far it is met, when it stands alone and among the words of a phrase. */
type MetWords = ReadonlyMap<string, { alone: number; inPhrase: number }>;

/** Finds the keywords that typed words stand for. */
function lookUp(keywords: readonly Word[]): (typed: readonly Word[]) => MetWords {
  const known = [...new Map(keywords.map((word) => [word.text, word])).values()];
  const byStart = groupBy(known, ({ text }) => [text.slice(0, SHORTEST_STEM)]);
  const bySound = groupBy(known, ({ sounds }) => sounds);
  const bySkeleton = groupBy(known, ({ skeletons }) => skeletons);
  return (typed) => {
    const met = new Map<string, { alone: number; inPhrase: number }>();
    const raise = ({ text }: Word, alone: number, inPhrase: number): void => {
      const before = met.get(text);
      met.set(text, { alone: Math.max(alone, before?.alone ?? 0), inPhrase: Math.max(inPhrase, before?.inPhrase ?? 0) });
    };
    for (const word of typed) {
      const written = (byStart.get(word.text.slice(0, SHORTEST_STEM)) ?? []).filter((each) => isWritten(word.text, each.text));
      for (const each of written) raise(each, MET.letters, MET.letters);
      // A word that is a keyword as it is written is not another one that sounds like it: a pothole is no "padle".
      if (written.length > 0) continue;
      for (const key of word.skeletons.filter(({ length }) => length >= SHORTEST_SKELETON))
        for (const each of alike(word, bySkeleton.get(key))) raise(each, 0, MET.skeleton);
      for (const key of word.sounds.filter(({ length }) => length >= SHORTEST_SOUND_IN_PHRASE))
        for (const each of alike(word, bySound.get(key))) raise(each, key.length >= SHORTEST_SOUND ? MET.sound : 0, MET.sound);
    }
    return met;
  };
}

function groupBy(words: readonly Word[], keysOfWord: (word: Word) => readonly string[]): ReadonlyMap<string, Word[]> {
  const groups = new Map<string, Word[]>();
  for (const word of words) for (const key of keysOfWord(word)) groups.set(key, [...(groups.get(key) ?? []), word]);
  return groups;
}

/** A school is no "shauchalay", though their consonants are the same. */
function alike(typed: Word, words: readonly Word[] = []): Word[] {
  return words.filter(({ length }) => Math.min(typed.length, length) >= ALIKE_IN_LENGTH * Math.max(typed.length, length));
}

function isWritten(typed: string, keyword: string): boolean {
  if (typed === keyword) return true;
  return keyword.length >= SHORTEST_STEM && typed.startsWith(keyword) && typed.length - keyword.length <= LONGEST_ENDING;
}
