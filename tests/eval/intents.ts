/**
 * The intent classifier measured by cross-validation on the training phrases of live bots, beside classifiers from npm run
 * the same way. In each fold a fifth of the intents is held out: its phrases are what the bot was never made for. The
 * threshold for a bot is chosen on the other bots, as a new pack has no labelled traffic of its own.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DEFAULT_THRESHOLDS } from '@hazir/language';
import { CLASSIFIERS, type Classifier, type Phrase } from './classifiers.ts';
import { type Judged, mccAt, measureIntents, outcomesAt, thresholdOf } from './intent-metrics.ts';
import { linearRandom } from './random.ts';
import { type Report, tableOf } from './report.ts';

const FOLDS = 5;
const SEEDS = [1, 2, 3];

interface Bot {
  name: string;
  phrases: Phrase[];
}

interface BotResult {
  bot: string;
  /** Judged messages by fold and seed: scores of one model are comparable with each other. */
  folds: Judged[][];
  fitMs: number;
  classifyMs: number;
  bytes: number;
}

/** Prints one table of all classifiers over all bots found in `<folder>/intents/*_train.csv`. */
export async function evaluateIntents(folder: string): Promise<Report> {
  const bots = await readBots(join(folder, 'intents'));
  const rows: string[][] = [];
  const shipped: Judged[] = [];
  for (const classifier of CLASSIFIERS) {
    const results: BotResult[] = [];
    for (const bot of bots) results.push(await crossValidate(bot, classifier));
    rows.push(...rowsOf(classifier.name, results));
    if (classifier.name === 'hazir') shipped.push(...results.flatMap(({ folds }) => folds.flat()));
  }
  const head = ['classifier', 'bot', 'raw', 'AUROC', 'AUOSC', 'MCC', 'top-3', 'fit ms', 'classify ms', 'KB'];
  const data = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
  return { text: `${tableOf(data)}\n${atShippedThresholds(shipped)}\n`, data };
}

/** What citizens would meet with the thresholds that a new pack has. */
function atShippedThresholds(judged: readonly Judged[]): string {
  const { acceptedRight, acceptedWrong, offeredRight, outsideAccepted, outsideOffered } = outcomesAt(judged, DEFAULT_THRESHOLDS);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `Hazir at accept ${DEFAULT_THRESHOLDS.accept}, clarify ${DEFAULT_THRESHOLDS.clarify}:`,
    `in scope: ${percent(acceptedRight)} acted on rightly, ${percent(acceptedWrong)} wrongly, ${percent(offeredRight)} asked with the right button;`,
    `out of scope: ${percent(outsideAccepted)} acted on, ${percent(outsideOffered)} asked.`,
  ].join('\n');
}

async function readBots(folder: string): Promise<Bot[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('_train.csv')).sort();
  return Promise.all(
    files.map(async (file) => {
      const [, ...rows] = parseCsv(await readFile(join(folder, file), 'utf8'));
      const phrases = rows.map(([text = '', intent = '']) => ({ text, intent }));
      return { name: basename(file, '_train.csv'), phrases };
    }),
  );
}

async function crossValidate(bot: Bot, classifier: Classifier): Promise<BotResult> {
  const result: BotResult = { bot: bot.name, folds: [], fitMs: 0, classifyMs: 0, bytes: 0 };
  let asked = 0;
  for (const seed of SEEDS) {
    const { foldOfIntent, foldOfPhrase } = dealFolds(bot, seed);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const outside = (phrase: Phrase) => foldOfIntent.get(phrase.intent) === fold;
      const training = bot.phrases.filter((phrase, index) => !outside(phrase) && foldOfPhrase[index] !== fold);
      const asking = bot.phrases.filter((phrase, index) => outside(phrase) || foldOfPhrase[index] === fold);
      const start = performance.now();
      const { rank, bytes } = await classifier.fit(training);
      const fitted = performance.now();
      const judged: Judged[] = [];
      for (const phrase of asking) {
        const ranked = await rank(phrase.text);
        judged.push({ wanted: outside(phrase) ? undefined : phrase.intent, ranked });
      }
      result.fitMs += (fitted - start) / (FOLDS * SEEDS.length);
      result.classifyMs += performance.now() - fitted;
      result.bytes = Math.max(result.bytes, bytes);
      result.folds.push(judged);
      asked += asking.length;
    }
  }
  result.classifyMs /= asked;
  return result;
}

/** Deals intents, and the phrases of every intent, to folds in a seeded order. */
function dealFolds({ phrases }: Bot, seed: number): { foldOfIntent: Map<string, number>; foldOfPhrase: number[] } {
  const random = linearRandom(seed);
  const intents = shuffled([...new Set(phrases.map(({ intent }) => intent))], random);
  const foldOfIntent = new Map(intents.map((intent, index) => [intent, index % FOLDS]));
  const foldOfPhrase: number[] = [];
  for (const intent of intents) {
    const own = phrases.flatMap((phrase, index) => (phrase.intent === intent ? [index] : []));
    for (const [place, index] of shuffled(own, random).entries()) foldOfPhrase[index] = place % FOLDS;
  }
  return { foldOfIntent, foldOfPhrase };
}

function rowsOf(name: string, results: readonly BotResult[]): string[][] {
  const rows = results.map((result) => {
    const others = results.filter((other) => other !== result).map(({ folds }) => folds);
    const { raw, auroc, auosc, top3 } = measureIntents(result.folds);
    return [
      raw,
      auroc,
      auosc,
      mccAt(result.folds, thresholdOf(others)),
      top3,
      result.fitMs,
      result.classifyMs,
      result.bytes / 1024,
    ];
  });
  const mean = (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length);
  return [
    ...rows.map((row, index) => [name, results[index]?.bot ?? '', ...row.map(written)]),
    [name, 'mean', ...mean.map(written)],
  ];
}

/** Five shares, then milliseconds and kilobytes. */
function written(value: number, column: number): string {
  return value.toFixed(column < 5 ? 3 : column === 6 ? 3 : 0);
}

/** Rows of a comma-separated file; fields in double quotes may hold commas, line breaks and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
