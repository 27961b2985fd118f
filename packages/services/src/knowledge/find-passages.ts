/** Which passages answer a question on a day: none, the one, or the few between which the words do not decide. */
import { createTextIndex, type Hit } from '@hazir/language';
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
  /** Everything that shares a word with the question, best first, whether told today or not. */
  search: (question: string) => Hit[];
  /** The nearest few, with whether they are told today. */
  nearest: (question: string, now: number) => { id: string; likeness: number; told: boolean }[];
  /** What is answered: at most three, best first. */
  find: (question: string, now: number) => Found[];
}

const MOST_OFFERED = 3;
const MOST_LOOKED_AT = 20;
const MOST_SHOWN = 5;

/** Builds the index once, over the questions in every language at once: people write one language in another's letters. */
export function createKnowledge(passages: readonly Passage[], settings: KnowledgeSettings): Knowledge {
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const index = createTextIndex(passages.flatMap(({ id, questions }) => questions.map((text) => ({ id, text }))));
  const search = (question: string): Hit[] => index.search(question, MOST_LOOKED_AT);
  return {
    passages: byId,
    search,
    nearest: (question, now) =>
      search(question)
        .slice(0, MOST_SHOWN)
        .map(({ id, likeness }) => ({ id, likeness, told: isTold(byId.get(id), dayOf(now)) })),
    find: (question, now) => {
      const today = dayOf(now);
      const told = search(question).flatMap(({ id, likeness }) => {
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
