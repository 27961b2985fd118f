/**
 * The two calls of a DigiLocker issuer (DigiLocker Issuer APIs 3.0.0, API Setu): PullURIRequest finds a document, PullDocRequest
 * brings it. XML both ways; each request carries the HMAC-SHA256 of its body, keyed with the issuer's key, in Base64.
 */
import { createHmac } from 'node:crypto';
import { type CallResult, isJsonObject, type Json, type JsonObject, property, textProperty } from '@hazir/core';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { OutsideCall } from '../../deps.ts';
import { addressOf, bodyOf, type KeepFile, refusalOf, type SystemAdapter } from '../system.ts';

const ATTRIBUTE = '@';
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: ATTRIBUTE, suppressEmptyNode: true });
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities of a document type are neither expanded nor fetched.
  processEntities: { enabled: true, maxTotalExpansions: 1_000, maxEntityCount: 0 },
});

/** A pack's body: `{ request: 'PullURIRequest', orgId, format, details: { DocType, ... } }`. */
export const digilockerIssuer: SystemAdapter = {
  request: (call, account) => {
    const body = xmlOf(call);
    const hmac = createHmac('sha256', account.key ?? '')
      .update(body)
      .digest('base64');
    const headers = { 'content-type': 'application/xml', 'x-digilocker-hmac': hmac };
    return { method: 'POST', url: addressOf(call, account), headers: { ...headers, ...account.headers }, body };
  },
  result: async (response, keep) => refusalOf(response) ?? (await read(response.body, keep)),
};

function xmlOf(call: OutsideCall): string {
  const { request, orgId = '', format = 'pdf', details = {}, at = '' } = bodyOf(call);
  const name = request === 'PullDocRequest' ? 'PullDocRequest' : 'PullURIRequest';
  // The call's id names the transaction: a repeated request is the same one.
  const head = { ver: '3.0', ts: String(at), txn: call.id, orgId: String(orgId), format: String(format) };
  const attributes = Object.fromEntries(Object.entries(head).map(([key, value]) => [`${ATTRIBUTE}${key}`, value]));
  const builtXml: unknown = builder.build({ [name]: { ...attributes, DocDetails: details } });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${String(builtXml)}`;
}

const UNREADABLE: CallResult = {
  ok: false,
  error: { code: 'fetch:not-xml', message: 'The other system did not answer with the XML that was agreed.' },
};

async function read(text: string, keep: KeepFile): Promise<CallResult> {
  const parsed = parse(text);
  const answer = parsed && (property(parsed, 'PullURIResponse') ?? property(parsed, 'PullDocResponse'));
  const status = answer === undefined ? undefined : property(answer, 'ResponseStatus');
  if (answer === undefined || status === undefined) return UNREADABLE;
  // Issuers write the status as the text of the element or as its attribute; both are in use.
  const said = isJsonObject(status) ? (textProperty(status, '#text') ?? textProperty(status, '@Status')) : String(status);
  if (said !== '1') return { ok: true, value: { found: false } };
  const details = property(answer, 'DocDetails');
  return { ok: true, value: await found(isJsonObject(details) ? details : {}, keep) };
}

function parse(text: string): JsonObject | undefined {
  try {
    const parsed: Json = parser.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The file goes to the files, not into the conversation. */
async function found(details: JsonObject, keep: KeepFile): Promise<JsonObject> {
  const content = textProperty(details, 'DocContent');
  const file = content === undefined ? undefined : await keep(Buffer.from(content, 'base64'));
  const texts = Object.entries(details).filter(
    ([name, value]) => typeof value === 'string' && name !== 'DocContent' && name !== 'DataContent',
  );
  return { found: true, ...Object.fromEntries(texts), ...(file && { file: file.hash, bytes: file.bytes }) };
}
