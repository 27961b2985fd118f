/**
 * The questions by which a pack's knowledge is judged before it is published: those that a passage answers, in words that are not
 * among its own questions, and those that nothing answers.
 */
import { normalize } from '@hazir/language';
import { z } from 'zod';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml } from '../data/yaml.ts';
import type { Knowledge } from './find-passages.ts';

/** Least shares for which a pack is published. */
export const LEAST_CORRECT = 0.9;
export const LEAST_REFUSED = 0.95;
const LEAST_PHRASINGS = 3;

const question = z.string().min(3).max(300);
const golden = z.strictObject({
  answered: z.record(z.string(), z.array(question).min(LEAST_PHRASINGS)),
  unanswered: z.array(question).min(1),
});

export interface Judgement {
  /** Share of the answerable questions whose passage comes first. */
  correct: number;
  /** Share of the others that get no passage. */
  refused: number;
  /** What went wrong, for the author. */
  misses: { question: string; expected: string; got: string }[];
}

/** Judges the knowledge by its golden questions, as if every passage were told today; reports when it is not good enough. */
export function judge(reader: DataReader, file: string, knowledge: Knowledge & { answerFrom: number }): Judgement | undefined {
  const yaml = readYaml(reader, file);
  const hint = 'Golden questions are described in docs/how-to/knowledge.md.';
  const read = yaml && checkShape(golden, yaml.value, { reader, file, lineOf: yaml.lineOf, hint });
  if (yaml === undefined || read === undefined) return undefined;
  for (const id of Object.keys(read.answered).filter((key) => !knowledge.passages.has(key))) {
    reader.report('knowledge:unknown-passage', `There is no passage "${id}"`, {
      file,
      line: yaml.lineOf(['answered', id]),
      hint,
    });
  }
  const own = new Set([...knowledge.passages.values()].flatMap(({ questions }) => questions.map(normalize)));
  const asked = Object.entries(read.answered).flatMap(([expected, all]) => all.map((each) => ({ expected, question: each })));
  for (const { question: each } of asked.filter((one) => own.has(normalize(one.question)))) {
    reader.report('knowledge:golden-seen', `"${each}" is among the questions of a passage`, {
      file,
      hint: 'Ask it in other words here.',
    });
  }
  const judgement = judgeAll([...asked, ...read.unanswered.map((each) => ({ expected: '', question: each }))], knowledge);
  const { correct, refused } = judgement;
  if (correct < LEAST_CORRECT || refused < LEAST_REFUSED) {
    const [first] = judgement.misses;
    const about = first === undefined ? '' : `; the first: "${first.question}"`;
    reader.report('knowledge:golden', `${percent(correct)} answered rightly, ${percent(refused)} refused rightly${about}`, {
      file,
      hint: `At least ${percent(LEAST_CORRECT)} and ${percent(LEAST_REFUSED)} are needed. Add questions to the passages, or move answerFrom.`,
    });
  }
  return judgement;
}

function judgeAll(
  asked: readonly { expected: string; question: string }[],
  { search, answerFrom }: Knowledge & { answerFrom: number },
): Judgement {
  const answers = asked.map((each) => {
    const best = search(each.question).find(({ likeness }) => likeness >= answerFrom);
    return { ...each, got: best?.id ?? '' };
  });
  const share = (wanted: boolean): number => {
    const those = answers.filter(({ expected }) => (expected === '') === wanted);
    return those.length === 0 ? 1 : those.filter(({ expected, got }) => expected === got).length / those.length;
  };
  return { correct: share(false), refused: share(true), misses: answers.filter(({ expected, got }) => expected !== got) };
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}
