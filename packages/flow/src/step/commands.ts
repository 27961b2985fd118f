/** Commands that work everywhere: as whole messages in every language, and as buttons. Their words are in locales/. */
import type { JsonObject } from '@hazir/core';
import { normalize } from '@hazir/language';
import { COMMANDS, type Command } from '../locales/locale.ts';
import { COMMAND_WORDS } from '../locales/words.ts';
import { LANGUAGE_FLOW } from '../pack/built-in.ts';
import { handoffText } from './handoff-text.ts';
import { interludeAt, leaveInterlude } from './interlude.ts';
import { leaveAll } from './leave.ts';
import { askAgain, enterFlow, failStep, openFlow, runNodes, type Stop } from './run.ts';
import type { Turn } from './turn.ts';
import { postWayOut } from './way-out.ts';

/** The topic of a ticket that a citizen opened by asking for a person. */
export const PERSON_TOPIC = 'helpline';

/** The command that a whole message says, in any language. */
export function commandIn(text: string): Command | undefined {
  return COMMAND_WORDS.get(normalize(text));
}

/** Carries a command out; an unknown one, from a button of a later version, opens the menu. */
export function runCommand(turn: Turn, name: string): Stop {
  const command = COMMANDS.find((each) => each === name) ?? 'menu';
  turn.session.misses = 0;
  return commands[command](turn);
}

const commands: Readonly<Record<Command, (turn: Turn) => Stop>> = {
  greeting: (turn) => openFlow(turn, turn.pack.entry),
  menu: (turn) => openFlow(turn, turn.pack.menu),
  restart: (turn) => openFlow(turn, restartable(turn)),
  back: goBack,
  language: askLanguage,
  help,
  person: callPerson,
  stop,
  start,
};

/** The outermost flow, when it can begin on its own. */
function restartable(turn: Turn): string {
  const flow = turn.session.stack[0]?.flow ?? '';
  const compiled = turn.pack.flows.get(flow);
  return compiled === undefined || compiled.builtIn !== undefined || needsInputs(turn, flow) ? turn.pack.entry : flow;
}

function goBack(turn: Turn): Stop {
  const { session } = turn;
  if (session.stack.at(-1)?.flow === LANGUAGE_FLOW) {
    session.stack.pop();
    return askAgain(turn);
  }
  if (interludeAt(session) >= 0) {
    leaveInterlude(turn, 'left');
    return askAgain(turn);
  }
  const trail = session.trail ?? [];
  const standing = session.stack.length > 0;
  const before = trail.slice(0, standing ? -1 : undefined).filter((place) => reachable(turn, place));
  const last = before.at(-1);
  if (last === undefined) {
    turn.post({ type: 'text', text: turn.platform('first_step') });
    return standing ? askAgain(turn) : openFlow(turn, turn.pack.menu);
  }
  session.trail = before.slice(0, -1);
  const [flow = '', node = ''] = last.split('/');
  const depth = session.stack.findLastIndex((frame) => frame.flow === flow);
  if (depth < 0) return openFlow(turn, flow);
  session.stack.length = depth + 1;
  const frame = session.stack[depth];
  if (frame !== undefined) frame.node = node;
  delete session.page;
  return runNodes(turn);
}

/** A flow that is still open can be gone back into; any other begins anew, unless it needs values to begin. */
function reachable(turn: Turn, place: string): boolean {
  const [flow = '', node = ''] = place.split('/');
  if (turn.pack.flows.get(flow)?.nodes.has(node) !== true) return false;
  return turn.session.stack.some((frame) => frame.flow === flow) || !needsInputs(turn, flow);
}

function needsInputs(turn: Turn, flow: string): boolean {
  return Object.keys(turn.pack.flows.get(flow)?.inputs ?? {}).length > 0;
}

function askLanguage(turn: Turn): Stop {
  if (turn.session.stack.at(-1)?.flow === LANGUAGE_FLOW) return askAgain(turn);
  const asking = turn.session.stack.length > 0;
  try {
    if (!asking) enterFlow(turn, turn.pack.menu, {});
    const frame = enterFlow(turn, LANGUAGE_FLOW, {});
    if (asking) frame.asksAgain = true;
  } catch {
    return failStep(turn, 'flow:too-deep', 'No room for the language question');
  }
  return runNodes(turn);
}

function help(turn: Turn): Stop {
  postWayOut(turn, turn.platform('help'));
  return turn.session.stack.length === 0 ? { type: 'resting' } : { type: 'waiting' };
}

function callPerson(turn: Turn): Stop {
  const frame = turn.session.stack.at(-1);
  const { voiceNotes } = turn.session;
  const values: JsonObject = { ...frame?.values, ...(voiceNotes && { voiceNotes }) };
  turn.emit({
    type: 'ticket_opened',
    topic: PERSON_TOPIC,
    summary: frame === undefined ? '' : `${frame.flow}/${frame.node}`,
    values,
  });
  turn.post({ type: 'text', text: handoffText(turn) });
  return frame === undefined ? { type: 'resting' } : { type: 'waiting' };
}

function stop(turn: Turn): Stop {
  leaveAll(turn, 'stopped');
  turn.emit({ type: 'opted_out' });
  turn.post({ type: 'text', text: turn.platform('stopped') });
  return { type: 'resting' };
}

function start(turn: Turn): Stop {
  if (turn.context.contact.optedOut === true) {
    turn.emit({ type: 'opted_in' });
    turn.post({ type: 'text', text: turn.platform('started') });
  }
  return openFlow(turn, turn.pack.entry);
}
