/**
 * The door to the scripts: cuts a word into runs of one script and reads each by its own table. A word has a few readings
 * (an ambiguous letter, English or Indian spelling); the readings of a mixed word go side by side, not in all combinations.
 */
import { SCRIPT_RANGES, type Script } from '../scripts.ts';
import { type BrahmicReader, brahmicReader } from './brahmic.ts';
import { SEPARATOR } from './fold.ts';
import { plainLatin, readLatin } from './latin.ts';
import type { ScriptTable } from './script-table.ts';
import { BENGALI } from './scripts/bengali.ts';
import { DEVANAGARI } from './scripts/devanagari.ts';
import { GUJARATI } from './scripts/gujarati.ts';
import { GURMUKHI } from './scripts/gurmukhi.ts';
import { KANNADA } from './scripts/kannada.ts';
import { MALAYALAM } from './scripts/malayalam.ts';
import { ODIA } from './scripts/odia.ts';
import { TAMIL } from './scripts/tamil.ts';
import { TELUGU } from './scripts/telugu.ts';
import { readUrdu, URDU_READINGS } from './urdu.ts';

const TABLES: readonly ScriptTable[] = [DEVANAGARI, BENGALI, GURMUKHI, GUJARATI, ODIA, TAMIL, TELUGU, KANNADA, MALAYALAM];

const readers: ReadonlyMap<Script, readonly BrahmicReader[]> = new Map([
  ...TABLES.map((table): [Script, readonly BrahmicReader[]] => [
    table.script,
    [brahmicReader(table), ...table.readings.map((reading) => brahmicReader(table, reading))],
  ]),
  [
    'Arabic',
    URDU_READINGS.map(
      (reading): BrahmicReader =>
        (word) =>
          readUrdu(word, reading),
    ),
  ],
]);

/** No word is longer; what follows is not read, so that a hostile message costs no more than a long one. */
const LONGEST_WORD = 64;

/** A word of any Indian script in Latin letters, as people type it; Latin letters lose their marks; '' without letters. */
export function romanise(word: string): string {
  return runsOf(word)
    .map(({ script, text }) => (script === 'Latin' ? plainLatin(text) : (readers.get(script)?.[0]?.(text) ?? '')))
    .join('')
    .replaceAll(SEPARATOR, '');
}

/** Every reading of a word in Latin letters, the likeliest first; empty when it has no letters. */
export function readingsOf(word: string): readonly string[] {
  const runs = runsOf(word).map(({ script, text }) =>
    script === 'Latin' ? readLatin(text) : (readers.get(script) ?? []).map((read) => read(text)),
  );
  const most = Math.max(0, ...runs.map(({ length }) => length));
  const readings = Array.from({ length: most }, (_, index) => runs.map((run) => run[index] ?? run[0] ?? '').join(''));
  return [...new Set(readings)].filter((reading) => reading !== '');
}

function runsOf(word: string): { script: Script; text: string }[] {
  const runs: { script: Script; text: string }[] = [];
  for (const character of word.slice(0, LONGEST_WORD).normalize('NFC').toLowerCase()) {
    const script = scriptOfCharacter(character);
    const last = runs.at(-1);
    if (script === undefined) continue;
    if (last?.script === script) last.text += character;
    else runs.push({ script, text: character });
  }
  return runs;
}

function scriptOfCharacter(character: string): Script | undefined {
  const code = character.codePointAt(0) ?? 0;
  return SCRIPT_RANGES.find(({ first, last }) => code >= first && code <= last)?.script;
}
