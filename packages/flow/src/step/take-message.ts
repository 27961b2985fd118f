/**
 * What a message meets, in one list: whoever adds a way to understand puts it where it belongs. The order is a promise: an
 * emergency before everything, an answer to the open question before any other meaning of its words, and at the end an honest
 * "not understood". A way that does not take the message leaves no trace.
 */
import type { InboundContent } from '@hazir/core';
import { normalize } from '@hazir/language';
import type { Understood } from '../contract.ts';
import { SWITCH_FLOW } from '../pack/built-in.ts';
import { act, canSwitch, isChoosingLanguage, isFree, openQuestion } from './act.ts';
import { commandOfChoice, openedByChoice, parseChoiceId, takesText } from './choice-id.ts';
import { commandIn, runCommand } from './commands.ts';
import { answerDanger } from './danger.ts';
import { heardOf, isPlaceName } from './heard.ts';
import { dropCard, leaveInterlude } from './interlude.ts';
import { leaveAll } from './leave.ts';
import { offerLanguage, takeOffer } from './offer-language.ts';
import { askAgain, decide, failStep, miss, openAside, openFlow, runFrom, type Stop } from './run.ts';
import { askWords, echoWords, keepNote } from './spoken.ts';
import { placeOf, sentIn, type Turn, textOf } from './turn.ts';

/** A message on its way. */
interface Message {
  content: InboundContent;
  /** Its words; absent where it is no text. */
  said: string | undefined;
  /** What the open question calls it, once that has refused it. */
  refusedAs: string;
}

/** One thing that a message may mean; undefined: it does not. */
type Way = (turn: Turn, message: Message) => Stop | undefined;

const WAYS: readonly Way[] = [
  /** A button of an older message, of a flow or of a command. */
  tappedElsewhere,
  /** A cry for help in any language: before everything else that the words could mean. */
  danger,
  /** The pack's own words for an emergency. */
  urgent,
  /** A command, unless an option on show is called like it. */
  command,
  /** An outside call runs: it is given up, or patience is asked for. */
  duringCall,
  /** The open question takes it as its answer. */
  answer,
  /** A file or place, where nothing is open: the flow that takes it. */
  sentFirst,
  /** The pack's own words for a flow. */
  phrase,
  /** The name of a place, where one is asked for, unless a flow surely claims the words. */
  namedPlace,
  /** A place's name alone, where nothing is open: the flow that takes places. */
  namedFirst,
  /** What the words were understood to want; in the middle of something it is only offered. */
  understood,
];

/** Answers a message by the first way that takes it. */
export function takeMessage(turn: Turn, content: InboundContent): Stop {
  const said = content.type === 'text' ? textOf(content) : undefined;
  const message: Message = { content, said, refusedAs: content.type };
  turn.session.lastInputAt = turn.context.now;
  const listening = askWords(turn);
  if (listening !== undefined) return listening;
  echoWords(turn);
  dropCard(turn, content);
  for (const way of WAYS) {
    const stop = way(turn, message);
    if (stop !== undefined) return answered(turn, message, stop);
  }
  return answered(turn, message, notUnderstood(turn, message));
}

function answered(turn: Turn, { said }: Message, stop: Stop): Stop {
  if (said !== undefined) offerLanguage(turn, said, stop);
  return stop;
}

function tappedElsewhere(turn: Turn, { content }: Message): Stop | undefined {
  if (content.type !== 'choice') return undefined;
  const spoken = takeOffer(turn, content.id);
  if (spoken !== undefined) return spoken;
  const name = commandOfChoice(content.id);
  if (name !== undefined) return runCommand(turn, name);
  const carried = openChosen(turn, content.id);
  if (carried !== undefined) return carried;
  const place = parseChoiceId(content.id);
  const { flow: hereFlow, node: hereNode } = placeOf(turn.session);
  if (place !== undefined && place.flow === hereFlow && place.node === hereNode) return undefined;
  const opened =
    place === undefined ? undefined : turn.pack.flows.get(place.flow)?.nodes.get(place.node)?.opens?.get(place.option);
  // A question that was left for a while stays: its button opens the other flow on top of it.
  if (opened !== undefined) return place?.flow === SWITCH_FLOW ? openAside(turn, opened) : openFlow(turn, opened);
  turn.emit({ type: 'input_missed', flow: hereFlow, node: hereNode, kind: 'old_choice', misses: turn.session.misses });
  turn.post({ type: 'text', text: turn.platform('old_choice') });
  if (turn.session.waiting?.for === 'call') return { type: 'waiting' };
  return turn.session.stack.length === 0 ? openFlow(turn, turn.pack.entry) : askAgain(turn);
}

/** A button that opens a flow from anywhere; one that carries values leaves a half-answered question open below. */
function openChosen(turn: Turn, id: string): Stop | undefined {
  const opened = openedByChoice(id);
  const flow = opened && turn.pack.flows.get(opened.flow);
  if (opened === undefined || flow === undefined) return undefined;
  const { values } = opened;
  const inputs = Object.keys(flow.inputs);
  if (inputs.some((name) => values[name] === undefined) || !takesText(flow.inputs)) return undefined;
  return inputs.length === 0 ? openFlow(turn, flow.id) : openAside(turn, flow.id, { values });
}

/** An option on show that is called like a danger ("chest pain" in a list of signs) is the flow's own business. */
function danger(turn: Turn, { content, said }: Message): Stop | undefined {
  const words = said ?? (content.type === 'media' ? textOf(content) : undefined);
  return words === undefined || claimed(turn, words) ? undefined : answerDanger(turn, words);
}

function urgent(turn: Turn, { said }: Message): Stop | undefined {
  const flow = said === undefined ? undefined : urgentFlow(turn, said);
  return flow === undefined ? undefined : openAside(turn, flow);
}

/** The flow of an emergency that the words tell of. */
export function urgentFlow({ pack }: Pick<Turn, 'pack'>, said: string): string | undefined {
  const flow = pack.phrases.get(normalize(said));
  return flow !== undefined && pack.flows.get(flow)?.urgent === true ? flow : undefined;
}

function command(turn: Turn, { said }: Message): Stop | undefined {
  const name = said === undefined || claimed(turn, said) ? undefined : commandIn(said);
  return name === undefined ? undefined : runCommand(turn, name);
}

function claimed(turn: Turn, said: string): boolean {
  const calling = turn.session.waiting?.for === 'call';
  return !calling && openQuestion(turn)?.claims?.(turn, said) === true;
}

function duringCall(turn: Turn): Stop | undefined {
  const { waiting } = turn.session;
  if (waiting?.for !== 'call') return undefined;
  if (waiting.meanwhile !== 'cancel') {
    keepNote(turn);
    turn.post({ type: 'text', text: turn.platform('busy') });
    return { type: 'waiting' };
  }
  leaveAll(turn, 'cancelled');
  delete turn.session.waiting;
  return undefined;
}

function answer(turn: Turn, message: Message): Stop | undefined {
  const { content } = message;
  if (turn.session.stack.length === 0) return undefined;
  const { receive } = openQuestion(turn) ?? {};
  if (receive === undefined) return failStep(turn, 'flow:missing-node', 'The node that waited is gone');
  const made = decide(turn, () => receive(turn, content));
  if ('stop' in made) return made.stop;
  const outcome = made.decision;
  if (outcome.type === 'miss') {
    message.refusedAs = content.type === 'media' ? content.media : outcome.kind;
    return undefined;
  }
  if (outcome.type === 'pass') {
    leaveInterlude(turn, 'left');
    turn.session.waiting = { for: 'input' };
    return answer(turn, message);
  }
  if (outcome.type === 'command') return runCommand(turn, outcome.command);
  turn.session.misses = 0;
  delete turn.session.waiting;
  return runFrom(turn, outcome);
}

function sentFirst(turn: Turn): Stop | undefined {
  const sent = isFree(turn) ? sentIn(turn) : undefined;
  const flow = sent === undefined ? undefined : turn.pack.opens[sent.kind];
  return flow === undefined ? undefined : openFlow(turn, flow);
}

function phrase(turn: Turn, { said }: Message): Stop | undefined {
  const flow = said === undefined ? undefined : turn.pack.phrases.get(normalize(said));
  if (said === undefined || flow === undefined) return undefined;
  return act(turn, said, { meaning: { flow }, outcome: 'phrase', candidates: [{ intent: flow, score: 1 }] });
}

function namedPlace(turn: Turn, { said }: Message): Stop | undefined {
  const takeName = turn.session.stack.length === 0 ? undefined : openQuestion(turn)?.takeName;
  if (said === undefined || takeName === undefined) return undefined;
  const named = turn.context.named?.(said, turn.pack);
  if (named === undefined || (!named.sure && isSurelyElse(turn, said))) return undefined;
  const made = decide(turn, () => takeName(turn, said));
  if ('stop' in made) return made.stop;
  turn.session.misses = 0;
  delete turn.session.waiting;
  return runFrom(turn, made.decision);
}

/** "Garbage lies about in Bhandup" names a place, and begins something else. */
function isSurelyElse(turn: Turn, said: string): boolean {
  const { outcome, meaning } = meaningOf(turn, said) ?? {};
  return outcome === 'accept' && meaning !== undefined && 'flow' in meaning && canSwitch(turn, meaning.flow);
}

function meaningOf(turn: Turn, said: string): Understood | undefined {
  return turn.context.understand?.(said, { language: turn.language(), pack: turn.pack, now: turn.context.now });
}

function namedFirst(turn: Turn, { said }: Message): Stop | undefined {
  const flow = turn.pack.opens.place;
  if (said === undefined || flow === undefined || !isFree(turn) || isChoosingLanguage(turn)) return undefined;
  if (!isPlaceName(turn, said) || meaningOf(turn, said)?.outcome === 'accept') return undefined;
  return openFlow(turn, flow, { heard: heardOf(said, turn.context.now) });
}

function understood(turn: Turn, { said }: Message): Stop | undefined {
  if (said === undefined || isChoosingLanguage(turn)) return undefined;
  const decision = meaningOf(turn, said);
  return decision === undefined ? undefined : act(turn, said, decision);
}

/** At rest whatever was not understood begins the conversation; anywhere else the question is asked again. */
function notUnderstood(turn: Turn, { refusedAs }: Message): Stop {
  const kept = keepNote(turn);
  if (turn.session.stack.length > 0) return miss(turn, refusedAs);
  if (kept) turn.post({ type: 'text', text: turn.platform('voice_kept') });
  return openFlow(turn, turn.pack.entry);
}
