/** Leaves flows. Every flow that began is said to have ended, so that reports count both. */
import type { Turn } from './turn.ts';

/** Closes every open flow, innermost first. */
export function leaveAll(turn: Turn, exit: string): void {
  while (turn.session.stack.length > 0) leaveOne(turn, exit);
}

/** Closes the innermost flow. */
export function leaveOne(turn: Turn, exit: string): void {
  const frame = turn.session.stack.pop();
  delete turn.session.page;
  if (frame === undefined || turn.pack.flows.get(frame.flow)?.builtIn !== undefined) return;
  turn.emit({ type: 'flow_ended', flow: frame.flow, exit });
}
