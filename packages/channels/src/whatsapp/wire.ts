/** Lenient readers for Meta's wire format, where the same field may be a string in one webhook and a number in the next. */
import { type Json, type JsonObject, numberProperty, property, textProperty } from '@hazir/core';

const longestId = 512;
/** From here on a number of seconds would lie beyond the year 5000: it counts milliseconds. */
const firstMilliseconds = 1e11;
const lastMilliseconds = 8.64e15;

/** Reads an identifier that may be written as text or as a whole number. */
export function idProperty(value: unknown, key: string): string | undefined {
  const found = property(value, key);
  if (typeof found === 'number') return Number.isSafeInteger(found) ? String(found) : undefined;
  return typeof found === 'string' && found !== '' && found.length <= longestId ? found : undefined;
}

/** Reads a moment, in seconds or milliseconds, as text or number; returns milliseconds since 1970. */
export function timeProperty(value: unknown, key: string): number | undefined {
  const found = numberProperty(value, key);
  if (found === undefined || found < 1 || found > lastMilliseconds) return undefined;
  return Math.trunc(found < firstMilliseconds ? found * 1000 : found);
}

/** A reason that counters can be grouped by: a foreign word is kept only when it looks like one of Meta's enums. */
export function reasonOf(area: string, word: string | undefined): string {
  return word !== undefined && /^[A-Za-z0-9_.-]{1,40}$/.test(word) ? `${area}:${word}` : `${area}:other`;
}

/** The raw part that an update keeps: its own object and the sender's contact object, never the whole batch. */
export function rawPart(name: string, item: Json, contact: Json | undefined): JsonObject {
  return contact === undefined ? { [name]: item } : { [name]: item, contact };
}

/** The first of several optional texts under one object. */
export function firstText(value: unknown, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = textProperty(value, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Parses JSON that came over the wire; undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
