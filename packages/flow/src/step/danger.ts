/**
 * A cry for help: the card with whom to call goes out at once, ahead of everything that waits to be sent, and a ticket of the
 * first priority is opened. The open question stays as it was, and it is not asked again below the card: whoever needs an
 * ambulance must not be asked for a PIN code.
 */
import { type Danger, findDanger, identifyLanguage, maskIdentifiers, onlyAsksForNumber } from '@hazir/language';
import { DANGER_TEXTS } from '../danger/all-texts.ts';
import { dangerText } from '../danger/compile-danger-texts.ts';
import { RESCUERS } from '../danger/numbers.ts';
import { DANGER_FLOW } from '../pack/built-in.ts';
import { messageIn } from '../texts/localized.ts';
import { surelyWritten } from './offer-language.ts';
import type { Stop } from './run.ts';
import { placeOf, type Turn, textOf } from './turn.ts';

/** The topic of a ticket about somebody in danger; its summary is which. */
const DANGER_TOPIC = 'danger';
/** UTF-16 units of the citizen's words that go with the ticket. */
const MOST_WORDS = 1_000;

/** Answers a cry for help, or a plain question for the number to call then, which nobody has to be woken for; undefined for any other message. */
export function answerDanger(turn: Turn, said: string): Stop | undefined {
  const danger = findDanger(said);
  if (danger === undefined) return undefined;
  const asked = onlyAsksForNumber(said, danger);
  if (!asked) openDangerTicket(turn, said, danger);
  turn.session.misses = 0;
  turn.outgoing.add(
    { content: { type: 'text', text: cardFor(turn, asked ? [danger] : [danger, 'told'], languageOf(turn, said)) } },
    { flow: DANGER_FLOW, node: danger },
  );
  return turn.session.stack.length === 0 ? { type: 'resting' } : { type: 'waiting' };
}

function openDangerTicket(turn: Turn, said: string, danger: Danger): void {
  const { flow, node } = placeOf(turn.session);
  turn.emit({
    type: 'ticket_opened',
    topic: DANGER_TOPIC,
    summary: danger,
    values: { said: maskIdentifiers(said).slice(0, MOST_WORDS), at: flow === '' ? '' : `${flow}/${node}` },
    priority: 1,
  });
}

/** The language of the cry where it is sure, any of the thirteen; else what the citizen has chosen, and for somebody new the likeliest. */
function languageOf(turn: Turn, said: string): string {
  const sure = surelyWritten(turn, said, Object.keys(DANGER_TEXTS));
  const chosen = turn.session.language ?? turn.context.contact.language;
  return sure ?? chosen ?? identifyLanguage(said)?.language ?? turn.language();
}

/** Whether the message of this turn will be answered so: nothing else is said before it. */
export function criesForHelp({ input }: Pick<Turn, 'input'>): boolean {
  const said = input.type === 'message' ? textOf(input.content) : undefined;
  return said !== undefined && findDanger(said) !== undefined;
}

function cardFor(turn: Turn, parts: readonly (Danger | 'told')[], language: string): string {
  const numbers = Object.fromEntries(RESCUERS.map((rescuer) => [rescuer, turn.pack.emergency[rescuer].phone]));
  return parts.map((name) => say(turn, dangerText(name), { numbers, language })).join('\n\n');
}

function say(
  turn: Turn,
  name: string,
  { numbers, language }: { numbers: { [rescuer: string]: string }; language: string },
): string {
  const text = turn.pack.platform.get(name);
  return text === undefined ? '' : (messageIn(text, language, turn.pack.defaultLanguage)?.format(numbers) ?? '');
}
