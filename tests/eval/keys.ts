/**
 * The phonetic keys measured on native words and what people make of them in Latin letters, beside what npm offers: a
 * transliteration alone, and one with an English phonetic key on top.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keysOf, type WordKeys } from '@hazir/language';
import anyAscii from 'any-ascii';
import { doubleMetaphone } from 'double-metaphone';
import { measureKeys, type Scheme, type WordPair } from './key-metrics.ts';
import { type Report, tableOf } from './report.ts';

/** Measures every language found in `<folder>/romanisation`: tsv (native, latin, count) or csv (latin, native). */
export async function evaluateKeys(folder: string): Promise<Report> {
  const files = (await readdir(join(folder, 'romanisation'))).filter((file) => /\.(?:tsv|csv)$/.test(file)).sort();
  const rows: Record<string, string>[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, 'romanisation', file), 'utf8');
    rows.push(rowOf(file.replace(/\..*$/, ''), file.endsWith('.tsv') ? readTsv(text) : readCsv(text)));
  }
  return { text: `${tableOf(rows)}\nIn brackets: native words of the list that a spelling meets, on average.\n`, data: rows };
}

function rowOf(language: string, pairs: readonly WordPair[]): Record<string, string> {
  const words = [...new Set(pairs.flatMap(({ native, latin }) => [native, latin]))];
  const from = performance.now();
  const keys = new Map(words.map((word) => [word, keysOf(word)]));
  const microseconds = ((performance.now() - from) * 1_000) / Math.max(1, words.length);
  const own =
    (kind: keyof WordKeys): Scheme =>
    (word) =>
      keys.get(word)?.[kind] ?? [];
  return {
    language,
    pairs: String(pairs.length),
    P: cell(pairs, own('p')),
    S: cell(pairs, own('s')),
    'S without voice': cell(pairs, own('v')),
    'any-ascii': cell(pairs, (word) => [ascii(word)]),
    'with double-metaphone': cell(pairs, (word) => doubleMetaphone(ascii(word))),
    'µs a word': microseconds.toFixed(0),
  };
}

function cell(pairs: readonly WordPair[], scheme: Scheme): string {
  const { matched, sharing } = measureKeys(pairs, scheme);
  return `${(100 * matched).toFixed(1)} [${sharing.toFixed(1)}]`;
}

function ascii(word: string): string {
  return anyAscii(word).toLowerCase();
}

function readTsv(text: string): WordPair[] {
  return linesOf(text).map((line) => {
    const [native = '', latin = '', count = ''] = line.split('\t');
    return { native, latin, count: Number(count) || 1 };
  });
}

function readCsv(text: string): WordPair[] {
  return linesOf(text).map((line) => {
    const [latin = '', native = ''] = line.split(',');
    return { native, latin, count: 1 };
  });
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== '');
}
