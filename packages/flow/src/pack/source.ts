/** Reads YAML with line numbers, and gathers problems so that an author sees them all at once. */
import type { ErrorCode, Json, Problem } from '@hazir/core';
import { type Document, isAlias, isCollection, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MOST_FILE_LENGTH, MOST_PROBLEMS } from '../limits.ts';

/** The files of a pack, read by whoever has a file system. */
export interface PackSource {
  id: string;
  version: string;
  /** Text by path with forward slashes, for example "flows/menu.yaml". Files below data/ may be empty: only names count. */
  files: ReadonlyMap<string, string>;
}

/** A problem, and whether it keeps the pack from running. */
export interface PackProblem extends Problem {
  severity: 'error' | 'warning';
}

export type Path = readonly (string | number)[];

export interface ProblemAbout {
  file: string;
  line?: number;
  hint?: string;
  severity?: 'error' | 'warning';
}

export interface Problems {
  add: (code: ErrorCode, message: string, about: ProblemAbout) => void;
  list: () => PackProblem[];
  hasErrors: () => boolean;
}

/** Starts an empty list of problems; they come out by file and line, each once. */
export function createProblems(): Problems {
  const found = new Map<string, PackProblem>();
  return {
    add(code, message, { file, line = 1, hint, severity = 'error' }) {
      const key = `${file}:${line}:${code}:${message}`;
      if (found.size < MOST_PROBLEMS)
        found.set(key, { code, message, file, line, severity, ...(hint === undefined ? {} : { hint }) });
    },
    list: () => [...found.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
    hasErrors: () => [...found.values()].some(({ severity }) => severity === 'error'),
  };
}

export interface YamlFile {
  file: string;
  value: Json;
  /** 1-based line of what stands at a path, or of the nearest thing above it. */
  line: (path: Path) => number;
}

/** Reads a YAML file; undefined after reporting what is wrong with it. */
export function readYaml(file: string, text: string, problems: Problems): YamlFile | undefined {
  if (text.length > MOST_FILE_LENGTH) {
    problems.add('pack:file-large', `The file is larger than ${MOST_FILE_LENGTH} characters`, { file, hint: 'Split it.' });
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  for (const error of document.errors) {
    problems.add('pack:yaml', `This is not valid YAML: ${error.message}`, {
      file,
      line: lines.linePos(error.pos[0]).line,
      hint: 'Check indentation, quotes and colons near this line.',
    });
  }
  if (document.errors.length > 0) return undefined;
  try {
    const value: Json = document.toJS({ maxAliasCount: 20 });
    return { file, value, line: (path) => lineOf(document, lines, path) };
  } catch {
    problems.add('pack:yaml', 'The file uses too many YAML aliases', { file, hint: 'Write the values out.' });
    return undefined;
  }
}

/** Checks a value against a schema; every difference becomes a problem with its line. */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: { yaml: YamlFile; path: Path; problems: Problems },
): z.infer<Schema> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) reportIssue(issue, where);
  return undefined;
}

function reportIssue(
  issue: z.core.$ZodIssue,
  { yaml, path, problems }: { yaml: YamlFile; path: Path; problems: Problems },
): void {
  const at = [...path, ...issue.path.filter((part) => typeof part !== 'symbol')];
  const name = issue.path.filter((part) => typeof part !== 'symbol').join('.');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const line = yaml.line(unknown[0] === undefined ? at : [...at, unknown[0]]);
  if (unknown.length > 0) {
    problems.add('pack:unknown-field', `Unknown field ${unknown.map((key) => `"${key}"`).join(', ')}`, {
      file: yaml.file,
      line,
      hint: 'Check the spelling, or remove it.',
    });
    return;
  }
  const what = name === '' ? '' : `"${name}": `;
  problems.add('pack:shape', `${what}${issue.message}`, {
    file: yaml.file,
    line,
    hint: 'See docs/how-to/write-a-flow.md for the fields of this part.',
  });
}

function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const part of path) {
    const next = step(node, part);
    if (next === undefined) break;
    offset = next.offset ?? offset;
    node = next.value;
  }
  return lines.linePos(offset).line || 1;
}

function step(node: unknown, part: string | number): { value: unknown; offset: number | undefined } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((each) => isPair(each) && isScalar(each.key) && String(each.key.value) === String(part));
    return pair === undefined ? undefined : { value: pair.value, offset: offsetOf(pair.key) };
  }
  if (!isCollection(node) || typeof part !== 'number') return undefined;
  const item: unknown = node.items[part];
  return item === undefined ? undefined : { value: item, offset: offsetOf(item) };
}

function offsetOf(node: unknown): number | undefined {
  if (!isScalar(node) && !isCollection(node) && !isAlias(node)) return undefined;
  return node.range?.[0];
}
