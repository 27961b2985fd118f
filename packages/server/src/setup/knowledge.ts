/** Where a pack's knowledge joins what its words mean: after the flows that claim a message, before "not understood". */
import type { CompiledPack, Understanding } from '@hazir/flow';
import type { Known, Knows } from '@hazir/services';
import type { Explanation } from './understanding.ts';

/** Different words from which a message that nobody claims is taken for a question. */
const LEAST_QUESTION = 3;
/** Score from which it is rather small talk. */
const SMALL_TALK = 0.4;
const NOTHING: Known = { passages: [], sure: false, nearest: [] };

const knowledge = new WeakMap<CompiledPack, { knows: Knows; atOnce: boolean }>();

/** What a pack's knowledge is asked by, from now on; `atOnce`: in memory, so that a turn need not wait for it. */
export function learn(pack: CompiledPack, knows: Knows, { atOnce }: { atOnce: boolean }): void {
  knowledge.set(pack, { knows, atOnce });
}

/** What a pack's knowledge holds near a question; undefined for a pack without any. `now` in milliseconds since 1970. */
export function searchKnowledge(text: string, pack: CompiledPack, now: number): Known | undefined {
  return knowledge.get(pack)?.knows(text, now);
}

/** A passage answers what no flow surely claims; what looks like a question and is in no passage is told so honestly. */
export function withKnowledge(
  text: string,
  pack: CompiledPack,
  { explained, now }: { explained: Explanation; now: number },
): Explanation & { known: Known['passages'] } {
  const own = knowledge.get(pack);
  // What is in the database is asked by the flow that answers questions, when no other claims the words.
  const known = own?.atOnce === true ? own.knows(text, now) : NOTHING;
  return { ...explained, understanding: decide(text, pack, { explained, known }), known: known.passages };
}

function decide(
  text: string,
  { opens }: CompiledPack,
  { explained, known }: { explained: Explanation; known: Known },
): Understanding | undefined {
  const { outcome, background, understanding } = explained;
  const flow = opens.question;
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu)).size;
  const isQuestion = words >= LEAST_QUESTION;
  const isAnswered = known.sure && isQuestion;
  // In a pack with few phrases much looks like small talk; what a passage surely answers is none.
  if (flow === undefined || (background > SMALL_TALK && !isAnswered)) return understanding;
  if (known.passages.length > 0 && (outcome !== 'accept' || isAnswered))
    // In the middle of something a word or two that only resemble a passage are rather an answer to what was asked.
    return { flow, ...(!isQuestion && !known.sure && { onlyAtRest: true }) };
  return understanding ?? (isQuestion ? { flow, onlyAtRest: true } : undefined);
}
