import { z } from 'zod';

const path = z.string().min(1).max(200);
const share = z.number().min(0).max(1);

/** What pack.yaml says of the knowledge. The defaults were measured on the golden questions of the demo pack. */
export const knowledgeSettings = z.strictObject({
  /** Folder with passages.yaml, one file of texts for each language, and golden.yaml. */
  folder: path.default('knowledge'),
  /** Likeness, 0 to 1, from which a passage is an answer. */
  answerFrom: share.default(0.4),
  /** Passages that are less like the question than the best one by no more than this are offered beside it. */
  nearWithin: share.default(0.08),
  /** From here on a passage wins over a flow that the words might open. */
  sureFrom: share.default(0.75),
  /** Questions of passages, in all languages together, up to which every process keeps the index in memory; more are searched in the database. */
  memoryUpTo: z.int().min(0).default(20_000),
});

export type KnowledgeSettings = z.output<typeof knowledgeSettings>;
