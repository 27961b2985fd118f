/**
 * Tells a plain question for a number ("what is the number for a gas leak") from somebody in danger. Every word has to belong to the
 * question: one that does not ("hua", "at home", "jaldi") may be the cry, and then it is one.
 */
import { ideasOf } from './lexicon.ts';
import type { Danger } from './rules.ts';
import type { Idea } from './words/danger-words.ts';
import { dangerWordsOf } from './words-of.ts';

/** Nobody asks for these numbers but about a thing; who asks for a number against despair or beating may need it now. */
const ASKED_ABOUT: ReadonlySet<Danger> = new Set<Danger>([
  'fire',
  'gas_leak',
  'snake_bite',
  'electric_shock',
  'injury',
  'collapse',
  'flood',
]);
/** What is asked about; not what it does just now: "smell", "burning", "trapped". */
const THINGS: readonly Idea[] = [
  'accident',
  'bite',
  'collapse',
  'current',
  'cylinder',
  'fire',
  'flood',
  'gas',
  'leak',
  'shock',
  'snake',
];
const MOST_WORDS = 12;

/** Whether words in which a danger was found do nothing but ask for the number to call about it. */
export function onlyAsksForNumber(text: string, danger: Danger): boolean {
  if (!ASKED_ABOUT.has(danger)) return false;
  const words = dangerWordsOf(text).map(ideasOf);
  if (words.length > MOST_WORDS || !words.some((ideas) => ideas.has('number'))) return false;
  const asks = (at: number): boolean => words[at]?.has('asking') === true && !THINGS.some((idea) => words[at]?.has(idea));
  if (!words.some((_, at) => asks(at))) return false;
  return words.every((ideas, at) => {
    if (ideas.has('number') || asks(at) || THINGS.some((idea) => ideas.has(idea))) return true;
    // "What is the number", "number kya hai", "कोणता नंबर आहे"; but "gas leak hai" says that it is so.
    const ends = words[at - 1]?.has('number') === true && asks(at - 2);
    return ideas.has('copula') && (asks(at - 1) || asks(at + 1) || ends);
  });
}
