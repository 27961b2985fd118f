/**
 * From a Latin spelling to keys. The three keys are steps of one road, each losing more: P keeps the i-vowels, S is the
 * skeleton of consonants, V merges voiced and voiceless.
 */
import { type Rule, rewrite } from './rewrite.ts';

/** Keeps a spoken h apart from the consonant before it (तह: t'h), which without it would be an aspirate (थ: th). */
export const SEPARATOR = "'";

/** Which letters are one sound to people who type: one letter for each sound, C for ch. */
const sounds: readonly Rule[] = [
  [/t?c*ch+/g, 'C'],
  [/ck|[cq]/g, 'k'],
  [/ks+h/g, 'ks'],
  [/ph|f/g, 'p'],
  [/zh/g, 'l'],
  [/z/g, 'j'],
  [/sh/g, 's'],
  [/([kgtdpbj])h/g, '$1'],
  [/'/g, ''],
  [/(?<=[aeiou])h$/, ''],
  [/x/g, 's'],
  [/[vw]/g, 'b'],
  [/ee/g, 'i'],
  [/oo/g, 'u'],
  [/(.)\1+/g, '$1'],
  [/m(?=[pb])/g, 'n'],
  [/ngk/g, 'nk'],
];

const phonetic: readonly Rule[] = [
  [/(?<=.)[aouy]+/g, ''],
  [/^[ao]+/, 'a'],
  [/e/g, 'i'],
  [/(.)\1+/g, '$1'],
];

const skeleton: readonly Rule[] = [
  [/^[aeiouy]+/, 'A'],
  [/[aeiouy]/g, ''],
  [/ng/g, 'n'],
  [/(.)\1+/g, '$1'],
];

const voicing: readonly Rule[] = [
  [/g/g, 'k'],
  [/d/g, 't'],
  [/b/g, 'p'],
  [/[Cj]/g, 's'],
  [/(.)\1+/g, '$1'],
];

/** The three keys of one Latin reading. */
export function fold(reading: string): { p: string; s: string; v: string } {
  const sound = heard(reading);
  const s = rewrite(sound, skeleton);
  return { p: rewrite(sound, phonetic), s, v: rewrite(s, voicing) };
}

/** A Latin reading with one letter for each sound, its vowels kept: where the road begins. */
export function heard(reading: string): string {
  return rewrite(reading, sounds);
}
