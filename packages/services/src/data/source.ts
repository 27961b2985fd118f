/** How services read a pack's data: every mistake becomes a Problem with file, line and remedy, all in one go. */
import type { ErrorCode, Problem } from '@hazir/core';
import type { z } from 'zod';
import type { ServiceSource } from '../service-module.ts';

export interface DataReader {
  languages: readonly string[];
  defaultLanguage: string;
  /** The text of a file of the pack; undefined after reporting that it is missing or too large. */
  read: (file: string) => string | undefined;
  report: (code: ErrorCode, message: string, at: { file: string; line?: number; hint: string }) => void;
  problems: Problem[];
}

/** UTF-16 units of one data file: three times the largest boundary file of a city. */
const MOST_FILE_LENGTH = 1_000_000;
const MOST_PROBLEMS = 200;

/** Begins to read a pack's data for one service. */
export function createReader(source: ServiceSource): DataReader {
  const problems: Problem[] = [];
  const report: DataReader['report'] = (code, message, { file, line = 1, hint }) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ code, message, file, line, hint });
  };
  return {
    languages: source.languages,
    defaultLanguage: source.defaultLanguage,
    problems,
    report,
    read: (file) => {
      const text = source.readText(file);
      if (text === undefined) {
        report('data:file-missing', `The file ${file} does not exist`, {
          file,
          hint: 'Add it, or correct its name in pack.yaml.',
        });
      } else if (text.length > MOST_FILE_LENGTH) {
        report('data:file-large', `${file} is longer than ${MOST_FILE_LENGTH} characters`, {
          file,
          hint: 'Simplify or split it.',
        });
        return undefined;
      }
      return text;
    },
  };
}

/** Checks parsed data against a schema; every difference is reported at the line that `lineOf` finds for its path. */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  at: { reader: DataReader; file: string; lineOf: (path: readonly PropertyKey[]) => number; hint: string },
): z.output<Schema> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    const name = path.map(String).join('.');
    const text = name === '' ? message : `"${name}": ${message}`;
    at.reader.report('data:shape', text, { file: at.file, line: at.lineOf(path), hint: at.hint });
  }
  return undefined;
}
