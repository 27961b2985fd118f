/**
 * What a citizen wrote before it could be asked for. The words stay with the flow that they opened, a question that listens takes
 * what it needs out of them, and nothing is taken twice: who goes back to the question is asked.
 */
import { type Entity, extractEntities } from '@hazir/language';
import type { Frame, Heard } from '../contract.ts';
import type { Turn } from './turn.ts';

/** UTF-16 units that are kept: a session must stay small. */
const MOST_HEARD = 1_000;
/** UTF-16 units of a place's name with what stands around it. */
const LONGEST_PLACE = 80;
const anything = /[\p{L}\p{Nd}]/u;

/** Words as a flow keeps them. */
export function heardOf(text: string, at: number): Heard {
  return { text: text.slice(0, MOST_HEARD).toWellFormed(), at };
}

/** What the open flow was told, also by whoever runs it, but not below an interlude. */
export function heardBy({ session }: Turn): { heard: Heard; frame: Frame } | undefined {
  for (const frame of session.stack.toReversed()) {
    if (frame.heard !== undefined) return { heard: frame.heard, frame };
    if (frame.asksAgain === true) return undefined;
  }
  return undefined;
}

/** Adds words of an answer, for the questions that follow it in the flow. */
export function hear(turn: Turn, text: string): void {
  if (![...turn.flow().nodes.values()].some(({ listens }) => listens !== undefined)) return;
  const before = heardBy(turn);
  const frame = before?.frame ?? turn.frame();
  frame.heard = heardOf(before === undefined ? text : `${text}\n${before.heard.text}`, turn.context.now);
}

/** Adds words that are no answer to what is asked, where they tell a place: people say where before they are asked. */
export function hearPlace(turn: Turn, text: string): void {
  const pins = extractEntities(text, { today: new Date(turn.context.now).toISOString().slice(0, 10) }).filter(
    ({ kind }) => kind === 'pin',
  );
  if (pins.length > 0 || isPlaceName(turn, text)) hear(turn, text);
}

/** The words are the name of a place and little else; nobody looks for one in a long message. */
export function isPlaceName(turn: Turn, text: string): boolean {
  return text.length <= LONGEST_PLACE && turn.context.named?.(text, turn.pack)?.sure === true;
}

/** Takes something that was used out of the words. */
export function useUp({ heard, frame }: { heard: Heard; frame: Frame }, { start, end }: Pick<Entity, 'start' | 'end'>): void {
  const text = heard.text.slice(0, start) + ' '.repeat(end - start) + heard.text.slice(end);
  if (anything.test(text)) frame.heard = { ...heard, text };
  else delete frame.heard;
}
