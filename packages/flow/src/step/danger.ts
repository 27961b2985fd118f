/**
 * A cry for help: the card with whom to call goes out at once, ahead of everything that waits to be sent, and a ticket of the
 * first priority is opened. The open question stays as it was, and it is not asked again below the card: whoever needs an
 * ambulance must not be asked for a PIN code.
 */
import { type Danger, findDanger, maskIdentifiers } from '@hazir/language';
import { dangerText } from '../danger/compile-danger-texts.ts';
import { RESCUERS } from '../danger/numbers.ts';
import { DANGER_FLOW } from '../pack/built-in.ts';
import { messageIn } from '../texts/localized.ts';
import type { Stop } from './run.ts';
import { placeOf, type Turn, textOf } from './turn.ts';

/** The topic of a ticket about somebody in danger; its summary is which. */
const DANGER_TOPIC = 'danger';
/** UTF-16 units of the citizen's words that go with the ticket. */
const MOST_WORDS = 1_000;

/** Answers a cry for help; undefined for any other message. */
export function answerDanger(turn: Turn, said: string): Stop | undefined {
  const danger = findDanger(said);
  if (danger === undefined) return undefined;
  const { flow, node } = placeOf(turn.session);
  turn.emit({
    type: 'ticket_opened',
    topic: DANGER_TOPIC,
    summary: danger,
    values: { said: maskIdentifiers(said).slice(0, MOST_WORDS), at: flow === '' ? '' : `${flow}/${node}` },
    priority: 1,
  });
  turn.session.misses = 0;
  turn.outgoing.add({ content: { type: 'text', text: cardFor(turn, danger) } }, { flow: DANGER_FLOW, node: danger });
  return turn.session.stack.length === 0 ? { type: 'resting' } : { type: 'waiting' };
}

/** Whether the message of this turn will be answered so: nothing else is said before it. */
export function criesForHelp({ input }: Turn): boolean {
  const said = input.type === 'message' ? textOf(input.content) : undefined;
  return said !== undefined && findDanger(said) !== undefined;
}

function cardFor(turn: Turn, danger: Danger): string {
  const numbers = Object.fromEntries(RESCUERS.map((rescuer) => [rescuer, turn.pack.emergency[rescuer].phone]));
  return [danger, 'told' as const].map((name) => say(turn, dangerText(name), numbers)).join('\n\n');
}

function say(turn: Turn, name: string, numbers: { [rescuer: string]: string }): string {
  const text = turn.pack.platform.get(name);
  return text === undefined ? '' : (messageIn(text, turn.language(), turn.pack.defaultLanguage)?.format(numbers) ?? '');
}
