/**
 * Finds the option that a citizen means: by number in any script, then by label in any language of the pack, exactly or
 * by its beginning when only one begins so. When labels are numbers themselves, a label wins over a place in the list.
 */
import { leadingEmoji, normalize } from '@hazir/language';
import { OPTION_WORDS, SAYS_NO, SAYS_YES } from '../locales/words.ts';

export interface MatchableOption {
  id: string;
  /** Normalised labels in every language known. */
  labels: readonly string[];
  /** As shown now. */
  label: string;
}

const bareNumber = /^\d{1,3}$/;
const numberAtEnd = /^(.*?)[\s.#:-]*(\d{1,3})$/;
const SHORTEST_PREFIX = 3;
/** UTF-16 units of an emoji with a skin tone. */
const LONGEST_EMOJI = 4;

/** The option's index, or undefined when none or more than one is meant. */
export function matchChoice(text: string, options: readonly MatchableOption[]): number | undefined {
  const said = normalize(text);
  if (said === '') return undefined;
  const numbered = numberOf(said);
  const labelsAreNumbers = options.some(({ labels }) => labels.some((label) => bareNumber.test(label)));
  if (numbered !== undefined && !labelsAreNumbers) return withinRange(numbered, options.length);
  return matchLabel(text, options) ?? withinRange(numbered, options.length) ?? answerWord(said, options);
}

/** The option with this label in any language, or with this emoji before it. */
export function matchLabel(text: string, options: readonly MatchableOption[]): number | undefined {
  const said = normalize(text);
  if (said === '') return undefined;
  const exact = onlyIndex(options, ({ labels }) => labels.includes(said));
  if (exact !== undefined) return exact;
  const emoji = said.length <= LONGEST_EMOJI ? leadingEmoji(said) : undefined;
  return emoji === undefined ? undefined : onlyIndex(options, ({ label }) => leadingEmoji(label) === emoji);
}

/** The option whose label begins with the text, when it is the only one; asked last, after commands. */
export function matchPrefix(text: string, options: readonly MatchableOption[]): number | undefined {
  const said = normalize(text);
  if (said.length < SHORTEST_PREFIX) return undefined;
  return onlyIndex(options, ({ labels }) => labels.some((label) => label.startsWith(said)));
}

function answerWord(said: string, options: readonly MatchableOption[]): number | undefined {
  if (SAYS_YES.has(said)) return onlyIndex(options, ({ id }) => id === 'yes');
  if (SAYS_NO.has(said)) return onlyIndex(options, ({ id }) => id === 'no');
  return undefined;
}

function numberOf(said: string): number | undefined {
  if (bareNumber.test(said)) return Number(said);
  const match = numberAtEnd.exec(said);
  const word = match?.[1]?.trim();
  return word !== undefined && OPTION_WORDS.has(word) ? Number(match?.[2]) : undefined;
}

function withinRange(number: number | undefined, length: number): number | undefined {
  return number !== undefined && number >= 1 && number <= length ? number - 1 : undefined;
}

function onlyIndex(options: readonly MatchableOption[], test: (option: MatchableOption) => boolean): number | undefined {
  const first = options.findIndex(test);
  if (first < 0) return undefined;
  return options.findLastIndex(test) === first ? first : undefined;
}
