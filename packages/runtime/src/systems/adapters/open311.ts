/**
 * A department's server that speaks Open311 GeoReport v2: a form goes there, XML or JSON comes back. The body of a call is the
 * fields of the form; the answer is the list of requests or updates, each as its texts by name.
 */
import { type CallResult, isJsonObject, type Json, type JsonObject } from '@hazir/core';
import { XMLParser } from 'fast-xml-parser';
import { addressOf, bodyOf, refusalOf, type SystemAdapter } from '../system.ts';

const parser = new XMLParser({
  parseTagValue: false,
  ignoreDeclaration: true,
  // Entities of a document type are neither expanded nor fetched.
  processEntities: { enabled: true, maxTotalExpansions: 10_000, maxEntityCount: 0 },
});
const UNREADABLE: CallResult = {
  ok: false,
  error: { code: 'fetch:not-xml', message: 'The other system did not answer with the XML that was agreed.' },
};

/** `key` is the api_key. */
export const open311: SystemAdapter = {
  request: (call, account) => {
    const headers = { ...account.headers, 'idempotency-key': call.id };
    const url = addressOf(call, account);
    if (call.method === 'GET') return { method: 'GET', url, headers };
    const fields = Object.entries({ ...bodyOf(call), ...(account.key !== undefined && { api_key: account.key }) });
    const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString();
    return {
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body,
    };
  },
  result: async (response) => refusalOf(response) ?? read(response.body),
};

function read(text: string): CallResult {
  const records = text.trimStart().startsWith('<') ? fromXml(text) : fromJson(text);
  return records === undefined ? UNREADABLE : { ok: true, value: records };
}

/** The root holds one element for each record. */
function fromXml(text: string): JsonObject[] | undefined {
  try {
    const parsed: unknown = parser.parse(text, true);
    const [[name = '', root] = []] = isJsonObject(parsed) ? Object.entries(parsed) : [];
    if (!/^service_requests?(_updates)?$/.test(name)) return undefined;
    return isJsonObject(root) ? Object.values(root).flat().filter(isJsonObject).map(texts) : [];
  } catch {
    return undefined;
  }
}

function fromJson(text: string): JsonObject[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isJsonObject).map(texts) : undefined;
  } catch {
    return undefined;
  }
}

function texts(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (isPlain(value) ? [[name, String(value).trim()]] : [])),
  );
}

function isPlain(value: Json): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
