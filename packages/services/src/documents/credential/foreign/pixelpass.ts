/** Data that PixelPass packed without a signature: whatever it is, shown by the names that it has there. */
import { type ForeignDocument, textOf } from './foreign-document.ts';

const MOST_FIELDS = 30;
const DEEPEST = 5;

/** The data as fields; undefined where there is nothing to show. */
export function readPixelpass(value: unknown): ForeignDocument['fields'] | undefined {
  const fields = flatten(value, [], 0).slice(0, MOST_FIELDS);
  return fields.length === 0 ? undefined : fields;
}

function flatten(value: unknown, path: readonly string[], depth: number): ForeignDocument['fields'] {
  const text = textOf(value);
  if (text !== undefined) return path.length === 0 ? [] : [{ name: { own: path.join('.').slice(0, 60) }, value: text }];
  if (depth > DEEPEST || typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  return [...entries].slice(0, MOST_FIELDS).flatMap(([key, inner]) => flatten(inner, [...path, String(key)], depth + 1));
}
