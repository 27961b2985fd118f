/** What this folder's tests share. */
import {
  type ChannelAccount,
  type HttpRequest,
  type Identity,
  isJsonObject,
  type JsonObject,
  type SendContext,
} from '@hazir/core';

export const account: ChannelAccount = {
  accountId: '106540352242922',
  businessId: '102290129340398',
  baseUrl: 'https://graph.facebook.com',
  version: 'v25.0',
  accessToken: 'EAAtoken',
};

/** A context to send with; media ids by content hash. */
export function contextFor(to: Identity[], mediaIds: Record<string, string | undefined> = {}): SendContext {
  const known = Object.entries(mediaIds).flatMap(([hash, id]) => (id === undefined ? [] : [[hash, id] as const]));
  return { account, to, tracker: 'outbox-1', mediaIds: new Map(known) };
}

/** The JSON body of a request. */
export function jsonBody(request: HttpRequest): JsonObject {
  const body: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : undefined;
  if (!isJsonObject(body)) throw new Error('The request has no JSON object as its body.');
  return body;
}

/** Cases from a JSON file, with the types that the file promises: JSON imports widen every word to string. */
export function readCases<Case>(file: unknown): Case[] {
  const cases: Case[] = JSON.parse(JSON.stringify(file));
  return cases;
}
