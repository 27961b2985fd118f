/** Templates, with values cleaned as Meta demands; our own record keeps the value as it was. */
import { clip, type JsonObject, type TemplateMessage } from '@hazir/core';
import { limits } from './capabilities.ts';

/** Stands for a value that is empty, which Meta refuses. */
const emptyValue = '–';

/** The `template` object. */
export function renderTemplate({ name, language, parameters, payloads = [] }: TemplateMessage): JsonObject {
  const body = parameters.map((value) => ({ type: 'text', text: cleanValue(value) }));
  const components: JsonObject[] = payloads.map((payload, index) => ({
    type: 'button',
    sub_type: 'quick_reply',
    index: String(index),
    parameters: [{ type: 'payload', payload }],
  }));
  if (body.length > 0) components.unshift({ type: 'body', parameters: body });
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

/** No line break, no tab, at most four blanks in a row, not empty (errors 132018 and 100). */
export function cleanValue(value: string): string {
  const cleaned = value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s{2,}/gu, ' ')
    .trim();
  return cleaned === '' ? emptyValue : clip(cleaned, limits.templateValue);
}
