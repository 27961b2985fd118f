import type { ChannelAdapter } from '@hazir/core';

/** Reads JSON so that Postgres can store every text in it; undefined when it is none. */
export function parseBody(text: string): { json: Parameters<ChannelAdapter['parse']>[0] } | undefined {
  try {
    return { json: UNSTORABLE.test(text) ? JSON.parse(text, storable) : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Escapes that may stand for what Postgres refuses in text and jsonb: NUL and lone surrogates. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '') : value;
}
