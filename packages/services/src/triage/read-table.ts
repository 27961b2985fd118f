/** Reads a pack's decision tables, and refuses what could make somebody look less in danger than they are. */
import { z } from 'zod';
import { checkShape, type DataReader } from '../data/source.ts';
import { readYaml, type YamlData } from '../data/yaml.ts';
import { type DecisionTable, type Row, UNSURE, URGENCIES } from './assess.ts';

const HINT = 'Decision tables are described in docs/how-to/triage.md.';
const MOST_SIGNS = 200;
const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'must be of lower-case letters, digits and dashes' });
const sign = name.refine((given) => given !== UNSURE, { error: `"${UNSURE}" is understood by every table` });
const localized = z.record(z.string(), z.string().min(1).max(600));
const signs = z.array(sign).max(MOST_SIGNS).default([]);

const tableSchema = z
  .strictObject({
    table: name,
    version: z.string().min(1).max(40),
    source: z.string().min(1).max(300),
    url: z.url({ protocol: /^https$/ }).max(300),
    asOf: z.iso.date(),
    review: z.iso.date(),
    inputs: z.record(name, z.array(sign).min(1).max(MOST_SIGNS)),
    rows: z
      .array(
        z
          .strictObject({ id: name, anyOf: signs, allOf: signs, urgency: z.enum(URGENCIES), name: localized, advice: localized })
          .refine(({ anyOf, allOf }) => anyOf.length + allOf.length > 0, {
            error: 'must name at least one sign, under anyOf or allOf',
          }),
      )
      .min(1)
      .max(MOST_SIGNS),
  })
  .refine(({ asOf, review }) => asOf < review, { error: 'must be later than asOf', path: ['review'] });

type Written = z.output<typeof tableSchema>;

/** The table of a file; undefined after reporting what is wrong with it. */
export function readTable(reader: DataReader, file: string): DecisionTable | undefined {
  const yaml = readYaml(reader, file);
  const written = yaml && checkShape(tableSchema, yaml.value, { reader, file, lineOf: yaml.lineOf, hint: HINT });
  if (yaml === undefined || written === undefined) return undefined;
  const before = reader.problems.length;
  checkSigns(reader, { file, yaml, written });
  checkRows(reader, { file, yaml, written });
  if (reader.problems.length > before) return undefined;
  const { table: id, inputs, rows, ...rest } = written;
  return { id, ...rest, inputs: new Map(Object.entries(inputs)), rows: rows.map(build) };
}

interface Place {
  file: string;
  yaml: YamlData;
  written: Written;
}

/** A sign that no row reads would silently be nothing. */
function checkSigns(reader: DataReader, { file, yaml, written: { inputs, rows } }: Place): void {
  const read = new Set(rows.flatMap(({ anyOf, allOf }) => [...anyOf, ...allOf]));
  const seen = new Set<string>();
  for (const [group, known] of Object.entries(inputs))
    for (const [index, each] of known.entries()) {
      const at = { file, line: yaml.lineOf(['inputs', group, index]), hint: HINT };
      if (seen.has(each)) reader.report('data:duplicate', `The sign "${each}" is there already`, at);
      if (!read.has(each)) reader.report('triage:bad-table', `No row says anything of "${each}"`, at);
      seen.add(each);
    }
}

function checkRows(reader: DataReader, { file, yaml, written: { inputs, rows } }: Place): void {
  const known = new Set(Object.values(inputs).flat());
  for (const [index, row] of rows.entries()) {
    const at = (...path: PropertyKey[]) => ({ file, line: yaml.lineOf(['rows', index, ...path]), hint: HINT });
    if (rows.findIndex(({ id }) => id === row.id) < index)
      reader.report('data:duplicate', `The row "${row.id}" is there already`, at('id'));
    for (const list of ['anyOf', 'allOf'] as const)
      for (const [place, each] of row[list].entries())
        if (!known.has(each)) reader.report('triage:bad-table', `The inputs have no sign "${each}"`, at(list, place));
    for (const text of ['name', 'advice'] as const)
      for (const language of reader.languages.filter((one) => !Object.hasOwn(row[text], one)))
        reader.report('data:text-missing', `The ${text} of "${row.id}" is missing in ${language}`, at(text));
  }
}

function build({ name: named, advice, ...row }: Written['rows'][number]): Row {
  return { ...row, name: new Map(Object.entries(named)), advice: new Map(Object.entries(advice)) };
}
