/**
 * Shows options in the best form that the channel has: buttons for up to three short ones, a list for up to ten, pages
 * of a list beyond, and numbered text where a channel has no lists or a label does not fit into one. A second line that
 * is too long is cut. The same options are found again when an answer comes, so nothing of them is stored but the page.
 */
import { type ChannelCapabilities, type Choice, clip, type TemplateMessage } from '@hazir/core';
import { normalize, writeDigits } from '@hazir/language';
import { choiceId, commandChoice } from '../step/choice-id.ts';
import type { MatchableOption } from '../step/match-choice.ts';
import type { Turn } from '../step/turn.ts';

export interface Option extends MatchableOption {
  detail?: string | undefined;
}

export const MORE = '+more';
export const PREVIOUS = '+previous';
/** A page of a longer list leaves room for the rows "more" and "previous". */
const ROWS_FOR_PAGING = 2;

/** Options as the citizen sees them now: one page, with rows to turn it and, after misses, the ways out. */
export function visibleOptions(turn: Turn, options: readonly Option[], wayOut: boolean): Option[] {
  const most = turn.context.capabilities.list.most || 10;
  const exits = wayOut ? [commandOption(turn, 'menu'), commandOption(turn, 'person')] : [];
  const room = most - exits.length;
  if (options.length <= room) return [...options, ...exits];
  const size = room - ROWS_FOR_PAGING;
  const page = Math.min(turn.session.page ?? 0, Math.ceil(options.length / size) - 1);
  const shown: Option[] = options.slice(page * size, (page + 1) * size);
  if (page > 0) shown.push(pagingOption(turn, PREVIOUS, 'previous'));
  if ((page + 1) * size < options.length) shown.push(pagingOption(turn, MORE, 'more'));
  return [...shown, ...exits];
}

export interface ShownOptions {
  text: string;
  options: readonly Option[];
  listLabel: string;
  /** Sent instead when the service window has closed; it brings its own quick replies. */
  fallback?: TemplateMessage | undefined;
}

/** Sends the text with its options. */
export function showOptions(turn: Turn, { text, options, listLabel, fallback }: ShownOptions): void {
  const { capabilities } = turn.context;
  const place = { flow: turn.frame().flow, node: turn.frame().node };
  const form = formFor(options, capabilities);
  if (form === 'text') {
    turn.post({ type: 'text', text: [text, numbered(turn, options), turn.platform('reply_number')].join('\n\n') }, fallback);
    return;
  }
  const choices = options.map((option): Choice => {
    const id = option.id.startsWith('@') ? option.id : choiceId({ ...place, option: option.id });
    return {
      id,
      label: option.label,
      ...(form === 'list' && option.detail !== undefined ? { detail: clip(option.detail, capabilities.list.detail) } : {}),
    };
  });
  turn.post({ type: 'choice', text, choices, ...(form === 'list' ? { listLabel } : {}) }, fallback);
}

/** Makes an option of a global command. */
export function commandOption(turn: Turn, command: 'menu' | 'person'): Option {
  return plainOption(commandChoice(command), turn.platform(command));
}

/** Makes an option that is known by one label only. */
export function plainOption(id: string, label: string, detail?: string): Option {
  return { id, label, labels: [normalize(label)], detail };
}

function pagingOption(turn: Turn, id: string, name: 'more' | 'previous'): Option {
  return plainOption(id, turn.platform(name));
}

function formFor(options: readonly Option[], { buttons, list }: ChannelCapabilities): 'buttons' | 'list' | 'text' {
  const longest = options.reduce((most, { label }) => Math.max(most, label.length), 0);
  const detailed = options.some(({ detail }) => detail !== undefined && detail !== '');
  const fitsList = options.length <= list.most && longest <= list.label;
  if (!(detailed && fitsList) && options.length <= buttons.most && longest <= buttons.label) return 'buttons';
  return fitsList ? 'list' : 'text';
}

function numbered(turn: Turn, options: readonly Option[]): string {
  const digits = turn.pack.digits[turn.language()] ?? 'latn';
  const lines = options.map(({ label, detail }, index) => {
    const number = writeDigits(String(index + 1), digits);
    return detail === undefined || detail === '' ? `${number}. ${label}` : `${number}. ${label} – ${detail}`;
  });
  return lines.join('\n');
}
