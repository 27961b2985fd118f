/**
 * `node tests/eval/train-identify.ts`: trains the table by which the language of words in Latin letters is told, and writes it to
 * packages/language/src/identify/generated. It reads nothing but Hazir's own words: the platform's and the packs' texts, the lists
 * of everyday words and of danger, the manual for English, and `identify-words/`, which were written for it. Native words are
 * spelt as people type them, each time a little differently. The same sources give the same table.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { romanise } from '../../packages/language/src/folding/romanise.ts';
import { EVERYDAY_WORDS } from '../../packages/language/src/identify/everyday-words.ts';
import { LATIN_PLACES, latinFeatures } from '../../packages/language/src/identify/latin-features.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCRIPTS: Readonly<Record<string, string>> = {
  as: 'Bengali',
  bn: 'Bengali',
  en: 'Latin',
  gu: 'Gujarati',
  hi: 'Devanagari',
  kn: 'Kannada',
  ml: 'Malayalam',
  mr: 'Devanagari',
  or: 'Oriya',
  pa: 'Gurmukhi',
  ta: 'Tamil',
  te: 'Telugu',
};
const LANGUAGES = Object.keys(SCRIPTS);
const ROUNDS = 180_000;
const MOST_WORDS = 5;
const RATE = 0.3;
const DECAY = 1e-6;
const LEVELS = 28;
const NOUGHT = 63;

/** 0 <= n < 1, the same in every run. */
let state = 7;
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

interface Words {
  words: string[];
  /** Sums of the weights up to each word. */
  upTo: number[];
}

const sources = LANGUAGES.map(wordsOf);
const weights = LANGUAGES.map(() => new Float32Array(LATIN_PLACES));
const slopes = LANGUAGES.map(() => new Float32Array(LATIN_PLACES).fill(1e-2));
const biases = LANGUAGES.map(() => 0);
for (let round = 0; round < ROUNDS; round += 1) learn(round % LANGUAGES.length);
const path = `${ROOT}packages/language/src/identify/generated/latin-table.ts`;
writeFileSync(path, written());
process.stdout.write(`${path}: ${sources.map(({ words }, at) => `${LANGUAGES[at]} ${words.length}`).join(', ')} words\n`);

function learn(right: number): void {
  const source = sources[right];
  if (source === undefined) return;
  const features = latinFeatures(Array.from({ length: 1 + Math.floor(random() * MOST_WORDS) }, () => typed(drawn(source))));
  const scores = weights.map((own, at) => {
    let score = biases[at] ?? 0;
    for (const [place, weight] of features) score += (own[place] ?? 0) * weight;
    return score;
  });
  const best = Math.max(...scores);
  const mass = scores.reduce((sum, score) => sum + Math.exp(score - best), 0);
  for (const [at, own] of weights.entries()) {
    const error = Math.exp((scores[at] ?? 0) - best) / mass - (at === right ? 1 : 0);
    if (Math.abs(error) < 1e-4) continue;
    biases[at] = (biases[at] ?? 0) - 0.01 * error;
    const slope = slopes[at] ?? new Float32Array();
    for (const [place, weight] of features) {
      const step = error * weight + DECAY * (own[place] ?? 0);
      slope[place] = (slope[place] ?? 0) + step * step;
      own[place] = (own[place] ?? 0) - (RATE * step) / Math.sqrt(slope[place] ?? 1);
    }
  }
}

function drawn({ words, upTo }: Words): string {
  const at = random() * (upTo.at(-1) ?? 0);
  let [low, high] = [0, words.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return words[low] ?? '';
}

/** A word as somebody may type it: long vowels short or long, v or w, breath left out. */
function typed(word: string): string {
  if (/^[a-z]+$/.test(word)) return word;
  const maybe = (share: number, from: RegExp, to: string) => (text: string) => (random() < share ? text.replace(from, to) : text);
  const changes = [
    maybe(0.75, /aa/g, 'a'),
    maybe(0.75, /ee/g, 'i'),
    maybe(0.75, /oo/g, 'u'),
    maybe(0.3, /v/g, 'w'),
    maybe(0.15, /chh/g, 'ch'),
    maybe(0.2, /([kgcjtdpb])h/g, '$1'),
    maybe(0.2, /z/g, 'j'),
    maybe(0.15, /y$/, 'i'),
    maybe(0.25, /([bcdfgklmnprstvy])\1/g, '$1'),
  ];
  return changes.reduce((text, change) => change(text), romanise(word).replace(/ngg/g, 'ng'));
}

function wordsOf(language: string): Words {
  const counts = new Map<string, number>();
  const add = (words: readonly string[], times: number): void => {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + times);
  };
  add(
    textsOf(language)
      .toLowerCase()
      .match(new RegExp(`(?:\\p{Script=${SCRIPTS[language]}}|[\\u200c\\u200d])+`, 'gu')) ?? [],
    1,
  );
  add((EVERYDAY_WORDS[language] ?? '').split(' '), 3);
  const own = `${ROOT}tests/eval/identify-words/${language}.txt`;
  if (existsSync(own))
    add(
      readFileSync(own, 'utf8')
        .split(/\s+/)
        .filter((word) => word !== ''),
      2,
    );
  let sum = 0;
  return { words: [...counts.keys()], upTo: [...counts.values()].map((count) => (sum += 1 + Math.log(count))) };
}

function textsOf(language: string): string {
  const packs = readdirSync(`${ROOT}packs`).flatMap((pack) =>
    ['texts', 'phrases', 'knowledge'].map((folder) => `packs/${pack}/${folder}/${language}.yaml`),
  );
  const platform = ['flow/src/locales', 'flow/src/danger/texts', 'language/src/danger/words'];
  const code = language === 'en' ? [] : platform.map((folder) => `packages/${folder}/${language}.ts`);
  const texts = [...packs, ...code].filter((path) => existsSync(ROOT + path)).map((path) => readFileSync(ROOT + path, 'utf8'));
  return language === 'en' ? [...texts, manual()].join('\n') : texts.join('\n');
}

function manual(): string {
  const folder = `${ROOT}docs/how-to/`;
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort();
  return pages.map((name) => readFileSync(folder + name, 'utf8').replace(/```[\s\S]*?```|`[^`]*`/g, '')).join('\n');
}

/** The table as a module: each weight one character, in steps of its language. */
function written(): string {
  const steps = weights.map((own) => Math.max(...own.map(Math.abs)) / LEVELS);
  const characters = weights.flatMap((own, at) =>
    Array.from(own, (weight) => String.fromCharCode(NOUGHT + Math.round(weight / (steps[at] ?? 1)))),
  );
  const rounded = (values: readonly number[]): string => values.map((value) => value.toPrecision(5)).join(', ');
  return `/** Made by tests/eval/train-identify.ts; not written by hand. */
export const LATIN_TABLE: { languages: readonly string[]; steps: readonly number[]; biases: readonly number[]; weights: string } = {
  languages: [${LANGUAGES.map((language) => `'${language}'`).join(', ')}],
  steps: [${rounded(steps)}],
  biases: [${rounded(biases)}],
  // biome-ignore format: one long line
  weights: ${JSON.stringify(characters.join(''))},
};
`;
}
