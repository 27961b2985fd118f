/** What free text means to a pack: one classifier for each version, trained from its phrases when first asked. */
import type { CompiledPack, StepContext, Understanding } from '@hazir/flow';
import { type Classification, classifyIntent, DEFAULT_THRESHOLDS, type IntentModel, trainIntents } from '@hazir/language';

/** A flow whose score lies further below the best one is not offered. */
const OFFERED_WITHIN = 0.5;
/** A flow without a title cannot be asked about: from this score on it is opened when no other is near. */
const OPENED_UNASKED = DEFAULT_THRESHOLDS.accept / 2;
const letters = /\p{L}/u;

/** A decision with its reasons; the intents of its candidates are flows. */
export interface Explanation extends Classification {
  /** Undefined: the message is treated as not understood. */
  understanding: Understanding | undefined;
}

const models = new WeakMap<CompiledPack, IntentModel>();

/** What a message opens or offers in a pack, for the engine. */
export const understand: NonNullable<StepContext['understand']> = (text, { pack }) => {
  if (!letters.test(text)) return undefined;
  const { outcome, candidates, understanding } = explain(text, pack);
  return { outcome, candidates, ...(understanding && { meaning: understanding }) };
};

/** The same with scores and words, for people. A message without a letter means no flow. */
export function explain(text: string, pack: CompiledPack): Explanation {
  const decision = classifyIntent(modelOf(pack), text);
  return { ...decision, understanding: letters.test(text) ? understandingOf(decision, pack) : undefined };
}

function understandingOf({ outcome, candidates }: Classification, pack: CompiledPack): Understanding | undefined {
  const [best] = candidates;
  if (best === undefined || outcome === 'fallback') return undefined;
  if (outcome === 'accept') return { flow: best.intent };
  const near = candidates.filter(({ score }) => score >= best.score - OFFERED_WITHIN).map(({ intent }) => intent);
  const offer = near.filter((flow) => pack.flows.get(flow)?.title !== undefined);
  if (offer.length > 0) return { offer };
  return near.length === 1 && best.score >= OPENED_UNASKED ? { flow: best.intent } : undefined;
}

function modelOf(pack: CompiledPack): IntentModel {
  const known = models.get(pack);
  if (known !== undefined) return known;
  const model = trainIntents(
    [...pack.phrasesByFlow].flatMap(([flow, byLanguage]) =>
      Object.values(byLanguage).flatMap((phrases) => phrases.map((text) => ({ intent: flow, text }))),
    ),
  );
  models.set(pack, model);
  return model;
}
