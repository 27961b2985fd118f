import type { ChannelAdapter } from '@hazir/core';

/** Reads JSON so that Postgres can store every text in it; undefined when it is none. */
export function parseBody(text: string): { json: Parameters<ChannelAdapter['parse']>[0] } | undefined {
  try {
    return { json: text.includes('\\') && UNSTORABLE.test(text) ? JSON.parse(text, storable) : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/**
 * Escapes of what Postgres refuses in text and jsonb: NUL, and half of a surrogate pair. Whole pairs, as every emoji is, are no
 * reason to look at each value. A backslash that is itself escaped may look like half a pair: those bodies are looked through, too.
 */
const UNSTORABLE = /\\u(?:0000|d[89ab]..(?!\\ud[c-f]))|(?<!\\ud[89ab]..)\\ud[c-f]|\\\\ud[89ab]/i;

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value;
}
