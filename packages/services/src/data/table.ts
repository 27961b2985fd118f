/** Reads CSV files of a pack. A text has one column per language (`name_en`, `name_hi`), or one for all (`name`). */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Localized } from './localized.ts';
import { checkShape, type DataReader } from './source.ts';
import { unguarded } from './write-csv.ts';

export interface TableRow<Values> {
  /** 1-based, where the row ends. */
  line: number;
  values: Values;
  /** A text column in every language of the pack. */
  text: (column: string) => Localized;
}

export interface TableSpec<Schema extends z.ZodType> {
  file: string;
  /** The columns that are no texts. */
  columns: Schema;
  /** Text columns; `required` ones must not be empty. */
  texts: Readonly<Record<string, 'required' | 'optional'>>;
}

const MOST_ROWS = 50_000;
const rawRows = z
  .array(z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) }))
  .max(MOST_ROWS);

/** Reads a table; rows with a problem are reported and left out. */
export function readTable<Schema extends z.ZodType>(reader: DataReader, spec: TableSpec<Schema>): TableRow<z.output<Schema>>[] {
  const text = reader.read(spec.file);
  if (text === undefined) return [];
  const rows: TableRow<z.output<Schema>>[] = [];
  for (const { record, info } of parseRows(reader, spec.file, text)) {
    const at = {
      reader,
      file: spec.file,
      lineOf: () => info.lines,
      hint: 'Correct this row; the columns are described in docs/how-to/service-operations.md.',
    };
    const values = checkShape(spec.columns, record, at);
    const texts = readTexts(reader, spec, { record, line: info.lines });
    if (values === undefined || texts === undefined) continue;
    rows.push({ line: info.lines, values, text: (column) => texts.get(column) ?? new Map() });
  }
  return rows;
}

/** Reports every key that an earlier row of the table had. */
export function reportRepeats(reader: DataReader, file: string, rows: readonly { line: number; key: string }[]): void {
  const seen = new Map<string, number>();
  for (const { line, key } of rows) {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, line);
    else
      reader.report('data:duplicate', `"${key}" stands in line ${first} already`, { file, line, hint: 'Remove one of the two.' });
  }
}

function parseRows(reader: DataReader, file: string, text: string): z.output<typeof rawRows> {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
      trim: true,
      cast: unguarded,
    });
    return rawRows.parse(parsed);
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === 'number' ? error.lines : 1;
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    reader.report('data:csv', `This is not a valid CSV table: ${reason}`, {
      file,
      line,
      hint: 'Check the number of commas and the quotes in this line.',
    });
    return [];
  }
}

function readTexts(
  reader: DataReader,
  { file, texts }: { file: string; texts: Readonly<Record<string, 'required' | 'optional'>> },
  { record, line }: { record: Record<string, string>; line: number },
): ReadonlyMap<string, Localized> | undefined {
  const found = new Map<string, Localized>();
  let complete = true;
  for (const [column, need] of Object.entries(texts)) {
    const byLanguage = new Map(
      reader.languages.map((language) => [language, record[`${column}_${language}`] ?? record[column] ?? '']),
    );
    const missing = [...byLanguage].filter(([, value]) => value === '').map(([language]) => language);
    const empty = missing.length === byLanguage.size;
    if (missing.length > 0 && (need === 'required' || !empty)) {
      complete = false;
      const columns = missing.map((language) => `${column}_${language}`).join(', ');
      reader.report('data:text-missing', `No text in ${columns}`, {
        file,
        line,
        hint: 'Write it in every language of the pack.',
      });
    }
    found.set(column, empty ? new Map() : byLanguage);
  }
  return complete ? found : undefined;
}
