/** What stands in pack.yaml, as far as it can be read: whether it is right is checked by the compiler. */
import { isJsonObject, type JsonObject } from '@hazir/core';
import { parse } from 'yaml';

export function readHead(text: string): JsonObject {
  try {
    const head: unknown = parse(text);
    return isJsonObject(head) ? head : {};
  } catch {
    return {};
  }
}

export function stringsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
