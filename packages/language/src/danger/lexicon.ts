/**
 * Which ideas a word stands for. A word is looked up by how it sounds, so that native script and every Latin spelling meet; by
 * the stems and endings that inflection leaves; and, when it is long, with one letter wrong, missing, added or swapped. A word in a
 * native script is compared with words of that script, with Latin ones and with long ones of others: Sion is a station, and no Kannada
 * death.
 */

import { keysOf } from '../folding/keys.ts';
import { lightKeysOf } from '../folding/light.ts';
import { scriptOf } from '../scripts.ts';
import { DANGER_WORDS } from './words/all.ts';
import { IDEAS, type Idea } from './words/danger-words.ts';

/** Shorter keys without vowels are shared by unrelated words. */
const SHORTEST_SKELETON = 6;
/** Shorter words with one letter wrong are other words. */
const SHORTEST_MISSPELT = 7;
const SHORTEST_STEM = 4;
/** Shorter words of another script only sound alike by chance. */
const SHORTEST_FOREIGN = 6;
const SHORTEST_MISSPELT_STEM = 8;
const LONGEST_STEM = 14;
const MOST_REMEMBERED = 5_000;

/** An idea, and which words it may be read from. */
interface Meaning {
  idea: Idea;
  /** Script of the entry. */
  script: string;
  /** Long enough for words of any script. */
  foreign: boolean;
}

type Meanings = ReadonlySet<Meaning> | undefined;

interface Lexicon {
  /** As they are spelt: "fits" sounds like "pits" to people who type f and p for one letter. */
  spelt: Map<string, Set<Meaning>>;
  words: Map<string, Set<Meaning>>;
  sounds: Map<string, Set<Meaning>>;
  stems: Map<string, Set<Meaning>>;
  endings: Map<string, Set<Meaning>>;
  misspeltStems: Map<string, Set<Meaning>>;
  talk: Map<string, Set<Meaning>>;
  misspelt: Map<string, Set<Meaning>>;
}

const NOTHING: ReadonlySet<Idea> = new Set();
const LATIN = 'Latin';
const remembered = new Map<string, ReadonlySet<Idea>>();
let built: Lexicon | undefined;

/** The ideas of one word; most words have none. Constant time for a word of bounded length. */
export function ideasOf(word: string): ReadonlySet<Idea> {
  const before = remembered.get(word);
  if (before !== undefined) return before;
  built ??= buildLexicon();
  const ideas = lookUp(word, built);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(word, ideas);
  return ideas;
}

function lookUp(word: string, lexicon: Lexicon): ReadonlySet<Idea> {
  const script = scriptOf(word) ?? LATIN;
  const spelt = lexicon.spelt.get(word);
  const exact = collect([spelt], script);
  if (exact.has('nothing')) return exact;
  const keys = lightKeysOf(word);
  const endings = keys.flatMap((key) => cuts(key).map((at) => lexicon.endings.get(key.slice(-at))));
  const whole = [
    ...keys.flatMap((key) => [lexicon.words.get(key), ...cuts(key).map((at) => lexicon.stems.get(key.slice(0, at)))]),
    spelt,
    lexicon.talk.get(keys[0] ?? ''),
    ...keysOf(word).p.map((key) => lexicon.sounds.get(key)),
  ];
  // Fingers slip on letters, not on sounds: the word itself is tried beside its keys.
  const slips = collect(whole, script).size > 0 ? [] : [word, ...keys].flatMap((key) => misspelt(key, lexicon));
  return collect([...whole, ...endings, ...slips], script);
}

function misspelt(key: string, lexicon: Lexicon): Meanings[] {
  const words = misspellings(key, SHORTEST_MISSPELT).map((spelling) => lexicon.misspelt.get(spelling));
  const most = Math.min(key.length, LONGEST_STEM);
  const starts = cuts(key).filter((at) => at >= SHORTEST_MISSPELT_STEM && at <= most);
  const stems = starts.flatMap((at) => misspellings(key.slice(0, at), SHORTEST_MISSPELT_STEM));
  return [...words, ...stems.map((spelling) => lexicon.misspeltStems.get(spelling))];
}

function cuts(key: string): number[] {
  return Array.from({ length: Math.max(0, key.length - SHORTEST_STEM + 1) }, (_, index) => index + SHORTEST_STEM);
}

/** What a word of a script may mean. */
function collect(sets: readonly Meanings[], script: string): ReadonlySet<Idea> {
  const ideas = new Set<Idea>();
  for (const set of sets)
    for (const meaning of set ?? [])
      if (script === LATIN || meaning.script === LATIN || meaning.script === script || meaning.foreign) ideas.add(meaning.idea);
  return ideas.size === 0 ? NOTHING : ideas;
}

/** One object for all entries that mean the same, so that a set holds it once. */
const meanings = new Map<string, Meaning>();

function meaningOf(entry: string, idea: Idea): Meaning {
  const script = scriptOf(entry) ?? LATIN;
  const foreign = (lightKeysOf(entry.replaceAll('*', ''))[0]?.length ?? 0) >= SHORTEST_FOREIGN;
  const name = `${idea} ${script} ${foreign}`;
  const known = meanings.get(name) ?? { idea, script, foreign };
  meanings.set(name, known);
  return known;
}

function buildLexicon(): Lexicon {
  const lexicon: Lexicon = {
    spelt: new Map(),
    words: new Map(),
    sounds: new Map(),
    stems: new Map(),
    endings: new Map(),
    misspeltStems: new Map(),
    talk: new Map(),
    misspelt: new Map(),
  };
  for (const language of Object.values(DANGER_WORDS)) {
    for (const idea of IDEAS)
      for (const entry of (language[idea] ?? '').split(' ')) addEntry(lexicon, entry, meaningOf(entry, idea));
  }
  return lexicon;
}

function addEntry(lexicon: Lexicon, entry: string, meaning: Meaning): void {
  const { idea } = meaning;
  if (entry.startsWith('=') || idea === 'nothing') {
    add(lexicon.spelt, entry.replace('=', '').normalize('NFC'), meaning);
    return;
  }
  const word = entry.replaceAll('*', '');
  if (idea === 'talk') {
    // It makes a cry silent: nothing but the word itself may do that.
    add(lexicon.talk, lightKeysOf(word)[0] ?? '', meaning);
    return;
  }
  for (const spelling of entry.startsWith('*') ? [] : misspellings(word, SHORTEST_MISSPELT))
    add(lexicon.misspelt, spelling, meaning);
  for (const key of lightKeysOf(word)) {
    if (entry.startsWith('*')) add(lexicon.endings, key, meaning);
    else if (entry.endsWith('*') && key.length >= SHORTEST_STEM) add(lexicon.stems, key, meaning);
    if (entry.startsWith('*')) continue;
    add(lexicon.words, key, meaning);
    for (const spelling of misspellings(key, SHORTEST_MISSPELT)) add(lexicon.misspelt, spelling, meaning);
    if (!entry.endsWith('*')) continue;
    for (const spelling of misspellings(key, SHORTEST_MISSPELT_STEM)) add(lexicon.misspeltStems, spelling, meaning);
  }
  if (entry.startsWith('*')) return;
  for (const key of keysOf(word).p) if (key.length >= SHORTEST_SKELETON) add(lexicon.sounds, key, meaning);
}

/** A key and all that it becomes without one letter: two keys that share one of these differ by one letter, or by two swapped. */
function misspellings(key: string, shortest: number): string[] {
  if (key.length < shortest) return [];
  return [key, ...Array.from(key, (_, at) => key.slice(0, at) + key.slice(at + 1))];
}

function add(map: Map<string, Set<Meaning>>, key: string, meaning: Meaning): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([meaning]));
  else known.add(meaning);
}
