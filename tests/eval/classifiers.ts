/** The classifiers under evaluation, behind one face: Hazir's own and the npm packages a bot would otherwise be built on. */
import { createRequire } from 'node:module';
import { classifyIntent, serialiseIntents, trainIntents } from '@hazir/language';

export interface Phrase {
  text: string;
  intent: string;
}

type Ranked = readonly { intent: string; score: number }[];

interface Fitted {
  /** Candidates of a text, best first. */
  rank: (text: string) => Promise<Ranked> | Ranked;
  /** Size of the model as it would be stored. */
  bytes: number;
}

export interface Classifier {
  name: string;
  fit: (phrases: readonly Phrase[]) => Promise<Fitted> | Fitted;
}

export const CLASSIFIERS: readonly Classifier[] = [
  { name: 'hazir', fit: fitHazir },
  { name: '@nlpjs/nlu', fit: fitNlpJs },
  { name: 'wink-naive-bayes', fit: fitWink },
];

/** These packages bring no types: what is used of them is written down here. */
interface NlpJsNetwork {
  train: (corpus: readonly { utterance: string; intent: string }[]) => Promise<unknown>;
  process: (text: string) => Promise<{ classifications: { intent: string; score: number }[] }>;
  toJSON: () => unknown;
}
interface NlpJsContainer {
  use: (plugin: unknown) => void;
}
interface WinkBayes {
  definePrepTasks: (tasks: readonly unknown[]) => void;
  defineConfig: (config: { considerOnlyPresence: boolean; smoothingFactor: number }) => void;
  learn: (text: string, label: string) => void;
  consolidate: () => void;
  computeOdds: (text: string) => [string, number][];
  exportJSON: () => string;
}

const require = createRequire(import.meta.url);

function fitHazir(phrases: readonly Phrase[]): Fitted {
  const model = trainIntents(phrases);
  return { rank: (text) => classifyIntent(model, text).candidates, bytes: serialiseIntents(model).length };
}

/** As its documentation sets it up: the neural classifier with the English stemmer. "None" is its word for out of scope. */
async function fitNlpJs(phrases: readonly Phrase[]): Promise<Fitted> {
  const core: { containerBootstrap: () => Promise<NlpJsContainer> } = require('@nlpjs/core');
  const english: { LangEn: unknown } = require('@nlpjs/lang-en-min');
  const nlu: { NluNeural: new (settings: object) => NlpJsNetwork } = require('@nlpjs/nlu');
  const container = await core.containerBootstrap();
  container.use(english.LangEn);
  const network = new nlu.NluNeural({ container, locale: 'en', log: false });
  await network.train(phrases.map(({ text, intent }) => ({ utterance: text, intent })));
  return {
    rank: async (text) => (await network.process(text)).classifications.filter(({ intent }) => intent !== 'None'),
    bytes: JSON.stringify(network.toJSON()).length,
  };
}

/** As its documentation sets it up for intents: stems without stop words, presence only, smoothing .5. */
function fitWink(phrases: readonly Phrase[]): Fitted {
  const create: () => WinkBayes = require('wink-naive-bayes-text-classifier');
  const prepare: unknown = require('wink-naive-bayes-text-classifier/src/prep-text.js');
  const bayes = create();
  bayes.definePrepTasks([prepare]);
  bayes.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
  for (const { text, intent } of phrases) bayes.learn(text, intent);
  bayes.consolidate();
  return {
    rank: (text) => bayes.computeOdds(text).map(([intent, score]) => ({ intent, score })),
    bytes: bayes.exportJSON().length,
  };
}
