/**
 * Offers to go on in the language that somebody writes, when it is another than the one they chose: a button below the answer,
 * once for each language in a conversation, and only after three words or more that leave little doubt. Nothing changes unless it
 * is tapped.
 */
import { findLanguage, identifyLanguage } from '@hazir/language';
import { messageIn } from '../texts/localized.ts';
import { askAgain, type Stop } from './run.ts';
import type { Turn } from './turn.ts';

const FEWEST_WORDS = 3;
const CHOICE = '@speak/';

/** The language that a text is surely in, when the pack speaks it. */
export function surelyWritten(turn: Turn, said: string, languages: readonly string[] = turn.pack.languages): string | undefined {
  const found = identifyLanguage(said);
  if (found === undefined || found.words < FEWEST_WORDS || !found.sure) return undefined;
  return languages.includes(found.language) ? found.language : undefined;
}

/** Adds the offer to what was answered; does nothing where the conversation is at rest, or a call is awaited. */
export function offerLanguage(turn: Turn, said: string, stop: Stop): void {
  const { session, pack } = turn;
  if (stop.type !== 'waiting' || session.waiting?.for !== 'input' || pack.languages.length < 2) return;
  const chosen = session.language ?? turn.context.contact.language;
  if (chosen === undefined) return;
  const language = surelyWritten(turn, said);
  // Romanised Urdu is heard as Hindi.
  if (language === 'hi' && chosen === 'ur') return;
  if (language === undefined || language === chosen || session.offered?.includes(language) === true) return;
  const label = findLanguage(language)?.ownName ?? language;
  const text = pack.platform.get('offer_language');
  const line = text === undefined ? undefined : messageIn(text, language, pack.defaultLanguage)?.format({ language: label });
  if (line === undefined) return;
  session.offered = [...(session.offered ?? []), language];
  turn.post({ type: 'choice', text: line, choices: [{ id: `${CHOICE}${language}`, label }] });
}

/** Takes a tap on such an offer, also on an old one; undefined for any other id. */
export function takeOffer(turn: Turn, id: string): Stop | undefined {
  const language = id.startsWith(CHOICE) ? id.slice(CHOICE.length) : undefined;
  if (language === undefined || !turn.pack.languages.includes(language)) return undefined;
  turn.session.language = language;
  turn.emit({ type: 'language_changed', language });
  turn.post({ type: 'text', text: turn.platform('language_changed', { language: findLanguage(language)?.ownName ?? language }) });
  if (turn.session.stack.length === 0) return { type: 'resting' };
  return turn.session.waiting?.for === 'call' ? { type: 'waiting' } : askAgain(turn);
}
