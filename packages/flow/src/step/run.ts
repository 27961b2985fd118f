/**
 * Runs nodes until one waits, calls or ends the conversation. Every way out of a node passes through `apply`, and every
 * failure through `failStep`: an author's mistake becomes an event and a kind sentence, never an exception.
 */
import { type CallRequest, type ErrorCode, HazirError, type Json } from '@hazir/core';
import type { Frame, Heard } from '../contract.ts';
import { MISSES_UNTIL_HELP, MOST_FRAMES, MOST_NODES_A_STEP, MOST_TRAIL } from '../limits.ts';
import type { AskMode, CompiledNode, Outcome, Target } from '../nodes/node-type.ts';
import { askBelow, dropCard, inTheMiddle, interludeAt, leaveInterlude } from './interlude.ts';
import { leaveAll, leaveOne } from './leave.ts';
import { placeOf, type Turn } from './turn.ts';
import { postWayOut } from './way-out.ts';

/** What a step ended with. */
export type Stop = { type: 'waiting' } | { type: 'resting' } | { type: 'calling'; call: CallRequest };

type Progress = { type: 'run' } | Stop;

/** Applies an outcome and runs on from it until the step stops. */
export function runFrom(turn: Turn, outcome: Outcome): Stop {
  let progress = guarded(turn, () => apply(turn, outcome));
  for (let count = 0; count < MOST_NODES_A_STEP; count += 1) {
    if (progress.type !== 'run') return progress;
    progress = guarded(turn, () => apply(turn, turn.node().run(turn)));
  }
  return failStep(turn, 'flow:too-many-nodes', `More than ${MOST_NODES_A_STEP} nodes in one step`);
}

/** Asks a node for its decision; a failure of it ends the step kindly. */
export function decide<Decision>(turn: Turn, ask: () => Decision): { decision: Decision } | { stop: Stop } {
  let decision: { decision: Decision } | undefined;
  const progress = guarded(turn, () => {
    decision = { decision: ask() };
    return { type: 'run' };
  });
  if (progress.type !== 'run') return { stop: progress };
  return decision ?? { stop: failStep(turn, 'flow:failed', 'no decision') };
}

/** What a flow begins with. */
export interface Opening {
  values?: { [name: string]: Json } | undefined;
  /** The words that opened it. */
  heard?: Heard | undefined;
}

/** Opens a flow in place of everything that was open. */
export function openFlow(turn: Turn, flow: string, { values = {}, heard }: Opening = {}): Stop {
  leaveAll(turn, 'left');
  turn.session.misses = 0;
  const opened = guarded(turn, () => {
    const frame = enterFlow(turn, flow, values);
    if (heard !== undefined) frame.heard = heard;
    return { type: 'run' };
  });
  return opened.type === 'run' ? runNodes(turn) : opened;
}

/**
 * Opens a flow on top of an open question, which is asked again afterwards; where nothing would be lost, in place of what
 * was open. A flow that cannot be opened is an error and leaves the question alone.
 */
export function openAside(turn: Turn, flow: string, { values = {}, heard }: Opening = {}): Stop {
  const { session } = turn;
  dropCard(turn);
  if (!inTheMiddle(turn)) return openFlow(turn, flow, { values, heard });
  if (!turn.pack.flows.has(flow) || session.stack.length >= MOST_FRAMES) {
    const code = turn.pack.flows.has(flow) ? 'flow:too-deep' : 'flow:missing-flow';
    turn.emit({ type: 'error_raised', code, ...placeOf(session), detail: `The flow "${flow}" could not be opened` });
    return { type: 'waiting' };
  }
  session.misses = 0;
  delete session.page;
  const frame = enterFlow(turn, flow, values);
  frame.asksAgain = true;
  if (heard !== undefined) frame.heard = heard;
  return runNodes(turn);
}

/** Runs the node that the session stands at. */
export function runNodes(turn: Turn): Stop {
  return runFrom(turn, { type: 'go', target: { type: 'node', node: turn.frame().node } });
}

/** Takes a flow onto the stack without running it yet. */
export function enterFlow(turn: Turn, id: string, values: { [name: string]: Json }): Frame {
  const flow = turn.pack.flows.get(id);
  if (flow === undefined) throw new HazirError('flow:missing-flow', `There is no flow "${id}"`);
  if (turn.session.stack.length >= MOST_FRAMES)
    throw new HazirError('flow:too-deep', `More than ${MOST_FRAMES} flows inside each other`);
  const frame: Frame = { flow: id, node: flow.first, values };
  turn.session.stack.push(frame);
  if (flow.builtIn === undefined) turn.emit({ type: 'flow_started', flow: id });
  return frame;
}

/** Asks the waiting question once more. */
export function askAgain(turn: Turn): Stop {
  const asked = guarded(turn, () => {
    const { ask } = turn.node();
    if (ask === undefined) return { type: 'run' };
    ask(turn, 'first');
    return wait(turn, turn.node(), { for: 'input' });
  });
  return asked.type === 'run' ? runNodes(turn) : asked;
}

/** Counts an input that was not understood and asks again, kindlier each time. */
export function miss(turn: Turn, kind: string): Stop {
  const { session } = turn;
  session.misses += 1;
  turn.emit({ type: 'input_missed', ...placeOf(session), kind, misses: session.misses });
  const asked = guarded(turn, () => {
    const node = turn.node();
    const lead = leadFor(kind);
    if (lead !== undefined) turn.post({ type: 'text', text: turn.platform(lead) });
    node.ask?.(turn, askModeAfter(turn, kind));
    return { type: 'waiting' };
  });
  return asked.type === 'run' ? runNodes(turn) : asked;
}

/** Says sorry, records what went wrong, and leaves the citizen at the interrupted question, or at rest with a way on. */
export function failStep(turn: Turn, code: ErrorCode, detail: string): Stop {
  turn.emit({ type: 'error_raised', code, ...placeOf(turn.session), detail });
  if (interludeAt(turn.session) >= 0) {
    turn.post({ type: 'text', text: turn.platform('error') });
    leaveInterlude(turn, 'error');
    return askAgain(turn);
  }
  postWayOut(turn, turn.platform('error'));
  leaveAll(turn, 'error');
  return { type: 'resting' };
}

function guarded(turn: Turn, act: () => Progress): Progress {
  try {
    return act();
  } catch (error) {
    if (error instanceof HazirError) return failStep(turn, error.code, error.message);
    // The class of the failure only: a foreign message may hold a citizen's words.
    return failStep(turn, 'flow:failed', error instanceof Error ? error.name : 'unknown');
  }
}

function apply(turn: Turn, outcome: Outcome): Progress {
  switch (outcome.type) {
    case 'next':
      return follow(turn, turn.node().next);
    case 'go':
      return follow(turn, outcome.target);
    case 'wait':
      return wait(turn, turn.node(), outcome.waiting);
    case 'call':
      turn.session.waiting = {
        for: 'call',
        callId: outcome.call.id,
        ...(outcome.meanwhile && { meanwhile: outcome.meanwhile }),
      };
      return { type: 'calling', call: outcome.call };
    case 'run':
      enterFlow(turn, outcome.flow, outcome.values);
      return { type: 'run' };
    case 'end':
      return finish(turn, outcome.exit, outcome.value);
    case 'miss':
      return miss(turn, outcome.kind);
  }
}

function follow(turn: Turn, target: Target | undefined): Progress {
  if (target === undefined) return finish(turn, 'done', null);
  if (target.type === 'flow') {
    enterInstead(turn, target.flow, target.values);
    return { type: 'run' };
  }
  turn.frame().node = target.node;
  return { type: 'run' };
}

/**
 * From an interlude another flow takes its place; only the menu and the entry leave the interrupted question too. A flow that was
 * offered begins with the words that it was offered for, not with the tap.
 */
function enterInstead(turn: Turn, flow: string, values: { [name: string]: Json } = {}): void {
  const heard = turn.flow().builtIn === true ? turn.frame().heard : undefined;
  const aside = interludeAt(turn.session) >= 0 && flow !== turn.pack.menu && flow !== turn.pack.entry;
  if (aside) leaveInterlude(turn, 'left');
  else leaveAll(turn, 'left');
  const frame = enterFlow(turn, flow, values);
  if (aside) frame.asksAgain = true;
  if (heard === undefined) return;
  frame.heard = heard;
  turn.recall(heard.text);
}

function wait(turn: Turn, node: CompiledNode, waiting: Turn['session']['waiting'] & object): Stop {
  turn.session.waiting = waiting;
  const aside = interludeAt(turn.session) >= 0;
  if (aside && node.rests === true) askBelow(turn);
  // "Back" leaves an interlude for the question that it interrupted.
  if (!aside && turn.flow().builtIn === undefined && waiting.for === 'input') remember(turn, `${turn.frame().flow}/${node.name}`);
  return { type: 'waiting' };
}

function remember(turn: Turn, place: string): void {
  const trail = turn.session.trail ?? [];
  if (trail.at(-1) !== place) turn.session.trail = [...trail, place].slice(-MOST_TRAIL);
}

function finish(turn: Turn, exit: string, value: Json): Progress {
  const { asksAgain } = turn.frame();
  leaveOne(turn, exit);
  if (turn.session.stack.length === 0) return { type: 'resting' };
  if (asksAgain !== undefined) return askAgain(turn);
  const { finished } = turn.node();
  return finished === undefined ? { type: 'run' } : apply(turn, finished(turn, value));
}

/** A citizen who speaks has made no mistake: the question stays as it is, with a way out. */
function askModeAfter(turn: Turn, kind: string): AskMode {
  if (leadFor(kind) === 'voice_kept') return turn.node().verb === 'ask' ? 'exits' : 'first';
  return turn.session.misses >= MISSES_UNTIL_HELP ? 'stuck' : 'retry';
}

/** Some inputs deserve a word of their own before the question is asked again. */
function leadFor(kind: string): 'voice_kept' | 'unsupported' | 'old_choice' | undefined {
  if (kind === 'voice' || kind === 'audio') return 'voice_kept';
  if (kind === 'old_choice' || kind === 'choice') return 'old_choice';
  return ['sticker', 'video', 'order', 'form', 'unsupported', 'contacts'].includes(kind) ? 'unsupported' : undefined;
}
