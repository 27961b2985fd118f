/** Reads a request's body: JSON, a form, or a form with a file. */
import { isJsonObject, type JsonObject } from '@hazir/core';
import { parseJson } from '../json.ts';
import { MOST_FILE_BYTES } from '../media/limits.ts';
import { readBytes } from '../read-bytes.ts';
import type { GraphCall } from './call.ts';
import { refuse } from './refusal.ts';

const MOST_JSON_BYTES = 512 * 1024;

/** Throws a GraphRefusal for what cannot be read. */
export async function readRequest(request: Request): Promise<Pick<GraphCall, 'body' | 'file'>> {
  if (request.method === 'GET' || request.body === null) return { body: {}, file: undefined };
  const type = request.headers.get('content-type') ?? '';
  const multipart = type.startsWith('multipart/form-data');
  const bytes = await readBytes(request, multipart ? MOST_FILE_BYTES + MOST_JSON_BYTES : MOST_JSON_BYTES);
  if (bytes === undefined) return refuse(100, 'The request is too large.');
  if (bytes.length === 0) return { body: {}, file: undefined };
  if (multipart || type.startsWith('application/x-www-form-urlencoded')) return readForm(bytes, type);
  const parsed = parseJson(new TextDecoder().decode(bytes));
  return isJsonObject(parsed) ? { body: parsed, file: undefined } : refuse(100, 'The request body is not a JSON object.');
}

async function readForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Pick<GraphCall, 'body' | 'file'>> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (form === undefined) return refuse(100, 'The form cannot be read.');
  const body: JsonObject = {};
  let file: GraphCall['file'];
  for (const [name, value] of form) {
    // Objects and lists are JSON text in a form.
    if (typeof value === 'string') body[name] = /^\s*[[{]/.test(value) ? (parseJson(value) ?? value) : value;
    else file = { bytes: new Uint8Array(await value.arrayBuffer()), mimeType: value.type, fileName: value.name };
  }
  return { body, file };
}
