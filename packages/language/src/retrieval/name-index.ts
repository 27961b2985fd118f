/**
 * Finds names of places in what somebody writes: a whole message that is little else than a name, however it is spelt, or names
 * that stand in an address. A name inside other words must be met by letters or sound; a whole message may be misspelt.
 */
import { keysOf } from '../folding/keys.ts';
import { plainText, readTokens } from '../tokens.ts';
import { ENDINGS, lightInNames, SHORT_FORMS } from './place-words.ts';
import { isStopWord, weightOf } from './stop-words.ts';
import type { Weigh } from './terms.ts';
import { createTextIndex, type IndexedText } from './text-index.ts';

export interface NamedIn {
  /** Names that may be meant, best first; equal ones among them cannot be told apart by the words. */
  found: { id: string; likeness: number }[];
  /** The words are this name and little else. */
  whole: boolean;
  /** The words that name it, as they were written. */
  said: string;
}

export interface NameIndex {
  /** Each place that the words name, in the order of how sure it is; empty when none is. */
  find: (text: string) => NamedIn[];
}

/** Likeness, 0 to 1, from which a whole message is a name, and from which words inside others are one. */
const WHOLE_FROM = 0.73;
const PART_FROM = 0.87;
/** A short word inside others must be met by its letters. */
const SHORT_FROM = 0.96;
const SHORTEST_SOUND = 4;
/** Names less alike than the best by no more than this are as good. */
const NEAR_WITHIN = 0.055;
const LONGEST_NAME = 4;
/** Names of fewer letters are not looked for inside other words. */
const SHORTEST_PART = 4;
/** And of fewer than these none is left of a word when its ending goes. */
const SHORTEST_STEM = 3;
const MOST_WORDS = 24;
const MOST_FOUND = 20;
const MOST_CHARACTERS = 500;
/** Weight of a word that many names share. */
const LIGHT = 0.15;

/** Builds an index over names; several names may have one id. `light`: words that say little here, for example the city's own name. */
export function createNameIndex(names: readonly IndexedText[], light: readonly string[] = []): NameIndex {
  const index = createTextIndex(names, weighing(names, light));
  const bare = withoutEndings(names);
  const near = (words: readonly Word[], least: number): NamedIn['found'] => {
    const hits = index.search(words.map(({ stem }) => stem).join(' '), MOST_FOUND);
    const best = hits[0]?.likeness ?? 0;
    if (best < least) return [];
    return hits.filter(({ likeness }) => likeness >= best - NEAR_WITHIN).map(({ id, likeness }) => ({ id, likeness }));
  };
  return {
    find: (text) => {
      const composed = text.slice(0, MOST_CHARACTERS).normalize('NFC');
      const words = placedWordsOf(composed).map((word) => ({ ...word, stem: bare(word.stem) }));
      const whole = near(words, WHOLE_FROM);
      return whole.length > 0 ? [{ found: whole, whole: true, said: composed.trim() }] : inside(words, { near, composed });
    },
  };
}

/** A word of a name says all, though it may sound like one that says nothing: Khar, and "kar". One that is a whole name always does. */
function weighing(names: readonly IndexedText[], more: readonly string[]): Weigh {
  const own = new Set(names.flatMap(({ text }) => wordsOf(text)));
  const whole = names.map(({ text }) => wordsOf(text)).filter(({ length }) => length === 1);
  const always = new Set(whole.flat().flatMap((word) => keysOf(word).p));
  const light = new Set([...lightInNames(more)].filter((sound) => !always.has(sound)));
  return (word, sound) => {
    if (sound !== undefined && light.has(sound)) return LIGHT;
    return own.has(word) && !isStopWord(word) ? 1 : weightOf(word, sound);
  };
}

/** "शिवडीला" is शिवडी where that is a name's word and the longer one is none. */
function withoutEndings(names: readonly IndexedText[]): (word: string) => string {
  const sounds = new Set(names.flatMap(({ text }) => wordsOf(text)).flatMap((word) => keysOf(word).p));
  const isName = (word: string): boolean => keysOf(word).p.some((key) => sounds.has(key));
  return (word) => {
    const rests = ENDINGS.filter((ending) => word.endsWith(ending)).map((ending) => word.slice(0, -ending.length));
    const fitting = rests.filter((rest) => rest.length >= SHORTEST_STEM);
    return fitting.length === 0 || isName(word) ? word : (fitting.find(isName) ?? word);
  };
}

function wordsOf(text: string): string[] {
  return placedWordsOf(text.slice(0, MOST_CHARACTERS).normalize('NFC')).map(({ stem }) => stem);
}

/** A word as it is compared, and where it stands in the text. */
interface Word {
  stem: string;
  start: number;
  end: number;
}

function placedWordsOf(text: string): Word[] {
  const { plain, starts } = plainText(text);
  return readTokens(plain)
    .filter(({ kind }) => kind === 'word')
    .slice(0, MOST_WORDS)
    .map(({ text: word, start, end }) => ({
      stem: SHORT_FORMS.get(word) ?? word,
      start: starts[start] ?? 0,
      end: starts[end] ?? text.length,
    }));
}

interface Stretch {
  start: number;
  end: number;
  found: NamedIn['found'];
}

interface Looking {
  near: (words: readonly Word[], least: number) => NamedIn['found'];
  composed: string;
}

function inside(words: readonly Word[], { near, composed }: Looking): NamedIn[] {
  const stretches: Stretch[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let end = start + 1; end <= Math.min(words.length, start + LONGEST_NAME); end += 1) {
      const part = words.slice(start, end);
      if (part.reduce((sum, { stem }) => sum + stem.length, 0) < SHORTEST_PART) continue;
      const found = near(part, isShort(part) ? SHORT_FROM : PART_FROM);
      if (found.length > 0) stretches.push({ start, end, found });
    }
  }
  const taken: Stretch[] = [];
  for (const stretch of stretches.sort(bySureness))
    if (taken.every(({ start, end }) => stretch.end <= start || stretch.start >= end)) taken.push(stretch);
  const said = ({ start, end }: Stretch): string => composed.slice(words[start]?.start, words[end - 1]?.end);
  return taken.map((stretch) => ({ found: stretch.found, whole: false, said: said(stretch) }));
}

/** One word of few sounds is many words. */
function isShort([word, ...more]: readonly Word[]): boolean {
  return more.length === 0 && (keysOf(word?.stem ?? '').p[0]?.length ?? 0) < SHORTEST_SOUND;
}

/** Of those met as well the longer name says more: "Vile Parle East" before "Parle". */
function bySureness(a: Stretch, b: Stretch): number {
  return (b.found[0]?.likeness ?? 0) - (a.found[0]?.likeness ?? 0) || b.end - b.start - (a.end - a.start) || a.start - b.start;
}
