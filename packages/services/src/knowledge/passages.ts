/**
 * The approved answers of a pack. What does not depend on the language (source address, validity, the flow to open) stands in
 * passages.yaml, the words in one file for each language. A passage without its source, or without one of the pack's languages, is
 * refused: nothing is answered that nobody stands for.
 */
import { z } from 'zod';
import type { Localized } from '../data/localized.ts';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml } from '../data/yaml.ts';

export interface Passage {
  id: string;
  /** For a button or a row: at most 24 characters. */
  title: Localized;
  answer: Localized;
  /** Who says so, as a citizen knows them. */
  source: Localized;
  /** https address of the source; empty where it is no page. */
  address: string;
  /** Days as 2026-11-22. */
  asOf: string;
  validFrom: string | undefined;
  /** The last day on which it is told. */
  validTo: string;
  /** A flow that does what the passage tells of; empty where there is none. */
  flow: string;
  /** What people ask, in every language and spelling. */
  questions: readonly string[];
}

const MOST_PASSAGES = 5_000;
const hint = 'The fields are described in docs/how-to/knowledge.md.';
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const day = z.iso.date({ error: 'must be a day such as 2026-11-22' });
const address = z.url({ protocol: /^https$/, error: 'must be an https address' });
const facts = z
  .record(id, z.strictObject({ address, asOf: day, validFrom: day.optional(), validTo: day, opens: id.optional() }))
  .refine((passages) => Object.keys(passages).length <= MOST_PASSAGES, { error: `more than ${MOST_PASSAGES} passages` });
const words = z.record(
  id,
  z.strictObject({
    title: z.string().min(1).max(24),
    questions: z.array(z.string().min(3).max(200)).min(1).max(30),
    answer: z.string().min(1).max(800),
    source: z.string().min(1).max(120),
  }),
);

type Words = z.output<typeof words>;

/** Reads the passages in the order of passages.yaml; reports what is missing. `hasFlow` knows the pack's flows. */
export function readPassages(reader: DataReader, folder: string, hasFlow: (flow: string) => boolean): Passage[] {
  const file = `${folder}/passages.yaml`;
  const yaml = readYaml(reader, file);
  const read = yaml && checkShape(facts, yaml.value, { reader, file, lineOf: yaml.lineOf, hint });
  const byLanguage = new Map(reader.languages.map((language) => [language, readWords(reader, `${folder}/${language}.yaml`)]));
  return Object.entries(read ?? {}).flatMap(([key, { opens = '', validFrom, ...rest }]) => {
    const line = yaml?.lineOf([key]) ?? 1;
    if (opens !== '' && !hasFlow(opens))
      reader.report('knowledge:missing-flow', `"${key}" opens "${opens}", which is no flow`, { file, line, hint });
    const missing = [...byLanguage].filter(([, texts]) => texts !== undefined && texts[key] === undefined);
    for (const [language] of missing) {
      const lacking = `"${key}" is not told in ${language}`;
      reader.report('data:text-missing', lacking, { file, line, hint: `Write it in ${folder}/${language}.yaml.` });
    }
    return missing.length > 0 ? [] : [{ id: key, ...rest, validFrom, flow: opens, ...textsOf(key, byLanguage) }];
  });
}

/** True on the days on which a passage is told; `today` as 2026-11-22. */
export function isValid({ validFrom, validTo }: Passage, today: string): boolean {
  return (validFrom === undefined || validFrom <= today) && today <= validTo;
}

function readWords(reader: DataReader, file: string): Words | undefined {
  const yaml = readYaml(reader, file);
  return yaml && checkShape(words, yaml.value, { reader, file, lineOf: yaml.lineOf, hint });
}

function textsOf(
  key: string,
  byLanguage: ReadonlyMap<string, Words | undefined>,
): Pick<Passage, 'title' | 'answer' | 'source' | 'questions'> {
  const told = [...byLanguage].flatMap(([language, texts]) =>
    texts?.[key] === undefined ? [] : [{ language, text: texts[key] }],
  );
  const each = (field: 'title' | 'answer' | 'source'): Localized =>
    new Map(told.map(({ language, text }) => [language, text[field]]));
  return {
    title: each('title'),
    answer: each('answer'),
    source: each('source'),
    questions: told.flatMap(({ text }) => [text.title, ...text.questions]),
  };
}
