/** The step: a pure function from session and input to the next session and events. What a message meets is in take-message.ts. */
import type { Input, Session, Step, StepContext, StepResult } from '../contract.ts';
import type { CompiledNode, Outcome } from '../nodes/node-type.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { decide, failStep, openAside, runFrom, type Stop } from './run.ts';
import { takeMessage } from './take-message.ts';
import { createTurn, placeOf, type Turn } from './turn.ts';

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
  if (input.type === 'message') return takeMessage(turn, input.content);
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
