import { shapesOf } from '../tokens.ts';
import { BACKGROUND } from './background.ts';
import { type Counts, countsOf, learnSpace, type SparseVector, vectorOf } from './features.ts';
import { assembleModel, DEFAULT_THRESHOLDS, type IntentModel, type Thresholds } from './model.ts';
import { seededRandom } from './random.ts';
import { type Rows, type Separator, separate } from './separate.ts';
import { wordOf } from './word-forms.ts';

/** What somebody may write for an intent, in any language and script. */
export interface IntentPhrase {
  intent: string;
  text: string;
}

export interface TrainOptions {
  thresholds?: Thresholds;
  /** The same seed and phrases give the same model, byte for byte. 1 when absent. */
  seed?: number;
  /** Lines about topics that are never answered: they are background like small talk. */
  neverAnswer?: readonly string[];
}

interface Example {
  /** Index of the intent; as many as there are intents for the background. */
  class: number;
  tokens: string[];
  counts: Counts;
}

/** Trains a classifier on the phrases of all intents; about 0.2 s for 600 phrases. Phrases without a word are left out. */
export function trainIntents(phrases: readonly IntentPhrase[], options: TrainOptions = {}): IntentModel {
  const intents = [...new Set(phrases.map(({ intent }) => intent))];
  const classes = new Map(intents.map((intent, index) => [intent, index]));
  const own = phrases.flatMap(({ intent, text }) => exampleOf(text, classes.get(intent) ?? 0));
  const background = [...linesNotIn(phrases), ...(options.neverAnswer ?? [])];
  const examples = [...own, ...background.flatMap((line) => exampleOf(line, intents.length))];
  const { buckets, ...space } = learnSpace(examples.map(({ counts }) => counts));
  const vectors = examples.map(({ counts }) => vectorOf(counts, space));
  const separators = separateAll(examples, vectors, {
    classes: intents.length + 1,
    width: buckets.length,
    seed: options.seed ?? 1,
  });
  return assembleModel({
    intents,
    thresholds: options.thresholds ?? DEFAULT_THRESHOLDS,
    buckets,
    words: [...new Set(own.flatMap(({ tokens }) => tokens))],
    ...inBytes(separators, buckets.length),
    classOfPhrase: Uint32Array.from(examples, (example) => example.class),
    ...postingsOf(vectors, buckets.length),
  });
}

function exampleOf(text: string, index: number): Example[] {
  const tokens = shapesOf(text);
  return tokens.length === 0 ? [] : [{ class: index, tokens, counts: countsOf(tokens.map(wordOf)) }];
}

/** The background lines, without the kinds that the phrases answer themselves. */
function linesNotIn(phrases: readonly IntentPhrase[]): string[] {
  const folded = (text: string) => shapesOf(text).join(' ');
  const answered = new Set(phrases.map(({ text }) => folded(text)));
  return Object.values(BACKGROUND).flatMap((lines) => (lines.some((line) => answered.has(folded(line))) ? [] : lines));
}

function separateAll(
  examples: readonly Example[],
  vectors: readonly SparseVector[],
  { classes, width, seed }: { classes: number; width: number; seed: number },
): Separator[] {
  const rows = rowsOf(vectors);
  return Array.from({ length: classes }, (_, index) =>
    separate(
      rows,
      examples.map((example) => example.class === index),
      { width, random: seededRandom(seed + index), cost: 1, passes: 12, tolerance: 0.05 },
    ),
  );
}

function rowsOf(vectors: readonly SparseVector[]): Rows {
  const starts = new Uint32Array(vectors.length + 1);
  for (const [index, { features }] of vectors.entries()) starts[index + 1] = (starts[index] ?? 0) + features.length;
  return {
    starts,
    features: Uint32Array.from(vectors.flatMap(({ features }) => features)),
    values: Float32Array.from(vectors.flatMap(({ values }) => values)),
    squares: Float64Array.from(vectors, ({ values }) => values.reduce((sum, value) => sum + value * value, 1)),
  };
}

/** Rounds the weights of every class to 127 steps either way. */
function inBytes(
  separators: readonly Separator[],
  width: number,
): { weights: Int8Array; scales: Float32Array; biases: Float32Array } {
  const scales = Float32Array.from(
    separators,
    ({ weights }) => weights.reduce((most, one) => Math.max(most, Math.abs(one)), 0) / 127,
  );
  const weights = new Int8Array(width * separators.length);
  for (const [index, separator] of separators.entries()) {
    const scale = scales[index] || 1;
    for (let feature = 0; feature < width; feature += 1) {
      weights[feature * separators.length + index] = Math.round((separator.weights[feature] ?? 0) / scale);
    }
  }
  return { weights, scales, biases: Float32Array.from(separators, ({ bias }) => bias) };
}

/** The phrases by feature, each phrase brought to length 1. */
function postingsOf(
  vectors: readonly SparseVector[],
  width: number,
): { starts: Uint32Array; phrases: Uint32Array; shares: Uint8Array } {
  const starts = new Uint32Array(width + 1);
  for (const { features } of vectors) for (const feature of features) starts[feature + 1] = (starts[feature + 1] ?? 0) + 1;
  for (let feature = 0; feature < width; feature += 1) starts[feature + 1] = (starts[feature + 1] ?? 0) + (starts[feature] ?? 0);
  const next = starts.slice();
  const phrases = new Uint32Array(starts[width] ?? 0);
  const shares = new Uint8Array(phrases.length);
  for (const [phrase, { features, values, length }] of vectors.entries()) {
    for (const [index, feature] of features.entries()) {
      const at = next[feature] ?? 0;
      next[feature] = at + 1;
      phrases[at] = phrase;
      shares[at] = Math.round((255 * (values[index] ?? 0)) / length);
    }
  }
  return { starts, phrases, shares };
}
