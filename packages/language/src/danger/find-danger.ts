/**
 * Hears a cry for help in any of the thirteen languages, native or romanised, mixed and misspelt. A danger is two or three
 * ideas near each other ("saans" and "nahi", "chest" and "pain"), found in one pass over the words. Missing a cry is far
 * worse than answering a calm question with an emergency number, so only a few things make it silent: a plain denial ("no
 * chest pain", "aag nahi lagi") and talk about the thing (its meaning, a film, an insurance).
 */
import { ideasOf } from './lexicon.ts';
import { DANGERS, type Danger, RULES, type Rule } from './rules.ts';
import type { Idea } from './words/danger-words.ts';
import { dangerWordsOf } from './words-of.ts';

/** Words that may lie between the first and the last idea of a rule, both counted. */
const WINDOW = 7;
const WIDE_WINDOW = 14;

/** The rules by each of their ideas, so that a word asks only those that it could complete. */
const rulesByIdea = new Map<Idea, Rule[]>();
for (const rule of RULES) for (const idea of rule.ideas) rulesByIdea.set(idea, [...(rulesByIdea.get(idea) ?? []), rule]);

/** The last place of an idea and the one before it. */
type Places = readonly [number, number];

/** The gravest danger that a message tells of; undefined for everything else. Any text, linear time. */
export function findDanger(text: string): Danger | undefined {
  const words = dangerWordsOf(text).map(ideasOf);
  if (words.every((ideas) => ideas.size === 0)) return undefined;
  if (isBareCry(words)) return 'distress';
  if (words.some((ideas) => ideas.has('talk'))) return undefined;
  const said = new Set(words.flatMap((ideas) => [...ideas]));
  const ordinary = isOrdinary(words, said);
  let gravest: number = DANGERS.length;
  const last = new Map<Idea, Places>();
  for (const [at, ideas] of words.entries()) {
    for (const idea of ideas) last.set(idea, [at, last.get(idea)?.[0] ?? Number.NEGATIVE_INFINITY]);
    for (const rule of rulesAt(ideas)) {
      if (rule.soft && ordinary) continue;
      if (rule.unless !== undefined && said.has(rule.unless)) continue;
      const rank = DANGERS.indexOf(rule.danger);
      const places = rank < gravest ? placesOf(rule, last, at) : undefined;
      if (places !== undefined && !denied(rule, places, words)) gravest = rank;
    }
  }
  return DANGERS[gravest];
}

/** Talk of a brigade or an audit; a number alone is asked for in fear, too: "fire in my home, what is the number". */
function isOrdinary(words: readonly ReadonlySet<Idea>[], said: ReadonlySet<Idea>): boolean {
  if (!said.has('ordinary')) return false;
  return !said.has('me') || words.some((ideas) => ideas.has('ordinary') && !ideas.has('number') && !ideas.has('asking'));
}

/** "Bachao!", "hello sir, save": nothing that could be saved but the one who writes. */
function isBareCry(words: readonly ReadonlySet<Idea>[]): boolean {
  return words.some((ideas) => ideas.has('save')) && words.every((ideas) => ideas.has('save') || ideas.has('courtesy'));
}

/** Words share their sets of ideas, so each set is looked up once. */
const rulesBySet = new WeakMap<ReadonlySet<Idea>, readonly Rule[]>();

function rulesAt(ideas: ReadonlySet<Idea>): readonly Rule[] {
  const known = rulesBySet.get(ideas);
  if (known !== undefined) return known;
  const rules = [...new Set([...ideas].flatMap((idea) => rulesByIdea.get(idea) ?? []))];
  rulesBySet.set(ideas, rules);
  return rules;
}

/** A place for each idea, near the word at `at`; two ideas do not share one word. Undefined where the rule does not hold. */
function placesOf({ ideas, wide }: Rule, last: ReadonlyMap<Idea, Places>, at: number): number[] | undefined {
  const window = wide ? WIDE_WINDOW : WINDOW;
  if (!ideas.every((idea) => at - (last.get(idea)?.[0] ?? Number.NEGATIVE_INFINITY) < window)) return undefined;
  const place = (taken: readonly number[]): number[] | undefined => {
    const idea = ideas[taken.length];
    if (idea === undefined) return [...taken];
    for (const each of last.get(idea) ?? []) {
      if (at - each >= window || taken.includes(each)) continue;
      const all = place([...taken, each]);
      if (all !== undefined) return all;
    }
    return undefined;
  };
  return place([]);
}

/** "no chest pain", "aag nahi lagi", "saanp ne kaata nahi hai": a denial stands before, between or at the very end. */
function denied({ ideas }: Rule, places: readonly number[], words: readonly ReadonlySet<Idea>[]): boolean {
  if (ideas.includes('not')) return false;
  const first = Math.min(...places);
  const end = Math.max(...places);
  const says = (at: number): boolean => words[at]?.has('not') === true && !ideas.some((idea) => words[at]?.has(idea));
  if (says(first - 1)) return true;
  if (end - first === 2 && says(first + 1)) return true;
  const after = words.length - end - 2;
  return says(end + 1) && (after === 0 || (after === 1 && words[end + 2]?.has('copula') === true));
}
