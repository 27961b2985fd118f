/** What free text means to a pack, by a classifier that was trained from the phrases of all its languages. */
import type { CompiledPack, Understanding } from '@hazir/flow';
import {
  type Classification,
  classifyIntent,
  DEFAULT_THRESHOLDS,
  extractEntities,
  type IntentModel,
  type IntentPhrase,
} from '@hazir/language';

/** A flow whose score lies further below the best one is not offered. */
const OFFERED_WITHIN = 0.5;
const letters = /\p{L}/u;

/** A decision with its reasons; the intents of its candidates are flows. */
export interface Explanation extends Classification {
  /** Undefined: the message is treated as not understood. */
  understanding: Understanding | undefined;
}

/** What the classifier of a pack learns from. */
export function phrasesOf(pack: CompiledPack): IntentPhrase[] {
  return [...pack.phrasesByFlow].flatMap(([flow, byLanguage]) =>
    Object.values(byLanguage).flatMap((phrases) => phrases.map((text) => ({ intent: flow, text }))),
  );
}

/** True when there is a word that could mean something. */
export function hasLetters(text: string): boolean {
  return letters.test(text);
}

/** What a message opens or offers in a pack, with scores and words. A message without a letter means no flow. */
export function explain(text: string, pack: CompiledPack, model: IntentModel): Explanation {
  const { accept = DEFAULT_THRESHOLDS.accept, clarify = DEFAULT_THRESHOLDS.clarify } = pack.understanding;
  const decision = classifyIntent(model, text, { accept, clarify });
  const numbered = numberedFlow(text, pack);
  if (numbered !== undefined) return { ...decision, understanding: { flow: numbered } };
  return { ...decision, understanding: hasLetters(text) ? understandingOf(decision, pack, accept) : undefined };
}

const digit = /\p{Nd}/u;

/** A number of a form that one flow alone asks for ("what became of MUM-4821-9374") says what is wanted, whatever stands around it. */
function numberedFlow(text: string, pack: CompiledPack): string | undefined {
  if (!digit.test(text)) return undefined;
  const references = [...pack.flows.values()].flatMap(({ id, nodes }) =>
    [...nodes.values()].flatMap(({ listens }) => (listens?.form === undefined ? [] : [{ name: id, template: listens.form }])),
  );
  if (references.length === 0) return undefined;
  // No date is looked for, so any day serves.
  const found = extractEntities(text, { today: '2000-01-01', references });
  const flows = new Set(found.flatMap((entity) => (entity.kind === 'reference' ? [entity.name] : [])));
  return flows.size === 1 ? [...flows][0] : undefined;
}

function understandingOf({ outcome, candidates }: Classification, pack: CompiledPack, accept: number): Understanding | undefined {
  const [best] = candidates;
  if (best === undefined || outcome === 'fallback') return undefined;
  if (outcome === 'accept') return { flow: best.intent };
  const { within = OFFERED_WITHIN } = pack.understanding;
  const near = candidates.filter(({ score }) => score >= best.score - within).map(({ intent }) => intent);
  const offer = near.filter((flow) => pack.flows.get(flow)?.title !== undefined);
  if (offer.length > 0) return { offer };
  // A flow without a title cannot be asked about: when no other is near, half the score is enough.
  return near.length === 1 && best.score >= accept / 2 ? { flow: best.intent } : undefined;
}
