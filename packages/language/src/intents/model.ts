import { type Space, spaceOf } from './features.ts';
import { type Vocabulary, vocabularyOf } from './snap.ts';

/** From which score a message is taken to mean an intent, and from which the citizen is asked. */
export interface Thresholds {
  accept: number;
  clarify: number;
}

/** Works well for packs without labelled traffic of their own; scores lie between about -1 and 2. */
export const DEFAULT_THRESHOLDS: Thresholds = { accept: 0.45, clarify: 0 };

/** What training learned; kept as bytes by `serialiseIntents`. */
export interface Learned {
  intents: readonly string[];
  thresholds: Thresholds;
  /** Known buckets in ascending order. */
  buckets: readonly number[];
  /** Words of the phrases as `shapesOf` gives them. */
  words: readonly string[];
  /** One signed byte for each feature and class, feature by feature; the last class is the background. */
  weights: Int8Array;
  /** By class: what one step of a weight is worth, and the constant part of the score. */
  scales: Float32Array;
  biases: Float32Array;
  /** Class of each phrase. */
  classOfPhrase: Uint32Array;
  /** The phrases that hold a feature: entries `starts[feature]` to `starts[feature + 1]`, with shares of 255. */
  starts: Uint32Array;
  phrases: Uint32Array;
  shares: Uint8Array;
}

/** A trained classifier. Plain data: `classifyIntent` reads it, nothing changes it. */
export interface IntentModel extends Learned {
  space: Space;
  vocabulary: Vocabulary;
}

/** Adds to what was learned the tables that are quick to compute again. */
export function assembleModel(learned: Learned): IntentModel {
  return {
    ...learned,
    space: spaceOf(learned.buckets, documentsOf(learned), learned.classOfPhrase.length),
    vocabulary: vocabularyOf(learned.words),
  };
}

/** In how many phrases each feature occurs. */
function documentsOf({ starts, buckets }: Learned): number[] {
  return buckets.map((_, feature) => (starts[feature + 1] ?? 0) - (starts[feature] ?? 0));
}
