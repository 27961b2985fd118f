/**
 * Finds short texts by what somebody writes, across scripts and spellings. Two scores for each text: BM25 over words, skeletons
 * and groups of letters ranks, as measured in docs/how-to/understanding.md; the likeness says how much of the question the text
 * answers, from 0 to 1, and carries the thresholds: a word that no text has counts in full against it.
 */
import { type Term, termsOf, type Weigh } from './terms.ts';

export interface IndexedText {
  /** Several texts may have one id; the best of them counts. */
  id: string;
  text: string;
}

export interface Hit {
  id: string;
  /** BM25; compares texts for one question only. */
  rank: number;
  /** 0 to 1: share of the question that the text answers, and of the text that is asked for. */
  likeness: number;
}

export interface TextIndex {
  /** The best first, at most `most`; empty when nothing is shared. The same for the same texts and question. */
  search: (question: string, most: number) => Hit[];
}

const WEIGHTS = { word: 1, skeleton: 0.4, gram: 0.4 } as const;
const SATURATION = 1.2;
const LENGTH_PENALTY = 0.5;
/** How far a word is met by a text: by its letters, its sound, its consonants, or in part. */
const MET = { word: 1, sound: 0.95, shortSound: 0.6, grams: 0.8 } as const;
/** A sound of fewer letters is many words. */
const SHORTEST_SOUND = 3;
/** By its consonants alone, of which two are many words and five are one; by their number. */
const MET_BY_SKELETON: readonly number[] = [0, 0, 0.35, 0.6, 0.75];
const MOST_BY_SKELETON = 0.8;
/** A question of words that say nothing asks at least for this share of one that does. */
const LEAST_ASKED = 0.6;
/** How much the likeness heeds what else stands in the text. */
const TEXT_SHARE = 0.3;
/** How much it counts that the words stand together in one text, rather than here and there in those of an id. */
const ONE_TEXT = 0.4;

/** What no text has is as rare as what one id has: it counts against the likeness in full, but not more. */
const UNKNOWN_AS_IF_IN = 1;

/** Numbers of the texts that have a term, with how often. */
export interface Posting {
  texts: number[];
  counts: number[];
  /** Number of the last id, and of all ids, among them. */
  last: number;
  ids: number;
}

/** An index as its search needs it; `stored-texts.ts` puts one together for the few texts that may answer a question. */
export interface Built {
  ids: readonly string[];
  /** Number of all ids, of which `ids` may be a part. */
  all: number;
  /** Number of the id of each text. */
  owners: readonly number[];
  postings: ReadonlyMap<string, Posting>;
  lengths: readonly number[];
  meanLength: number;
  /** Weight of all words of each text. */
  masses: Float32Array;
  weigh: Weigh | undefined;
}

/** Builds an index; it keeps no text. `weigh` says how much a word counts; by what it is in a question, when absent. */
export function createTextIndex(texts: readonly IndexedText[], weigh?: Weigh): TextIndex {
  const read = texts.map(({ id, text }) => ({ id, words: termsOf(text, weigh) }));
  const built = { ...build(read), weigh };
  return { search: (question, most) => search(built, question, most) };
}

/** Everything that a search needs of these texts. */
export function build(texts: readonly { id: string; words: readonly Term[] }[]): Built {
  const ids = [...new Set(texts.map(({ id }) => id))];
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const owners = texts.map(({ id }) => numbers.get(id) ?? 0);
  const postings = new Map<string, Posting>();
  const terms = texts.map(({ words }) => words);
  for (const [text, words] of terms.entries())
    for (const word of words) for (const key of keysIn(word)) add(postings, key, { text, owner: owners[text] ?? 0 });
  const lengths = terms.map(({ length }) => length);
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  const masses = Float32Array.from(terms, (words) =>
    words.reduce((sum, word) => sum + word.weight * rarityOfWord(postings, word, ids.length), 0),
  );
  return { ids, all: ids.length, owners, postings, lengths, meanLength, masses, weigh: undefined };
}

function add(postings: Map<string, Posting>, key: string, { text, owner }: { text: number; owner: number }): void {
  const posting = postings.get(key);
  if (posting === undefined) {
    postings.set(key, { texts: [text], counts: [1], last: owner, ids: 1 });
    return;
  }
  const at = posting.texts.length - 1;
  if (posting.texts[at] === text) posting.counts[at] = (posting.counts[at] ?? 0) + 1;
  else {
    posting.texts.push(text);
    posting.counts.push(1);
  }
  if (posting.last !== owner) posting.ids += 1;
  posting.last = owner;
}

/** What finds a word: its letters, sounds, skeletons and groups of letters, each with the letter of its kind before it. */
export function keysIn({ word, sounds, skeletons, grams }: Term): string[] {
  return [`w${word}`, ...sounds.map((key) => `p${key}`), ...skeletons.map((key) => `s${key}`), ...grams.map((key) => `g${key}`)];
}

/** The best first, at most `most`. */
export function search(built: Built, question: string, most: number): Hit[] {
  const words = distinct(termsOf(question, built.weigh));
  const ranks = new Map<number, number>();
  const byText = new Map<number, number>();
  const byOwner = new Map<number, number>();
  let asked = 0;
  for (const word of words) {
    const rarity = word.weight * rarityOfWord(built.postings, word, built.all);
    asked += rarity;
    rankBy(built, word, ranks);
    const best = new Map<number, number>();
    for (const [text, share] of meet(built, word)) {
      raise(byText, text, (byText.get(text) ?? 0) + share * rarity);
      raise(best, built.owners[text] ?? 0, share);
    }
    for (const [owner, share] of best) byOwner.set(owner, (byOwner.get(owner) ?? 0) + share * rarity);
  }
  const whole = Math.max(asked, LEAST_ASKED * rarityOf(undefined, built.all));
  const hits = new Map<number, Hit>();
  for (const [text, mass] of byText) {
    const owner = built.owners[text] ?? 0;
    const ofText = Math.min(1, mass / Math.max(built.masses[text] ?? 0, 1e-9));
    const together = ((byOwner.get(owner) ?? 0) * (1 - ONE_TEXT) + mass * ONE_TEXT) / whole;
    const likeness = together * (1 - TEXT_SHARE + TEXT_SHARE * ofText);
    const hit = { id: built.ids[owner] ?? '', rank: ranks.get(text) ?? 0, likeness };
    const known = hits.get(owner);
    if (known === undefined || byLikeness(hit, known) < 0) hits.set(owner, hit);
  }
  return [...hits.values()].sort(byLikeness).slice(0, most);
}

function raise(shares: Map<number, number>, key: number, share: number): void {
  if ((shares.get(key) ?? 0) < share) shares.set(key, share);
}

function byLikeness(a: Hit, b: Hit): number {
  return b.likeness - a.likeness || b.rank - a.rank || (a.id < b.id ? -1 : 1);
}

function distinct(words: readonly Term[]): Term[] {
  return [...new Map(words.map((word) => [word.word, word])).values()];
}

/** Adds the BM25 score of one word of the question to the texts that share a key with it. */
function rankBy(built: Built, { word, skeletons, grams, weight }: Term, ranks: Map<number, number>): void {
  rankByKey(built, `w${word}`, { weight: WEIGHTS.word * weight, ranks });
  for (const key of skeletons) rankByKey(built, `s${key}`, { weight: (WEIGHTS.skeleton * weight) / skeletons.length, ranks });
  for (const key of grams) rankByKey(built, `g${key}`, { weight: WEIGHTS.gram * weight, ranks });
}

function rankByKey(built: Built, key: string, { weight, ranks }: { weight: number; ranks: Map<number, number> }): void {
  const posting = built.postings.get(key);
  if (posting === undefined) return;
  const rarity = weight * rarityOf(posting, built.all);
  for (const [at, text] of posting.texts.entries()) {
    const count = posting.counts[at] ?? 1;
    const length = (built.lengths[text] ?? 0) / built.meanLength;
    const damped = (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH_PENALTY + LENGTH_PENALTY * length));
    ranks.set(text, (ranks.get(text) ?? 0) + rarity * damped);
  }
}

/** How far each text meets a word of the question: by its best key, 0 to 1. */
function meet({ postings }: Built, { word, sounds, skeletons, grams }: Term): Map<number, number> {
  const shares = new Map<number, number>();
  const raiseAll = (key: string, share: number): void => {
    for (const text of postings.get(key)?.texts ?? []) raise(shares, text, share);
  };
  const inPart = new Map<number, number>();
  for (const key of grams) for (const text of postings.get(`g${key}`)?.texts ?? []) inPart.set(text, (inPart.get(text) ?? 0) + 1);
  for (const [text, count] of inPart) shares.set(text, MET.grams * (count / grams.length) ** 2);
  for (const key of skeletons) raiseAll(`s${key}`, MET_BY_SKELETON[key.length] ?? MOST_BY_SKELETON);
  for (const key of sounds) raiseAll(`p${key}`, key.length < SHORTEST_SOUND ? MET.shortSound : MET.sound);
  raiseAll(`w${word}`, MET.word);
  return shares;
}

/** By sound, so that a word is as rare in one script as in another; by letters where it is nowhere by sound. */
function rarityOfWord(postings: ReadonlyMap<string, Posting>, { word, sounds }: Term, all: number): number {
  const known = [`w${word}`, ...sounds.map((key) => `p${key}`)].flatMap((key) => postings.get(key) ?? []);
  return Math.min(...known.map((posting) => rarityOf(posting, all)), rarityOf(undefined, all));
}

function rarityOf(posting: Posting | undefined, all: number): number {
  const having = posting?.ids ?? UNKNOWN_AS_IF_IN;
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}
