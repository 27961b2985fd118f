import type { Script } from '../scripts.ts';

/**
 * How one Indian script is written in Latin letters: what differs from the layout that all nine blocks share. Clusters and
 * letters are texts of pairs with spaces between (ज्ञ gy ऋ ri), a dash for nothing, because many letters cannot stand alone.
 */
export interface ScriptTable {
  script: Script;
  /** First code point of its Unicode block; the block follows ISCII, so one offset is one letter in all of them. */
  base: number;
  /** The vowel of a consonant that carries no sign. */
  inherent: 'a' | 'o';
  /** Where that vowel is not spoken: nowhere, at the end of a word, or also between two syllables (बोलना: bolna). */
  silent: 'nowhere' | 'final' | 'medial';
  /** Sequences with a sound of their own, longest first; they take the next sign, as a consonant does. One that begins with the virama changes the letter before it. */
  clusters: string;
  /** Letters whose sound differs from the shared layout's. */
  letters: string;
  /** The nasal sign at the end of a word is m (కేంద్రం: kendram), elsewhere n. */
  finalM?: boolean;
  /** Stops (in Latin) that are spoken voiced when they stand alone after a vowel or nasal, as in Tamil and Malayalam. */
  voiced?: string;
  /**
   * Further ways to read a word, each over the first: other people's spelling of the same letter (ड़ is r or d), the other
   * language of the script, or voiced stops where the script does not write them.
   */
  readings: readonly Reading[];
}

export interface Reading {
  clusters?: string;
  letters?: string;
  voiced?: string;
}
