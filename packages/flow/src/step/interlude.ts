/**
 * An interlude: a flow that runs on top of an open question, which is asked again afterwards, so that nothing half-written
 * is lost to an officer's update. Its first frame has `asksAgain`. Where it comes to rest (at a card with buttons) the
 * question below is asked again in the same turn: the card stays on the screen, and a tap on it still works. Any other
 * message drops the card and answers the question.
 */
import type { InboundContent } from '@hazir/core';
import type { Session } from '../contract.ts';
import type { CompiledNode } from '../nodes/node-type.ts';
import { parseChoiceId } from './choice-id.ts';
import { leaveOne } from './leave.ts';
import { placeOf, type Turn } from './turn.ts';

/** Index of the first frame of the innermost interlude, -1 when there is none. */
export function interludeAt({ stack }: Session): number {
  return stack.findLastIndex(({ asksAgain }) => asksAgain === true);
}

/** True when a question is open that an interlude would not lose: not at rest, at a menu or a card, or in a call. */
export function inTheMiddle(turn: Turn): boolean {
  const node = standingAt(turn);
  return turn.session.waiting?.for === 'input' && node !== undefined && node.rests !== true;
}

/** Closes the innermost interlude; what it interrupted is open again. */
export function leaveInterlude(turn: Turn, exit: string): void {
  const base = interludeAt(turn.session);
  while (base >= 0 && turn.session.stack.length > base) leaveOne(turn, exit);
}

/** Drops the card that an interlude rests at, unless this is a tap on it. */
export function dropCard(turn: Turn, content?: InboundContent): void {
  const { session } = turn;
  if (session.waiting?.for !== 'input' || interludeAt(session) < 0 || standingAt(turn)?.rests !== true) return;
  const tapped = content?.type === 'choice' ? parseChoiceId(content.id) : undefined;
  const here = placeOf(session);
  if (tapped?.flow === here.flow && tapped.node === here.node) return;
  leaveInterlude(turn, 'left');
  session.waiting = { for: 'input' };
}

/** Asks the question below an interlude again while the interlude stays open above it. */
export function askBelow(turn: Turn): void {
  const { stack } = turn.session;
  const above = stack.splice(interludeAt(turn.session));
  try {
    turn.node().ask?.(turn, 'first');
  } finally {
    stack.push(...above);
  }
}

function standingAt(turn: Turn): CompiledNode | undefined {
  const { flow, node } = placeOf(turn.session);
  return turn.pack.flows.get(flow)?.nodes.get(node);
}
