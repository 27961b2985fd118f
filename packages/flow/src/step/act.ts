/**
 * What becomes of words that were understood: a flow opens, or is offered where a question is open, or the question takes them as the
 * matter told anew. The decision is kept either way.
 */
import { scriptOf } from '@hazir/language';
import type { Decision, Understanding } from '../contract.ts';
import { MOST_FRAMES } from '../limits.ts';
import type { CompiledNode, Target } from '../nodes/node-type.ts';
import { OFFER_FLOW, SWITCH_FLOW } from '../pack/built-in.ts';
import { hear, heardOf } from './heard.ts';
import { inTheMiddle, interludeAt } from './interlude.ts';
import { openAside, openFlow, runFrom, type Stop } from './run.ts';
import { askMeaning } from './spoken.ts';
import { placeOf, type Turn } from './turn.ts';

interface Decided {
  meaning?: Understanding;
  outcome: Decision['outcome'];
  candidates: Decision['candidates'];
}

/** Opens or offers what was understood, and keeps the decision either way. */
export function act(turn: Turn, said: string, { meaning, outcome, candidates }: Decided): Stop | undefined {
  const keep = (did: Decision['did']): void =>
    turn.emit({
      type: 'text_understood',
      ...placeOf(turn.session),
      message: turn.input.type === 'message' ? turn.input.messageId : '',
      version: turn.pack.version,
      language: turn.language(),
      script: scriptOf(said) ?? 'none',
      words: said.split(/\s+/).filter((word) => word !== '').length,
      ...{ outcome, candidates, did },
    });
  const again = retoldAt(turn, meaning);
  if (again !== undefined) {
    keep('opened');
    return tellAnew(turn, said, again);
  }
  const heard = heardOf(said, turn.context.now);
  if (!isFree(turn)) {
    const wanted = meaning !== undefined && 'flow' in meaning && meaning.onlyAtRest !== true ? meaning.flow : undefined;
    const other = wanted !== undefined && canSwitch(turn, wanted) ? wanted : undefined;
    const spoken = other !== undefined && onlyAnswers(turn, other);
    keep(other === undefined ? 'nothing' : spoken ? 'opened' : 'switch_offered');
    if (other !== undefined && spoken) return openAside(turn, other);
    return other === undefined ? undefined : openAside(turn, SWITCH_FLOW, { values: { flow: other }, heard });
  }
  const unknown = meaning !== undefined && 'flow' in meaning && meaning.onlyAtRest === true;
  const asked = meaning === undefined ? undefined : askMeaning(turn, said, meaning);
  if (asked !== undefined) return asked;
  keep(meaning === undefined || unknown ? 'nothing' : 'flow' in meaning ? 'opened' : 'offered');
  if (meaning === undefined || (unknown && !isAtRest(turn))) return undefined;
  if ('flow' in meaning) return openFlow(turn, meaning.flow, { values: meaning.values, heard });
  return openFlow(turn, OFFER_FLOW, { values: { flows: [...meaning.offer] }, heard });
}

/** Where the open question lets the matter be told anew, and the words mean it more than anything else. */
function retoldAt(turn: Turn, meaning: Understanding | undefined): Target | undefined {
  const { retold } = (turn.session.stack.length === 0 ? undefined : openQuestion(turn)) ?? {};
  if (retold === undefined || meaning === undefined) return undefined;
  return ('flow' in meaning ? meaning.flow : meaning.offer[0]) === retold.flow ? retold.target : undefined;
}

/** "No, the street light is out": the flow stays, with all that was told beside it, and takes the new words. */
function tellAnew(turn: Turn, said: string, target: Target): Stop {
  const { session } = turn;
  hear(turn, said);
  session.misses = 0;
  delete session.page;
  delete session.waiting;
  return runFrom(turn, { type: 'go', target });
}

/** A flow without a title that says something and rests, as thanks are answered: the question needs no leave and stands below it. */
function onlyAnswers({ pack }: Turn, flow: string): boolean {
  const compiled = pack.flows.get(flow);
  return compiled?.title === undefined && compiled?.nodes.get(compiled.first)?.rests === true;
}

/** The flow is another one than what is open, it can begin, and there is room for the question and for itself. */
export function canSwitch(turn: Turn, flow: string): boolean {
  const { stack } = turn.session;
  const compiled = turn.pack.flows.get(flow);
  if (compiled === undefined || Object.keys(compiled.inputs).length > 0) return false;
  return (
    inTheMiddle(turn) && !isChoosingLanguage(turn) && !stack.some((frame) => frame.flow === flow) && stack.length < MOST_FRAMES
  );
}

/** Whoever is asked for a language is asked for nothing else yet. */
export function isChoosingLanguage(turn: Turn): boolean {
  return turn.session.stack.length > 0 && openQuestion(turn)?.verb === 'language';
}

/** Nothing is asked: before the first flow, at a menu or at a card. */
function isAtRest(turn: Turn): boolean {
  return turn.session.stack.length === 0 || openQuestion(turn)?.rests === true;
}

/** Nothing would be lost by opening a flow: the conversation is at rest, at a menu, at a card or at a question that gives way. */
export function isFree(turn: Turn): boolean {
  return isAtRest(turn) || (openQuestion(turn)?.yields === true && interludeAt(turn.session) < 0);
}

/** The node that waits. */
export function openQuestion(turn: Turn): CompiledNode | undefined {
  const { flow, node } = placeOf(turn.session);
  return turn.pack.flows.get(flow)?.nodes.get(node);
}
