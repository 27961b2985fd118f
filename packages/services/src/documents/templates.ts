/** What an organization may issue, read from the pack: names, fields and how long a document counts. */
import { z } from 'zod';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml } from '../data/yaml.ts';

const words = z.record(z.string(), z.string().min(1).max(100));
const longWords = z.record(z.string(), z.string().min(1).max(2_000));
const field = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/, { error: 'must be of letters and digits, the first one small' }),
  label: words,
  /** An officer may correct it, once. */
  correctable: z.boolean().default(false),
});
const template = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'must be of lower-case letters, digits and dashes' }),
  name: words,
  validDays: z.number().int().min(1).max(36_500).optional(),
  fields: z.array(field).min(1).max(20),
  /** Texts for the layout by name; the layouts of Hazir print "statement" under the name. */
  texts: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,29}$/), longWords).default({}),
  /** Typst: a file of the pack. Absent: the layout that comes with Hazir. */
  layout: z.string().min(1).max(200).optional(),
});
const shape = z.strictObject({ templates: z.array(template).min(1).max(100) });

export type DocumentTemplate = z.output<typeof template>;

/** Reads the templates by their codes; undefined after reporting what is wrong. */
export function readTemplates(reader: DataReader, file: string): ReadonlyMap<string, DocumentTemplate> | undefined {
  const yaml = readYaml(reader, file);
  if (yaml === undefined) return undefined;
  const { lineOf } = yaml;
  const parsed = checkShape(shape, yaml.value, {
    reader,
    file,
    lineOf,
    hint: 'The fields are described in docs/how-to/documents.md.',
  });
  for (const [index, { code, name, fields, texts }] of parsed?.templates.entries() ?? []) {
    const path = ['templates', index];
    reportMissing(reader, name, { file, line: lineOf([...path, 'name']), what: `"${code}"` });
    for (const [key, text] of Object.entries(texts))
      reportMissing(reader, text, { file, line: lineOf([...path, 'texts', key]), what: `The text "${key}" of "${code}"` });
    for (const [place, { name: key, label }] of fields.entries())
      reportMissing(reader, label, { file, line: lineOf([...path, 'fields', place]), what: `The field "${key}" of "${code}"` });
    reportTwice(
      reader,
      fields.map(({ name: key }) => key),
      { file, line: lineOf([...path, 'fields']) },
    );
  }
  reportTwice(reader, parsed?.templates.map(({ code }) => code) ?? [], { file, line: lineOf(['templates']) });
  return parsed && new Map(parsed.templates.map((each) => [each.code, each]));
}

function reportMissing(reader: DataReader, text: object, { what, ...at }: { file: string; line: number; what: string }): void {
  for (const language of reader.languages.filter((each) => !Object.hasOwn(text, each)))
    reader.report('data:text-missing', `${what} is missing in ${language}`, {
      ...at,
      hint: 'Write it in every language of the pack.',
    });
}

function reportTwice(reader: DataReader, names: readonly string[], at: { file: string; line: number }): void {
  for (const name of new Set(names.filter((each, place) => names.indexOf(each) !== place)))
    reader.report('data:duplicate', `"${name}" is listed twice`, { ...at, hint: 'Remove one of the two.' });
}
