/**
 * Writes answers as XML and as JSON. What is written is one JSON value; XML follows from it by the Spark Convention that the
 * specification names, the other way round: a list is an element of its own name with an element for each member.
 */
import { isJsonObject, type Json, type JsonObject } from '@hazir/core';
import { XMLBuilder } from 'fast-xml-parser';

export const FORMATS = ['xml', 'json'] as const;

export type Format = (typeof FORMATS)[number];

export const MIME_TYPES: Readonly<Record<Format, string>> = { xml: 'text/xml', json: 'application/json' };

/** The elements of lists. */
const MEMBERS: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  service_request_updates: 'request_update',
  notes: 'note',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};

/** What XML 1.0 cannot hold, whatever it is escaped as. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const builder = new XMLBuilder({ format: true, suppressEmptyNode: true });

/** `root` names the outermost element; JSON has none. */
export interface Document {
  root: string;
  body: JsonObject | readonly JsonObject[];
}

/** The text of a document, in UTF-8 when it is sent. */
export function render({ root, body }: Document, format: Format): string {
  if (format === 'json') return JSON.stringify(body);
  const xml: unknown = builder.build({ [root]: elementOf(root, isList(body) ? [...body] : body) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(xml)}`;
}

function elementOf(name: string, value: Json): unknown {
  if (Array.isArray(value))
    return value.length === 0 ? '' : { [MEMBERS[name] ?? 'item']: value.map((one) => elementOf('', one)) };
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, elementOf(key, one)]));
  return value === null ? '' : String(value).toWellFormed().replace(FORBIDDEN, '');
}

function isList(body: Document['body']): body is readonly JsonObject[] {
  return Array.isArray(body);
}
