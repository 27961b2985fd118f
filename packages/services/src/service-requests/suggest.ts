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
  const keywords = [...new Set([...read.values()].flat(2).map(({ text }) => text))];
  return (text) => {
    // A word that is a keyword as it is written is not another one that sounds like it: a pothole is no "padle".
    const words = wordsOf(text.slice(0, MOST_TEXT)).map((word) =>
      keywords.some((keyword) => isWritten(word.text, keyword)) ? { ...word, sounds: [], skeletons: [] } : word,
    );
    const scored = leaves.map((category) => {
      const [own, above] = [category.code, category.parent ?? ''].map((code) => score(phrases.get(code) ?? [], words));
      const points = (own?.points ?? 0) + OF_PARENT * (above?.points ?? 0);
      return { category, points, whole: own?.whole === true || above?.whole === true };
    });
    const ranked = scored.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);
    const [first] = ranked;
    const found = ranked
      .filter(({ points, whole }) => points >= (whole ? LEAST_OF_BEST : LEAST_IN_PART) * (first?.points ?? 0))
      .slice(0, MOST_SUGGESTED);
    const known = found.map(({ category }) => category);
    if (first === undefined || found.length > 1 || first.whole) return known;
    // One that is met in part is a guess: it is shown with others of its kind, never taken at once.
    const others = leaves.filter(({ code, parent }) => parent === first.category.parent && code !== first.category.code);
    return [...known, ...others].slice(0, MOST_SUGGESTED);
  };
}

function wordsOf(text: string): Word[] {
  const found = normalize(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return found.slice(0, MOST_WORDS).map((each) => {
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
  /** All words of a phrase are there. */
  whole: boolean;
}

/** The phrase that is met best, and a little for each further one. */
function score(phrases: readonly Phrase[], words: readonly Word[]): Met {
  const met = phrases.map((phrase) => meet(phrase, words)).sort((a, b) => b.points - a.points);
  const points = met.reduce((sum, each, at) => sum + each.points * FURTHER ** at, 0);
  return { points, whole: met.some(({ whole }) => whole) };
}

function meet(phrase: Phrase, words: readonly Word[]): Met {
  const met = phrase.map(({ word }) => Math.max(0, ...words.map((typed) => metBy(typed, word, phrase.length > 1))));
  // Consonants alone are many words.
  if (!met.some((share) => share > MET.skeleton)) return { points: 0, whole: false };
  const there = phrase.reduce((sum, { worth }, at) => sum + worth * (met[at] ?? 0), 0);
  if (met.every((share) => share > 0)) return { points: there, whole: true };
  const share =
    there /
    Math.max(
      phrase.reduce((sum, { worth }) => sum + worth, 0),
      1e-9,
    );
  return { points: share < LEAST_PART ? 0 : there * share * IN_PART, whole: false };
}

function metBy(typed: Word, keyword: Word, inPhrase: boolean): number {
  if (isWritten(typed.text, keyword.text)) return MET.letters;
  // A school is no "shauchalay", though their consonants are the same.
  if (Math.min(typed.length, keyword.length) < ALIKE_IN_LENGTH * Math.max(typed.length, keyword.length)) return 0;
  const shortest = inPhrase ? SHORTEST_SOUND_IN_PHRASE : SHORTEST_SOUND;
  if (keyword.sounds.some((sound) => sound.length >= shortest && typed.sounds.includes(sound))) return MET.sound;
  const bones = (each: string): boolean => each.length >= SHORTEST_SKELETON && typed.skeletons.includes(each);
  return inPhrase && keyword.skeletons.some(bones) ? MET.skeleton : 0;
}

function isWritten(typed: string, keyword: string): boolean {
  if (typed === keyword) return true;
  return keyword.length >= SHORTEST_STEM && typed.startsWith(keyword) && typed.length - keyword.length <= LONGEST_ENDING;
}
