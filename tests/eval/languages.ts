/**
 * How often the language of a message in Latin letters is told, by its number of words. Words of a language are drawn from lists that
 * Hazir was not made with; English ones from the bots' phrases. Drawn words are harder than sentences: they lack the small words.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identifyLanguage } from '@hazir/language';
import messages from '../../packages/language/src/identify/testdata/messages.json' with { type: 'json' };
import { type Report, tableOf } from './report.ts';

const LENGTHS = [1, 2, 3, 5, 8];
/** Where a switch may be offered, being sure of the wrong language is the mistake that a citizen sees. */
const OFFERED_FROM = 3;
const DRAWS = 300;

/** One row for each language, and one for our own whole sentences. */
export async function evaluateLanguages(folder: string): Promise<Report> {
  const lists = new Map<string, string[]>([['en', await englishWords(join(folder, 'intents'))]]);
  for (const file of (await readdir(join(folder, 'romanisation'))).sort()) {
    if (file.startsWith('ur.')) continue;
    const lines = (await readFile(join(folder, 'romanisation', file), 'utf8')).split(/\r?\n/).filter((line) => line !== '');
    lists.set(
      file.replace(/\..*$/, ''),
      lines.flatMap((line) => (file.endsWith('.tsv') ? line.split('\t')[1] : line.split(',')[0]) ?? []),
    );
  }
  const rows = [...lists].map(([language, words]) => ({
    language,
    ...Object.fromEntries(LENGTHS.map((length) => [`${length} words`, share(language, words, { length }).toFixed(2)])),
    'sure and wrong': share(language, words, { length: OFFERED_FROM, surelyWrong: true }).toFixed(3),
  }));
  const mean = Object.fromEntries(
    LENGTHS.map((length) => [
      `${length} words`,
      (rows.reduce((sum, row) => sum + Number(property(row, `${length} words`)), 0) / rows.length).toFixed(2),
    ]),
  );
  const found = messages.map(([language, text]) => ({ language, found: identifyLanguage(text ?? '') }));
  const sentences = found.filter((each) => each.found?.language === each.language).length;
  const misled = found.filter((each) => each.found?.sure === true && each.found.language !== each.language).length;
  const times = messages.map(([, text]) => timeOf(text ?? '')).sort((a, b) => a - b);
  const milliseconds = times[Math.floor(times.length / 2)] ?? 0;
  const own = `Own sentences, all scripts: ${sentences} of ${messages.length}, sure of a wrong language ${misled}; ${milliseconds.toFixed(3)} ms each.`;
  const text = `${tableOf([...rows, { language: 'mean', ...mean }])}\n${own}\n`;
  return { text, data: { rows, mean, sentences, of: messages.length, misled, milliseconds } };
}

function property(row: object, name: string): unknown {
  return Object.entries(row).find(([key]) => key === name)?.[1];
}

function timeOf(text: string): number {
  const from = performance.now();
  identifyLanguage(text);
  return performance.now() - from;
}

interface Asked {
  length: number;
  /** Counts texts that are surely taken for another language, instead of those that are told. */
  surelyWrong?: boolean;
}

function share(language: string, words: readonly string[], { length, surelyWrong = false }: Asked): number {
  let counted = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    // Steps that share no factor with the list visit it evenly, the same in every run.
    const text = Array.from({ length }, (_, index) => words[((draw * length + index) * 7_919) % words.length]).join(' ');
    const found = identifyLanguage(text);
    if (surelyWrong ? found?.sure === true && found.language !== language : found?.language === language) counted += 1;
  }
  return counted / DRAWS;
}

async function englishWords(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('_train.csv')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .flatMap((text) => text.split(/\r?\n/).slice(1))
    .flatMap((line) => line.replace(/,[^,]*$/, '').match(/[a-z]+/gi) ?? []);
}
