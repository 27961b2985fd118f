/**
 * Search across scripts: Hazir's index beside the search engine that a bot would otherwise take from npm, as it comes and with
 * Hazir's keys. A text is native, the question is written in Latin letters.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTextIndex, keysOf } from '@hazir/language';
import MiniSearch from 'minisearch';
import { type Report, tableOf } from './report.ts';
import { measureSearch } from './retrieval-metrics.ts';
import { readSearchTasks, type SearchTask } from './retrieval-texts.ts';

type Texts = SearchTask['texts'];
type Search = (question: string) => string[];

const ENGINES: readonly { name: string; build: (texts: Texts) => Search }[] = [
  { name: 'Hazir', build: buildHazir },
  { name: 'minisearch', build: (texts) => buildMiniSearch(texts) },
  { name: 'minisearch with the keys', build: (texts) => buildMiniSearch(texts, keysAlone) },
];
const MOST = 5;
const MEGABYTE = 1_048_576;

interface Figures {
  language: string;
  engine: string;
  first: number;
  amongFive: number;
  queryMs: number;
  buildMs: number;
  megabytes: number;
}

/** Measures every language that the folder has, with each engine. */
export async function evaluateRetrieval(folder: string): Promise<Report> {
  const { tasks, from } = await readSearchTasks(folder);
  const data = tasks.flatMap((task) => ENGINES.map((engine) => measure(task, engine)));
  const note =
    from === 'sentences'
      ? 'Texts and questions: sentences as people wrote them, natively and in Latin letters.'
      : 'Texts are put together from attested words, a few of them frequent, and three are asked for: the folder has no "sentences". Real text differs.';
  return { text: `${tableOf(ENGINES.flatMap(({ name }) => rowsOf(name, data)))}\n${note}\n`, data: { from, figures: data } };
}

function measure({ language, texts, asked }: SearchTask, { name, build }: (typeof ENGINES)[number]): Figures {
  const before = heap();
  const start = performance.now();
  const search = build(texts);
  const built = performance.now();
  const megabytes = (heap() - before) / MEGABYTE;
  const asking = performance.now();
  const { first, amongFive } = measureSearch(asked, search);
  const queryMs = (performance.now() - asking) / Math.max(1, asked.length);
  return { language, engine: name, first, amongFive, queryMs, buildMs: built - start, megabytes };
}

function rowsOf(engine: string, data: readonly Figures[]): Record<string, string>[] {
  const own = data.filter((each) => each.engine === engine);
  const mean = (of: (figures: Figures) => number): number =>
    own.reduce((sum, each) => sum + of(each), 0) / Math.max(1, own.length);
  const places = (title: string, of: (figures: Figures) => number): Record<string, string> => ({
    engine: `${engine}, ${title}`,
    ...Object.fromEntries(own.map((each) => [each.language, of(each).toFixed(2)])),
    mean: mean(of).toFixed(2),
  });
  const costs = {
    'ms a question': mean(({ queryMs }) => queryMs).toFixed(2),
    'build ms': mean(({ buildMs }) => buildMs).toFixed(0),
  };
  return [
    { ...places('R@1', ({ first }) => first), ...costs, MB: mean(({ megabytes }) => megabytes).toFixed(0) },
    places('R@5', ({ amongFive }) => amongFive),
  ];
}

function buildHazir(texts: Texts): Search {
  const index = createTextIndex(texts);
  return (question) => index.search(question, MOST).map(({ id }) => id);
}

/** Its usual settings for what people type: prefixes, and a fifth of the letters may be wrong; with keys neither is needed. */
function buildMiniSearch(texts: Texts, processTerm?: (word: string) => string[]): Search {
  const searchOptions = processTerm === undefined ? { prefix: true, fuzzy: 0.2 } : {};
  const engine = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    searchOptions,
    ...(processTerm && { processTerm }),
  });
  engine.addAll(texts);
  return (question) =>
    engine
      .search(question)
      .slice(0, MOST)
      .map(({ id }) => String(id));
}

function keysAlone(word: string): string[] {
  const { p, s } = keysOf(word.toLowerCase());
  return [...p.map((key) => `p${key}`), ...s.map((key) => `s${key}`)];
}

/** Bytes in use after everything that is not needed has been thrown away. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
