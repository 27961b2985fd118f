/** What the index sees of a text: its words, each with the keys by which another spelling or script finds it. */
import { keysOf } from '../folding/keys.ts';
import { plainText, readTokens } from '../tokens.ts';
import { weightOf } from './stop-words.ts';

/** Bounds of one text, so that a hostile message costs no more than a long one. */
const MOST_CHARACTERS = 1_000;
const MOST_WORDS = 80;
const GRAM = 4;

export interface Term {
  word: string;
  /** Skeletons of consonants, one for each reading. */
  skeletons: readonly string[];
  /** Sound keys, one for each reading. */
  sounds: readonly string[];
  /** Groups of four letters of the likeliest sound key, for spelling errors and for endings. */
  grams: readonly string[];
  /** 1, or less for a word that only holds a question together. */
  weight: number;
}

/** How much a word says, 0 to 1, by its letters and its likeliest sound. */
export type Weigh = (word: string, sound: string | undefined) => number;

/** The words of a text in order; a number is a word that sounds like nothing. `weigh`: how much a word says, 0 to 1. */
export function termsOf(text: string, weigh: Weigh = weightOf): Term[] {
  const { plain } = plainText(text.slice(0, MOST_CHARACTERS).normalize('NFC'));
  return readTokens(plain)
    .filter(({ kind }) => kind !== 'sign')
    .slice(0, MOST_WORDS)
    .map(({ kind, text: word }) => (kind === 'digits' ? numberTerm(word) : wordTerm(word, weigh)));
}

function numberTerm(word: string): Term {
  return { word, sounds: [], skeletons: [], grams: [], weight: 1 };
}

/** A word with its sounds and skeletons: what is dear to find out again. */
export type PackedTerm = readonly [word: string, sounds: readonly string[], skeletons: readonly string[]];

export function packTerm({ word, sounds, skeletons }: Term): PackedTerm {
  return [word, sounds, skeletons];
}

export function unpackTerm([word, sounds, skeletons]: PackedTerm): Term {
  const [sound] = sounds;
  if (sound === undefined && skeletons.length === 0 && isNumber.test(word)) return numberTerm(word);
  return { word, sounds, skeletons, grams: gramsOf(sound ?? word), weight: weightOf(word, sound) };
}

const isNumber = /^\p{N}/u;

function wordTerm(word: string, weigh: Weigh): Term {
  const { p: sounds, s: skeletons } = keysOf(word);
  return { word, sounds, skeletons, grams: gramsOf(sounds[0] ?? word), weight: weigh(word, sounds[0]) };
}

function gramsOf(key: string): string[] {
  const framed = `#${key}#`;
  if (framed.length <= GRAM) return [framed];
  return [...new Set(Array.from({ length: framed.length - GRAM + 1 }, (_, at) => framed.slice(at, at + GRAM)))];
}
