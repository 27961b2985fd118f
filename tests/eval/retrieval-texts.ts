/**
 * What is searched and what is asked: native texts, and a few consecutive words of one in the Latin letters that people use. From
 * whole sentences where the folder has them, else made of the attested spellings of single words, which says less of real text.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linearRandom } from './random.ts';
import type { Asked } from './retrieval-metrics.ts';

export interface SearchTask {
  language: string;
  texts: { id: string; text: string }[];
  asked: Asked[];
}

export interface SearchTasks {
  tasks: SearchTask[];
  /** `sentences`: people wrote them. `words`: put together from pairs of words. */
  from: 'sentences' | 'words';
}

interface Sentence {
  native: string;
  latin: string[];
}

const MOST_TEXTS = 5_000;
const QUESTIONS = 300;
const ASKED_WORDS = { sentences: 5, words: 3 } as const;
const SENTENCE_WORDS = 12;
const SEED = 7;

/** Reads `<folder>/sentences/<language>.tsv` (native, Latin), or else `<folder>/romanisation/<language>.tsv` (native, Latin, count). */
export async function readSearchTasks(folder: string): Promise<SearchTasks> {
  const sentences = await readTables(join(folder, 'sentences'));
  if (sentences.length > 0) {
    const tasks = sentences.map(({ language, rows }) =>
      taskOf(
        language,
        rows.map(([native = '', latin = '']) => ({ native, latin: wordsOf(latin) })),
        'sentences',
      ),
    );
    return { tasks, from: 'sentences' };
  }
  const words = await readTables(join(folder, 'romanisation'));
  return { tasks: words.map(({ language, rows }) => taskOf(language, sentencesFrom(rows), 'words')), from: 'words' };
}

async function readTables(folder: string): Promise<{ language: string; rows: string[][] }[]> {
  const files = await readdir(folder).catch(() => []);
  const tables = files.filter((file) => file.endsWith('.tsv')).sort();
  return Promise.all(
    tables.map(async (file) => {
      const lines = (await readFile(join(folder, file), 'utf8')).split(/\r?\n/).filter((line) => line !== '');
      return { language: file.slice(0, -'.tsv'.length), rows: lines.map((line) => line.split('\t')) };
    }),
  );
}

/** Words drawn as in real text, where the n-th word comes a n-th as often as the first; each in one of its spellings. */
function sentencesFrom(rows: readonly string[][]): Sentence[] {
  const spellings = new Map<string, string[]>();
  for (const [native = '', latin = ''] of rows) spellings.set(native, [...(spellings.get(native) ?? []), latin]);
  const words = [...spellings.keys()];
  const random = linearRandom(SEED);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  return Array.from({ length: MOST_TEXTS }, () => {
    const chosen = Array.from({ length: SENTENCE_WORDS }, () => words[Math.floor(words.length ** random()) - 1] ?? '');
    return { native: chosen.join(' '), latin: chosen.map((word) => pick(spellings.get(word) ?? []) ?? '') };
  });
}

function taskOf(language: string, sentences: readonly Sentence[], from: SearchTasks['from']): SearchTask {
  const asks = ASKED_WORDS[from];
  const kept = sentences.slice(0, MOST_TEXTS);
  const random = linearRandom(SEED);
  const long = kept.flatMap(({ latin }, index) => (latin.length < asks ? [] : [{ latin, wanted: String(index) }]));
  const step = Math.max(1, Math.floor(long.length / QUESTIONS));
  const asked = long
    .filter((_, index) => index % step === 0)
    .slice(0, QUESTIONS)
    .map(({ latin, wanted }) => {
      const start = Math.floor(random() * (latin.length - asks + 1));
      return { wanted, question: latin.slice(start, start + asks).join(' ') };
    });
  return { language, texts: kept.map(({ native }, index) => ({ id: String(index), text: native })), asked };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
