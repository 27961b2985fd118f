/** Which passages answer a question on a day: none, the one, or the few between which the words do not decide. */
import { createTextIndex, type Hit, type IndexedText, type TextIndex } from '@hazir/language';
import { dayOf } from './day.ts';
import { isValid, type Passage } from './passages.ts';
import type { KnowledgeSettings } from './settings.ts';

export interface Found {
  passage: Passage;
  /** How much of the question it answers, 0 to 1. */
  likeness: number;
}

export interface Knowledge {
  passages: ReadonlyMap<string, Passage>;
  /** What is searched: the questions in every language at once, as people write one language in another's letters. */
  texts: readonly IndexedText[];
  /** Everything that shares a word with the question, best first, whether told today or not. */
  search: (question: string) => Hit[];
  /** The nearest few of that, with whether they are told today. */
  nearest: (hits: readonly Hit[], now: number) => { id: string; likeness: number; told: boolean }[];
  /** What is answered of that: at most three, best first. */
  answers: (hits: readonly Hit[], now: number) => Found[];
}

/** Of these the valid ones may answer. */
export const MOST_LOOKED_AT = 20;
const MOST_OFFERED = 3;
const MOST_SHOWN = 5;

/** The index in memory is built when it is first asked: where it is too large for that, it never is. */
export function createKnowledge(passages: readonly Passage[], settings: KnowledgeSettings): Knowledge {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const texts = passages.flatMap(({ id, questions }) => questions.map((text) => ({ id, text })));
  let index: TextIndex | undefined;
  const search = (question: string): Hit[] => {
    index ??= createTextIndex(texts);
    return index.search(question, MOST_LOOKED_AT);
  };
  return {
    passages: byId,
    texts,
    search,
    nearest: (hits, now) =>
      hits.slice(0, MOST_SHOWN).map(({ id, likeness }) => ({ id, likeness, told: isTold(byId.get(id), dayOf(now)) })),
    answers: (hits, now) => {
      const today = dayOf(now);
      const told = hits.flatMap(({ id, likeness }) => {
        const passage = byId.get(id);
        return passage === undefined || !isValid(passage, today) ? [] : [{ passage, likeness }];
      });
      const best = told[0]?.likeness ?? 0;
      const least = Math.max(settings.answerFrom, best - settings.nearWithin);
      return told.filter(({ likeness }) => likeness >= least).slice(0, MOST_OFFERED);
    },
  };
}

function isTold(passage: Passage | undefined, today: string): boolean {
  return passage !== undefined && isValid(passage, today);
}
