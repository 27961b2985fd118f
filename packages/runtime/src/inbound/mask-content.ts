/**
 * Takes national identity numbers out of what citizens send, before anything of it is stored or logged. What the provider itself
 * fills in (ids, telephone numbers, our own options) stays as it is: a number of a shared contact only looks like one.
 */
import type { InboundContent, Json } from '@hazir/core';
import { maskIdentifiers } from '@hazir/language';

/** The same content without identity numbers; the very same object when there was none. */
export function maskContent(content: InboundContent): InboundContent {
  switch (content.type) {
    case 'text':
      return withMasked(content, ['text']);
    case 'media':
      return withMasked(content, ['caption', 'fileName']);
    case 'location':
      return withMasked(content, ['name', 'address']);
    case 'order':
    case 'edit':
      return withMasked(content, ['text']);
    case 'form':
      return { ...content, values: maskJson(content.values) };
    default:
      return content;
  }
}

function withMasked<Content extends object, Key extends keyof Content>(content: Content, keys: readonly Key[]): Content {
  let masked = content;
  for (const key of keys) {
    const text = content[key];
    const plain = typeof text === 'string' ? maskIdentifiers(text) : text;
    if (plain !== text) masked = { ...masked, [key]: plain };
  }
  return masked;
}

function maskJson(value: Json): Json {
  if (typeof value === 'string') return maskIdentifiers(value);
  if (Array.isArray(value)) return value.map(maskJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskJson(inner)]));
}
