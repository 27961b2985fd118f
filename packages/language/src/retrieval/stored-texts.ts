/**
 * The same search for texts that are too many for memory: stored once under their keys in an indexed column, of which the few that
 * share the rarest keys with a question are fetched, and judged by the numbers of all. What answers is what the index in memory would answer.
 */
import { type PackedTerm, packTerm, termsOf, unpackTerm } from './terms.ts';
import { build, type Hit, type IndexedText, keysIn, search } from './text-index.ts';

export interface StoredText {
  id: string;
  /** Number of the id. */
  owner: number;
  /** Weight of all its words. */
  mass: number;
  words: readonly PackedTerm[];
}

/** What must be known of all texts to judge a few. */
export interface TextNumbers {
  ids: number;
  /** Words of a text. */
  meanLength: number;
}

export interface StoredTexts {
  texts: StoredText[];
  numbers: TextNumbers;
  /** The ids, by their numbers, that have a key in a text. */
  owners: ReadonlyMap<string, readonly number[]>;
}

/** What is to be stored so that these texts are found later. */
export function storeTexts(texts: readonly IndexedText[]): StoredTexts {
  const read = texts.map(({ id, text }) => ({ id, words: termsOf(text) }));
  const { all, meanLength, masses, postings, owners } = build(read);
  const stored = read.map(({ id, words }, at) => ({
    ...{ id, owner: owners[at] ?? 0, mass: masses[at] ?? 0 },
    words: words.map(packTerm),
  }));
  const having = [...postings].map(([key, posting]): [string, number[]] => [
    key,
    [...new Set(posting.texts.map((at) => owners[at] ?? 0))],
  ]);
  return { texts: stored, numbers: { ids: all, meanLength }, owners: new Map(having) };
}

/** The keys of all words of a question, each once. */
export function keysOfText(text: string): string[] {
  return [...new Set(termsOf(text).flatMap(keysIn))];
}

/** What was fetched for a question. */
export interface FetchedTexts {
  /** All texts of each id. */
  texts: readonly Omit<StoredText, 'owner'>[];
  numbers: TextNumbers;
  /** How many ids have a key, for each key of the question. */
  having: ReadonlyMap<string, number>;
}

/** Ranks what was fetched as the index over all texts would. */
export function rankStored(question: string, { texts, numbers, having }: FetchedTexts, most: number): Hit[] {
  const built = build(texts.map(({ id, words }) => ({ id, words: words.map(unpackTerm) })));
  const postings = new Map(
    keysOfText(question).flatMap((key) => {
      const ids = having.get(key);
      const { texts: here = [], counts = [], last = -1 } = built.postings.get(key) ?? {};
      return ids === undefined ? [] : [[key, { texts: here, counts, last, ids }]];
    }),
  );
  const masses = Float32Array.from(texts, ({ mass }) => mass);
  return search({ ...built, postings, masses, all: numbers.ids, meanLength: numbers.meanLength }, question, most);
}
