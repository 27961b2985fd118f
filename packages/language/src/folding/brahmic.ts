/**
 * Reads a word of one of the nine Indian blocks, syllable by syllable: a consonant brings the inherent vowel, a sign
 * replaces it, the virama takes it away, and at the end the vowels that nobody speaks are dropped.
 */
import { ANUSVARA, CONSONANTS, MODIFIERS, NUKTA, SIGNS, VIRAMA, VOWELS, WITH_NUKTA } from './block.ts';
import { SEPARATOR } from './fold.ts';
import { lookup, pairs } from './pairs.ts';
import type { Reading, ScriptTable } from './script-table.ts';

/** The Latin spelling of a word under a script's table and one of its readings. */
export type BrahmicReader = (word: string) => string;

interface Syllable {
  consonant: string;
  vowel: string;
  /** The vowel is the inherent one, written by no sign. */
  inherent: boolean;
}

const unvowelled = /[^aeiou]$/;
const startsWithVowel = /^[aeiou]/;

type Clusters = ReadonlyMap<string, readonly (readonly [string, string])[]>;

interface Reader {
  rules: Rules;
  syllables: Syllable[];
}

interface Rules {
  table: ScriptTable;
  clusters: Clusters;
  letters: ReadonlyMap<string, string>;
  voiced: ReadonlySet<string>;
}

/** Prepares a script's table with one of its readings for use. */
export function brahmicReader(table: ScriptTable, reading: Reading = {}): BrahmicReader {
  const rules: Rules = {
    table,
    clusters: byFirstLetter([...pairs(reading.clusters ?? ''), ...pairs(table.clusters)]),
    letters: new Map([...lookup(table.letters), ...lookup(reading.letters ?? '')]),
    voiced: new Set((reading.voiced ?? table.voiced ?? '').split(' ')),
  };
  return (word) => write(readSyllables(word, rules), rules);
}

function byFirstLetter(clusters: readonly (readonly [string, string])[]): Clusters {
  const found = new Map<string, (readonly [string, string])[]>();
  for (const cluster of clusters) {
    const first = cluster[0].charAt(0);
    found.set(first, [...(found.get(first) ?? []), cluster]);
  }
  return found;
}

function readSyllables(word: string, rules: Rules): Syllable[] {
  const syllables: Syllable[] = [];
  for (let at = 0; at < word.length; ) {
    const cluster = rules.clusters.get(word.charAt(at))?.find(([native]) => word.startsWith(native, at));
    if (cluster !== undefined) {
      addCluster(cluster, { rules, syllables });
      at += cluster[0].length;
    } else at += readLetter(word, at, { rules, syllables });
  }
  return syllables;
}

function addCluster([native, latin]: readonly [string, string], { rules, syllables }: Reader): void {
  if (native.charCodeAt(0) - rules.table.base !== VIRAMA)
    syllables.push(startsWithVowel.test(latin) ? spelt(latin) : consonantal(latin, rules));
  else if (startsWithVowel.test(latin)) setVowel(syllables.at(-1), latin);
  else if (latin !== '') {
    setVowel(syllables.at(-1), '');
    syllables.push(consonantal(latin, rules));
  }
}

/** Adds what stands at a position to the syllables; how many characters it took. */
function readLetter(word: string, at: number, { rules, syllables }: Reader): number {
  const offset = word.charCodeAt(at) - rules.table.base;
  const own = rules.letters.get(word.charAt(at));
  const last = syllables.at(-1);
  const nukta = word.charCodeAt(at + 1) - rules.table.base === NUKTA;
  const consonant = CONSONANTS.get(offset);
  if (nukta && consonant !== undefined) {
    const both = rules.letters.get(word.slice(at, at + 2));
    syllables.push(consonantal(both ?? WITH_NUKTA.get(offset) ?? own ?? consonant, rules));
    return 2;
  }
  const sign = SIGNS.get(offset);
  if (offset === VIRAMA) setVowel(last, '');
  else if (sign !== undefined) setVowel(last, own ?? sign);
  else if (rules.table.finalM === true && offset === ANUSVARA && at === word.length - 1) syllables.push(spelt('m'));
  else if (own !== undefined) syllables.push(consonant === undefined ? spelt(own) : consonantal(own, rules));
  else if (consonant !== undefined) syllables.push(consonantal(consonant, rules));
  else syllables.push(spelt(VOWELS.get(offset) ?? MODIFIERS.get(offset) ?? ''));
  return 1;
}

function consonantal(latin: string, { table }: Rules): Syllable {
  return { consonant: latin, vowel: table.inherent, inherent: true };
}

/** A letter outside the consonants: a vowel stands for itself, a consonant sign has no vowel. */
function spelt(latin: string): Syllable {
  return startsWithVowel.test(latin)
    ? { consonant: '', vowel: latin, inherent: false }
    : { consonant: latin, vowel: '', inherent: false };
}

function setVowel(syllable: Syllable | undefined, vowel: string): void {
  if (syllable === undefined) return;
  // A second sign (a length mark, or bad input) is added to the first.
  syllable.vowel = syllable.inherent ? vowel : syllable.vowel + vowel;
  syllable.inherent = false;
}

function write(syllables: Syllable[], rules: Rules): string {
  if (rules.table.silent !== 'nowhere') dropFinal(syllables);
  if (rules.table.silent === 'medial') dropMedial(syllables);
  voice(syllables, rules.voiced);
  let latin = '';
  for (const { consonant, vowel } of syllables)
    latin += (consonant === 'h' && unvowelled.test(latin) ? SEPARATOR : '') + consonant + vowel;
  return latin;
}

function dropFinal(syllables: Syllable[]): void {
  const last = syllables.at(-1);
  if (last?.inherent === true && syllables.length > 1) last.vowel = '';
}

/** Between two spoken vowels an inherent one is silent, seen from the end of the word (Ohala's rule). */
function dropMedial(syllables: Syllable[]): void {
  for (let index = syllables.length - 2; index > 0; index -= 1) {
    const [before, here, after] = syllables.slice(index - 1, index + 2);
    if (before === undefined || here === undefined || after === undefined) return;
    const between = before.vowel !== '' && after.vowel !== '' && after.consonant !== '';
    if (here.inherent && here.consonant !== '' && between) here.vowel = '';
  }
}

const VOICED: Readonly<Record<string, string>> = { k: 'g', t: 'd', th: 'd', p: 'b', ch: 's', s: 's' };
const nasal = /^(?:n|m|ng|ny)$/;

function voice(syllables: Syllable[], voiced: ReadonlySet<string>): void {
  for (let index = 1; index < syllables.length; index += 1) {
    const here = syllables[index];
    const before = syllables[index - 1];
    if (here === undefined || before === undefined || here.vowel === '') continue;
    const open = before.vowel !== '' || nasal.test(before.consonant);
    const other = voiced.has(here.consonant) ? VOICED[here.consonant] : undefined;
    if (open && other !== undefined) here.consonant = before.vowel === '' && other === 's' ? 'j' : other;
  }
}
