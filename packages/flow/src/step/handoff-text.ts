import type { Turn } from './turn.ts';

/** Says that a person will answer, with the helpline where the pack has one. */
export function handoffText(turn: Turn): string {
  const helpline = turn.pack.helplines[0];
  return helpline === undefined ? turn.platform('handoff') : turn.platform('handoff_helpline', { helpline });
}
