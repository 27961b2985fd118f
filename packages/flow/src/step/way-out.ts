import { commandChoice } from './choice-id.ts';
import type { Turn } from './turn.ts';

const WAYS = ['menu', 'person'] as const;

/** Says something with the two ways on: the menu and a person. Where a channel has no buttons, their words are listed. */
export function postWayOut(turn: Turn, text: string): void {
  const choices = WAYS.map((command) => ({ id: commandChoice(command), label: turn.platform(command) }));
  if (turn.context.capabilities.buttons.most >= choices.length) turn.post({ type: 'choice', text, choices });
  else turn.post({ type: 'text', text: [text, choices.map(({ label }) => `• ${label}`).join('\n')].join('\n\n') });
}
