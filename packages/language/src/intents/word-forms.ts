import { keysOf } from '../folding/keys.ts';
import { romanise } from '../folding/romanise.ts';

/** A word as the classifier compares it. */
export interface Word {
  /** In Latin letters, whatever script it was written in; as it is when it has no letters of a known script. */
  latin: string;
  /** Phonetic keys, the likelier reading first. */
  sounds: readonly string[];
  /** Consonant skeletons, the likelier reading first. */
  skeletons: readonly string[];
  /** Skeletons with voiced and voiceless merged: Tamil and Malayalam write both with one letter. */
  merged: readonly string[];
}

/** Words come again and again, and their keys are the dearest part of reading a text. */
const MOST_REMEMBERED = 5_000;
const remembered = new Map<string, Word>();

/** The forms of one token. */
export function wordOf(token: string): Word {
  const before = remembered.get(token);
  if (before !== undefined) return before;
  const { p, s, v } = keysOf(token);
  const word = { latin: romanise(token) || token, sounds: p, skeletons: s, merged: v };
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(token, word);
  return word;
}
