import { shapesOf } from '../tokens.ts';
import { countsOf, type SparseVector, vectorOf } from './features.ts';
import type { IntentModel, Thresholds } from './model.ts';
import { snap } from './snap.ts';
import { wordOf } from './word-forms.ts';

/** How strongly a message that looks like small talk is held back. */
const BACKGROUND_SHARE = 0.25;
const MOST_CANDIDATES = 3;

export interface Candidate {
  intent: string;
  /** Comparable between messages of one model; about -1 to 2, not a probability. */
  score: number;
}

/** What a message was taken to mean. */
export interface Classification {
  /** `accept`: act on the first candidate. `clarify`: offer the candidates. `fallback`: it is none of them. */
  outcome: 'accept' | 'clarify' | 'fallback';
  /** At most three, best first. */
  candidates: Candidate[];
  /** How much it looks like small talk; above 0 it lowers every candidate. */
  background: number;
  /** The words that were compared, in Latin letters, native words as the training phrases spell them. */
  words: string[];
}

/** Tells which intent a text means. Takes any text; `thresholds` replace the model's own. */
export function classifyIntent(model: IntentModel, text: string, thresholds: Thresholds = model.thresholds): Classification {
  const words = shapesOf(text).map((token) => snap(token, wordOf(token), model.vocabulary));
  if (words.length === 0 || model.intents.length === 0) {
    return { outcome: 'fallback', candidates: [], background: 0, words: words.map(({ latin }) => latin) };
  }
  const vector = vectorOf(countsOf(words), model.space);
  const scores = marginsOf(model, vector);
  for (const [index, cosine] of nearestOf(model, vector).entries()) scores[index] = (scores[index] ?? 0) + cosine;
  const background = scores[model.intents.length] ?? 0;
  const held = BACKGROUND_SHARE * Math.max(0, background);
  const candidates = bestOf(model.intents.map((intent, index) => ({ intent, score: (scores[index] ?? 0) - held })));
  return { outcome: outcomeOf(candidates, thresholds), candidates, background, words: words.map(({ latin }) => latin) };
}

function outcomeOf(candidates: readonly Candidate[], { accept, clarify }: Thresholds): Classification['outcome'] {
  const best = candidates[0]?.score ?? Number.NEGATIVE_INFINITY;
  if (best >= accept) return 'accept';
  return best >= clarify ? 'clarify' : 'fallback';
}

/** Distance from each class's separator, the background last. */
function marginsOf({ weights, scales, biases }: IntentModel, { features, values }: SparseVector): Float64Array {
  const classes = biases.length;
  const sums = new Float64Array(classes);
  for (let at = 0; at < features.length; at += 1) {
    const row = (features[at] ?? 0) * classes;
    const value = values[at] ?? 0;
    for (let index = 0; index < classes; index += 1) sums[index] = (sums[index] ?? 0) + value * (weights[row + index] ?? 0);
  }
  return sums.map((sum, index) => sum * (scales[index] ?? 0) + (biases[index] ?? 0));
}

/** The likeness to the nearest phrase of each class, 0 to 1. */
function nearestOf(model: IntentModel, { features, values, length }: SparseVector): Float64Array {
  const { starts, phrases, shares, classOfPhrase } = model;
  const likeness = new Float64Array(classOfPhrase.length);
  for (let index = 0; index < features.length; index += 1) {
    const feature = features[index] ?? 0;
    const value = (values[index] ?? 0) / 255;
    const end = starts[feature + 1] ?? 0;
    for (let at = starts[feature] ?? 0; at < end; at += 1) {
      const phrase = phrases[at] ?? 0;
      likeness[phrase] = (likeness[phrase] ?? 0) + value * (shares[at] ?? 0);
    }
  }
  const nearest = new Float64Array(model.biases.length);
  for (let phrase = 0; phrase < likeness.length; phrase += 1) {
    const index = classOfPhrase[phrase] ?? 0;
    nearest[index] = Math.max(nearest[index] ?? 0, (likeness[phrase] ?? 0) / (length || 1));
  }
  return nearest;
}

function bestOf(candidates: Candidate[]): Candidate[] {
  return candidates.sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
}
