/**
 * The step: a pure function from session and input to the next session and events. A message passes, in this order: a
 * button's id, an urgent phrase, an option's label, a command, the waiting node, a phrase that opens a flow, and at rest the entry flow.
 */
import type { InboundContent } from '@hazir/core';
import { normalize } from '@hazir/language';
import type { Input, Session, Step, StepContext, StepResult } from '../contract.ts';
import type { CompiledNode, Outcome } from '../nodes/node-type.ts';
import { OFFER_FLOW } from '../pack/built-in.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { commandOfChoice, flowOfChoice, parseChoiceId } from './choice-id.ts';
import { commandIn, runCommand } from './commands.ts';
import { dropCard } from './interlude.ts';
import { leaveAll } from './leave.ts';
import { askAgain, decide, failStep, miss, openAside, openFlow, runFrom, type Stop } from './run.ts';
import { createTurn, placeOf, sentIn, type Turn, textOf } from './turn.ts';

type MessageInput = Extract<Input, { type: 'message' }>;

/** Takes one step of a conversation. Never throws: what goes wrong is an `error_raised` event. */
export const step: Step = (session, input, context) => {
  if (isIgnored(session, input, context)) return { session, events: [] };
  const pack = session === undefined ? context.current : context.packOf(session.version);
  const over = session === undefined ? undefined : reasonToStartAfresh(session, pack, { input, context });
  if (over !== undefined && input.type === 'answer') return { session: undefined, events: [] };
  const running = over === undefined && pack !== undefined ? pack : context.current;
  const turn = createTurn(running, draftOf(over === undefined ? session : undefined, running, context), { input, context });
  if (over !== undefined && session !== undefined) sayAfresh(turn, { session, pack, over });
  return settle(turn, takeInput(turn));
};

/** Nothing to answer: reactions, edits, things taken back, answers and timers that nobody waits for. */
function isIgnored(session: Session | undefined, input: Input, context: StepContext): boolean {
  if (input.type === 'message') return ['reaction', 'revoke', 'edit'].includes(input.content.type);
  const waiting = session?.waiting;
  if (input.type === 'answer') return waiting?.for !== 'call' || waiting.callId !== input.callId;
  if (input.type !== 'timer') return false;
  const until = waiting === undefined || waiting.for === 'call' ? undefined : waiting.until;
  return until === undefined || until > context.now;
}

function draftOf(session: Session | undefined, pack: CompiledPack, { now }: StepContext): Session {
  if (session === undefined) return { version: pack.version, stack: [], misses: 0, startedAt: now, lastInputAt: now };
  return { ...session, stack: session.stack.map((frame) => ({ ...frame })) };
}

/** A session ends when its version is gone, or when the citizen was away for longer than the pack allows. */
function reasonToStartAfresh(
  session: Session,
  pack: CompiledPack | undefined,
  { input, context }: { input: Input; context: StepContext },
): 'updated' | 'expired' | undefined {
  if (pack === undefined) return 'updated';
  return (input.type === 'message' || input.type === 'start') && context.now - session.lastInputAt > pack.sessionTimeout
    ? 'expired'
    : undefined;
}

/** Says so kindly, but only where something was left unfinished, and not to somebody who has been away and is written to. */
function sayAfresh(
  turn: Turn,
  { session, pack, over }: { session: Session; pack: CompiledPack | undefined; over: 'updated' | 'expired' },
): void {
  if (session.language !== undefined) turn.session.language = session.language;
  if (over === 'expired') turn.emit({ type: 'session_expired', flow: session.stack[0]?.flow ?? '' });
  for (const frame of session.stack.toReversed()) turn.emit({ type: 'flow_ended', flow: frame.flow, exit: over });
  const top = session.stack.at(-1);
  const rested = pack?.flows.get(top?.flow ?? '')?.nodes.get(top?.node ?? '')?.rests === true;
  const writtenTo = over === 'expired' && turn.input.type === 'start';
  if (top !== undefined && !rested && !writtenTo) turn.post({ type: 'text', text: turn.platform(over) });
}

function takeInput(turn: Turn): Stop {
  const { input } = turn;
  if (input.type === 'start') return openAside(turn, input.flow, input.values);
  if (input.type === 'message') return takeMessage(turn, input);
  delete turn.session.waiting;
  if (turn.session.stack.length === 0) return { type: 'resting' };
  const made = decide(turn, () => answerOf(turn.node(), turn, input));
  if ('stop' in made) return made.stop;
  return made.decision === undefined
    ? failStep(turn, 'flow:missing-node', 'The node that waited takes no answer')
    : runFrom(turn, made.decision);
}

function answerOf(node: CompiledNode, turn: Turn, input: Input): Outcome | undefined {
  return input.type === 'answer' ? node.answer?.(turn, input.result) : node.timeout?.(turn);
}

function takeMessage(turn: Turn, input: MessageInput): Stop {
  const { session, context } = turn;
  const called = session.waiting?.for === 'call' ? session.waiting : undefined;
  session.lastInputAt = context.now;
  dropCard(turn, input.content);
  const tapped = tappedElsewhere(turn, input.content);
  if (tapped !== undefined) return tapped;
  const said = input.content.type === 'text' ? textOf(input.content) : undefined;
  const urgent = said === undefined ? undefined : urgentFlow(turn, said);
  if (urgent !== undefined) return openAside(turn, urgent);
  const command = said === undefined || claimed(turn, said) ? undefined : commandIn(said);
  if (command !== undefined) return runCommand(turn, command);
  if (called?.meanwhile === 'cancel') {
    leaveAll(turn, 'cancelled');
    delete session.waiting;
    return begin(turn, said);
  }
  if (called !== undefined) {
    turn.post({ type: 'text', text: turn.platform('busy') });
    return { type: 'waiting' };
  }
  return session.stack.length === 0 ? begin(turn, said) : answerNode(turn, input, said);
}

/** A tap on a command, on a flow's button, or on an older message. Undefined: it is the waiting node's own business. */
function tappedElsewhere(turn: Turn, content: InboundContent): Stop | undefined {
  if (content.type !== 'choice') return undefined;
  const command = commandOfChoice(content.id);
  if (command !== undefined) return runCommand(turn, command);
  const flow = flowOfChoice(content.id);
  if (flow !== undefined && turn.pack.flows.has(flow)) return openFlow(turn, flow);
  const place = parseChoiceId(content.id);
  const { flow: hereFlow, node: hereNode } = placeOf(turn.session);
  if (place !== undefined && place.flow === hereFlow && place.node === hereNode) return undefined;
  const opened =
    place === undefined ? undefined : turn.pack.flows.get(place.flow)?.nodes.get(place.node)?.opens?.get(place.option);
  if (opened !== undefined) return openFlow(turn, opened);
  turn.emit({ type: 'input_missed', flow: hereFlow, node: hereNode, kind: 'old_choice', misses: turn.session.misses });
  turn.post({ type: 'text', text: turn.platform('old_choice') });
  if (turn.session.waiting?.for === 'call') return { type: 'waiting' };
  return turn.session.stack.length === 0 ? openFlow(turn, turn.pack.entry) : askAgain(turn);
}

/** An emergency goes before everything else that the words could mean. */
function urgentFlow({ pack }: Turn, said: string): string | undefined {
  const flow = pack.phrases.get(normalize(said));
  return flow !== undefined && pack.flows.get(flow)?.urgent === true ? flow : undefined;
}

function claimed(turn: Turn, said: string): boolean {
  return (
    turn.session.stack.length > 0 && turn.session.waiting?.for !== 'call' && currentNode(turn)?.claims?.(turn, said) === true
  );
}

function currentNode(turn: Turn): ReturnType<Turn['node']> | undefined {
  const { flow, node } = placeOf(turn.session);
  return turn.pack.flows.get(flow)?.nodes.get(node);
}

/** At rest: a file or place opens the flow that takes it, a known phrase its flow, everything else the entry. */
function begin(turn: Turn, said: string | undefined): Stop {
  return openForSent(turn) ?? openUnderstood(turn, said) ?? openFlow(turn, turn.pack.entry);
}

function answerNode(turn: Turn, { content }: MessageInput, said: string | undefined): Stop {
  const node = currentNode(turn);
  if (node?.receive === undefined) return failStep(turn, 'flow:missing-node', 'The node that waited is gone');
  if (node.rests === true && !claimed(turn, said ?? '')) {
    const understood = openForSent(turn) ?? openUnderstood(turn, said);
    if (understood !== undefined) return understood;
  }
  const { receive } = node;
  const made = decide(turn, () => receive(turn, content));
  if ('stop' in made) return made.stop;
  const outcome = made.decision;
  if (outcome.type === 'miss') return miss(turn, content.type === 'media' ? content.media : outcome.kind);
  if (outcome.type === 'command') return runCommand(turn, outcome.command);
  turn.session.misses = 0;
  delete turn.session.waiting;
  return runFrom(turn, outcome);
}

/** A photo or place sent first is no dead end where the pack names a flow that takes it. */
function openForSent(turn: Turn): Stop | undefined {
  const sent = sentIn(turn);
  const flow = sent === undefined ? undefined : turn.pack.opens[sent.kind];
  return flow === undefined ? undefined : openFlow(turn, flow);
}

function openUnderstood(turn: Turn, said: string | undefined): Stop | undefined {
  if (said === undefined) return undefined;
  const phrase = turn.pack.phrases.get(normalize(said));
  if (phrase !== undefined) return openFlow(turn, phrase);
  const understood = turn.context.understand?.(said, { language: turn.language(), pack: turn.pack });
  if (understood === undefined) return undefined;
  if ('flow' in understood) return openFlow(turn, understood.flow, understood.values);
  return openFlow(turn, OFFER_FLOW, { flows: [...understood.offer] });
}

function settle(turn: Turn, stop: Stop): StepResult {
  const { session, events, outgoing } = turn;
  const holds = stop.type === 'calling' && stop.call.kind === 'service';
  if (holds && outgoing.list().length > 0) session.held = [...outgoing.list()];
  if (!holds) for (const sent of outgoing.list()) events.push({ type: 'message_created', ...sent });
  if (outgoing.dropped() > 0) {
    events.push({
      type: 'error_raised',
      code: 'flow:too-many-messages',
      ...placeOf(session),
      detail: `${outgoing.dropped()} messages left out`,
    });
  }
  if (stop.type === 'resting') return { session: undefined, events };
  return stop.type === 'calling' ? { session, events, call: stop.call } : { session, events };
}
