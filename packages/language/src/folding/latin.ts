/**
 * What people type in Latin letters is an Indian word or an English one, and nothing tells which: "charge", "table",
 * "naam", "time". So a word is read twice: as an Indian types Indian words, where every letter is spoken, and by the rules
 * of English spelling that matter to a consonant skeleton.
 */
import { type Rule, rewrite } from './rewrite.ts';

/** Latin letters without their marks, in lower case; what is no letter is dropped. */
export function plainLatin(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/[^a-z]/g, '');
}

const indian: readonly Rule[] = [
  [/c(?![hk])/g, 'ch'],
  [/y(?=$|[^aeiouy])/g, 'i'],
  [/x/g, 'ks'],
];

const assamese: readonly Rule[] = [...indian.slice(0, 2), [/x/g, 's']];

const english: readonly Rule[] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 'z'],
  [/sch/g, 'sk'],
  [/ch(?=[rl])/g, 'k'],
  [/ation/g, 'eshan'],
  [/(?<=.)tion/g, 'shan'],
  [/(?<=.)ssion|(?<=.)cion|(?<=.)sion/g, 'shan'],
  [/(?<=.)cial|(?<=.)tial/g, 'shal'],
  [/(?<=.)cious|(?<=.)tious/g, 'shas'],
  [/ture/g, 'char'],
  [/igh/g, 'ai'],
  [/augh|ough/g, 'o'],
  [/tch/g, 'ch'],
  [/dge?(?=$|[eiy])/g, 'j'],
  [/ck/g, 'k'],
  [/qu/g, 'kv'],
  [/x/g, 'ks'],
  [/sc(?=[eiy])/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/c(?!h)/g, 'k'],
  [/g(?=[eiy])/g, 'j'],
  [/(?<=[aeiou])gn(?=$|s$|ed$)/g, 'n'],
  [/mb$/, 'm'],
  [/a(?=bles?$|[bdklmnpstvz]e[sd]?$)/, 'e'],
  [/(?<=[^aeiou])les?$/, 'al'],
  [/(?<=[^aeiou])e([nrl])(?=$|s|ed$)/g, 'a$1'],
  [/(?<=[aeiouy][^aeiou]+)es?$/, ''],
  [/y(?=$|[^aeiouy])/g, 'i'],
];

/** The readings of a Latin word, the Indian one first; one when they agree. */
export function readLatin(word: string): readonly string[] {
  const plain = plainLatin(word);
  const readings = [rewrite(plain, indian), rewrite(plain, english)];
  if (plain.includes('x')) readings.push(rewrite(plain, assamese));
  return [...new Set(readings)].filter((reading) => reading !== '');
}
