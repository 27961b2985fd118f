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
    ...Object.fromEntries(LENGTHS.map((length) => [`${length} words`, told(language, words, length).toFixed(2)])),
  }));
  const mean = Object.fromEntries(
    LENGTHS.map((length) => [
      `${length} words`,
      (rows.reduce((sum, row) => sum + Number(property(row, `${length} words`)), 0) / rows.length).toFixed(2),
    ]),
  );
  const sentences = messages.filter(([language, text]) => identifyLanguage(text ?? '')?.language === language).length;
  const text = `${tableOf([...rows, { language: 'mean', ...mean }])}\nOwn sentences, all scripts: ${sentences} of ${messages.length}.\n`;
  return { text, data: { rows, mean, sentences, of: messages.length } };
}

function property(row: object, name: string): unknown {
  return Object.entries(row).find(([key]) => key === name)?.[1];
}

function told(language: string, words: readonly string[], length: number): number {
  let right = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    // Steps that share no factor with the list visit it evenly, the same in every run.
    const text = Array.from({ length }, (_, index) => words[((draw * length + index) * 7_919) % words.length]).join(' ');
    if (identifyLanguage(text)?.language === language) right += 1;
  }
  return right / DRAWS;
}

async function englishWords(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('_train.csv')).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts
    .flatMap((text) => text.split(/\r?\n/).slice(1))
    .flatMap((line) => line.replace(/,[^,]*$/, '').match(/[a-z]+/gi) ?? []);
}
