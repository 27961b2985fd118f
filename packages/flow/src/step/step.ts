/** The step: a pure function from session and input to the next session and events. What a message meets is in take-message.ts. */
import type { OutboundContent } from '@hazir/core';
import type { EngineEvent, Input, Session, Step, StepContext, StepResult } from '../contract.ts';
import type { CompiledNode, Outcome } from '../nodes/node-type.ts';
import type { CompiledPack } from '../pack/compiled.ts';
import { commandIn } from './commands.ts';
import { criesForHelp } from './danger.ts';
import { decide, failStep, openAside, runFrom, type Stop } from './run.ts';
import { answerToHeard, askHeard, resume, saidAs } from './spoken.ts';
import { takeMessage, urgentFlow } from './take-message.ts';
import { createTurn, placeOf, type Turn, textOf } from './turn.ts';

/** Where messages of officers come from, in the log; behind it stands who. */
export const OFFICER_ORIGIN = 'officer';
/** What a citizen may want besides talking: a greeting or "help" is said to the person. */
const COMMANDS_BESIDE: ReadonlySet<string> = new Set(['menu', 'restart', 'language', 'stop', 'start']);

/** Takes one step of a conversation. Never throws: what goes wrong is an `error_raised` event. */
export const step: Step = (session, input, context) => {
  if (isIgnored(session, input, context)) return { session, events: [] };
  if (input.type === 'say' || input.type === 'relay') return sayBeside(session, input, context);
  const pack = session === undefined ? context.current : context.packOf(session.version);
  const over = session === undefined ? undefined : reasonToStartAfresh(session, pack, { input, context });
  if (over !== undefined && input.type === 'answer') return { session: undefined, events: [] };
  const resumed = session === undefined ? undefined : resume(session, input, context);
  if (resumed?.type === 'again') return after(resumed.events, step(resumed.session, resumed.input, resumed.context));
  const running = over === undefined && pack !== undefined ? pack : context.current;
  const kept = resumed === undefined ? session : resumed.session;
  const turn = createTurn(running, draftOf(over === undefined ? kept : undefined, running, context), { input, context });
  if (resumed !== undefined) return takeUnsure(turn, resumed.heard);
  if (over !== undefined && session !== undefined) sayAfresh(turn, { session, pack, over });
  return takeAnswerToHeard(turn) ?? settle(turn, takeInput(turn));
};

/** Nothing to answer: reactions, edits, things taken back, answers and timers that nobody waits for. */
function isIgnored(session: Session | undefined, input: Input, context: StepContext): boolean {
  if (input.type === 'message') return ['reaction', 'revoke', 'edit'].includes(input.content.type) || isForPerson(input, context);
  const waiting = session?.waiting;
  if (input.type === 'answer') return waiting?.for !== 'call' || waiting.callId !== input.callId;
  if (input.type !== 'timer') return false;
  return waiting?.until === undefined || waiting.until > context.now;
}

/** The conversation stays where it is, whatever its question. */
function sayBeside(
  session: Session | undefined,
  input: Extract<Input, { type: 'say' | 'relay' }>,
  context: StepContext,
): StepResult {
  const turn = createTurn(context.current, draftOf(session, context.current, context), { input, context });
  if (input.type === 'relay') {
    const from = { flow: OFFICER_ORIGIN, node: input.from };
    return { session, events: [{ type: 'message_created', message: { content: contentOf(input) }, ...from }] };
  }
  const content: OutboundContent = { type: 'text', text: turn.platform(input.text, input.values) };
  return { session, events: [{ type: 'message_created', message: { content }, flow: 'platform', node: input.text }] };
}

function contentOf({ words, file }: Extract<Input, { type: 'relay' }>): OutboundContent {
  if (file === undefined) return { type: 'text', text: words };
  const { media, hash, mimeType, fileName } = file;
  return { type: 'media', media, source: { hash, mimeType }, fileName, ...(words !== '' && { caption: words }) };
}

/** What is said to the officer: everything that is typed or sent, but a cry for help and a command. */
function isForPerson(input: Extract<Input, { type: 'message' }>, { withPerson, current }: StepContext): boolean {
  if (withPerson !== true || input.content.type === 'choice') return false;
  const said = textOf(input.content);
  if (said === undefined) return true;
  return (
    !criesForHelp({ input }) && urgentFlow({ pack: current }, said) === undefined && !COMMANDS_BESIDE.has(commandIn(said) ?? '')
  );
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
  if (top !== undefined && !rested && !writtenTo && !criesForHelp(turn)) turn.post({ type: 'text', text: turn.platform(over) });
}

/** Words that a provider is not sure of are shown first, unless they sound like danger. */
function takeUnsure(turn: Turn, heard: NonNullable<Session['heard']>): StepResult {
  const input = saidAs(heard);
  if (criesForHelp({ input }) || urgentFlow(turn, heard.text) !== undefined) return step(turn.session, input, turn.context);
  return settle(turn, askHeard(turn, heard));
}

/**
 * A transcript was shown: "yes" takes it as if typed, caused by the voice message; "correct it" lets the citizen say it again where the
 * conversation stands. Undefined: something else was said, which stands for itself.
 */
function takeAnswerToHeard(turn: Turn): StepResult | undefined {
  const { session, input, context } = turn;
  const { heard } = session;
  if (heard === undefined || input.type !== 'message') return undefined;
  delete session.heard;
  const answer = answerToHeard(turn, input.content);
  const event: EngineEvent = { type: 'voice_taken', outcome: answer === 'yes' ? 'confirmed' : 'corrected', reason: '' };
  if (answer === 'yes') return after([event], step(session, { ...saidAs(heard), again: true }, context));
  turn.emit(event);
  if (answer === undefined) return undefined;
  turn.post({ type: 'text', text: turn.platform('say_again') });
  return settle(turn, { type: 'waiting' });
}

function after(events: readonly EngineEvent[], result: StepResult): StepResult {
  return { ...result, events: [...events, ...result.events] };
}

function takeInput(turn: Turn): Stop {
  const { input } = turn;
  if (input.type === 'start') return openAside(turn, input.flow, { values: input.values });
  if (input.type === 'message') return takeMessage(turn, input.content);
  if (input.type === 'timer' && turn.session.waiting?.for === 'call') return sayItTakesLonger(turn);
  delete turn.session.waiting;
  if (turn.session.stack.length === 0) return { type: 'resting' };
  const made = decide(turn, () => answerOf(turn.node(), turn, input));
  if ('stop' in made) return made.stop;
  return made.decision === undefined
    ? failStep(turn, 'flow:missing-node', 'The node that waited takes no answer')
    : runFrom(turn, made.decision);
}

/** A provider takes a while: an honest word, once. */
function sayItTakesLonger(turn: Turn): Stop {
  const { waiting } = turn.session;
  if (waiting?.for !== 'call') return { type: 'waiting' };
  const { until: _, ...still } = waiting;
  turn.session.waiting = still;
  turn.post({ type: 'text', text: turn.platform(waiting.about?.kind === 'voice' ? 'listening' : 'busy') });
  return { type: 'waiting' };
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
