/**
 * The parts of a module that exist for the type checker alone. Node itself erases them before it runs a file, so the
 * difference between the source and what Node would run shows every type, assertion and `!`, whatever the strings,
 * comments and renamed imports of the file look like.
 */
import { stripTypeScriptTypes } from 'node:module';
import { lineAt } from './tree.ts';

export interface Erased {
  text: string;
  line: number;
}

/** Erased stretches in order. White space between two of them joins them. */
export function erasedParts(source: string): Erased[] {
  const kept = stripTypeScriptTypes(source, { mode: 'strip' });
  const parts: Erased[] = [];
  for (let start = 0; start < source.length; start += 1) {
    if (source[start] === kept[start]) continue;
    let end = start;
    while (end < source.length && (source[end] !== kept[end] || /\s/.test(source[end] ?? ''))) end += 1;
    parts.push({ text: withoutWords(source.slice(start, end)), line: lineAt(source, start) });
    start = end;
  }
  return parts;
}

/** Type assertions other than `as const`, `!`, and the type `any`. */
export function findUnsafe(source: string): { line: number; what: string }[] {
  return erasedParts(source).flatMap(({ text, line }) => [
    ...(text.startsWith('!') ? [{ line, what: 'non-null "!"' }] : []),
    ...(/^(as|satisfies|!)(?!\w)/.test(text) && /(^|\s)as\s+(?!const\b)/.test(text) ? [{ line, what: 'assertion "as"' }] : []),
    ...(/\bany\b/.test(text) ? [{ line, what: 'type "any"' }] : []),
  ]);
}

/** Comments and string types say nothing about types. */
function withoutWords(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '""');
}
