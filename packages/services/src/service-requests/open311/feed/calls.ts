/** What is asked of a department's server, in the words of GeoReport v2. */
import { type CallRequest, type CallResult, isJsonObject, type Json, type JsonObject } from '@hazir/core';
import { writeMoment } from '../protocol/moments.ts';
import type { Forward } from './forward-settings.ts';

export type HttpCall = Extract<CallRequest, { kind: 'http' }>;

/** Asks another system; never throws. */
export type Ask = (call: HttpCall, organizationId: number) => Promise<{ result: CallResult; again: boolean }>;

/** What a server said of a request or an update: its texts by name. */
export type Told = Readonly<Record<string, string>>;

const TIMEOUT_MS = 10_000;

export function getCall({ system, jurisdiction }: Forward, path: string, query: Readonly<Record<string, string>>): HttpCall {
  const all = new URLSearchParams({ ...(jurisdiction !== undefined && { jurisdiction_id: jurisdiction }), ...query });
  return callOf('GET', `https://${system}/${path}?${all}`, path);
}

/** `id` is the same at every try. */
export function postCall(
  { system, jurisdiction }: Forward,
  { path, id, fields }: { path: string; id: string; fields: JsonObject },
): HttpCall {
  const body = { ...(jurisdiction !== undefined && { jurisdiction_id: jurisdiction }), ...fields };
  return { ...callOf('POST', `https://${system}/${path}`, id), body };
}

/** True for what a server will say again: a key that is being changed or a server that is busy may end. */
export function isRefused(code: string): boolean {
  return /^fetch:status-4\d\d$/.test(code) && !/^fetch:status-(401|403|408|423|425|429)$/.test(code);
}

/** The records of an answer; undefined when there was none that can be read. */
export function recordsIn(result: CallResult): Told[] | undefined {
  if (!result.ok || !Array.isArray(result.value)) return undefined;
  return result.value.filter(isJsonObject).map(textsOf);
}

/** A range of time as arguments; a server's clock may be an hour off. */
export function around(from: Date, to: Date): { start_date: string; end_date: string } {
  const [earliest, hour] = [to.getTime() - 89 * 86_400_000, 3_600_000];
  return {
    start_date: writeMoment(new Date(Math.max(earliest, from.getTime() - hour))),
    end_date: writeMoment(new Date(to.getTime() + hour)),
  };
}

function callOf(method: 'GET' | 'POST', url: string, id: string): HttpCall {
  return { id, kind: 'http', method, url, headers: {}, timeoutMs: TIMEOUT_MS };
}

function textsOf(record: JsonObject): Told {
  const texts = Object.entries(record).filter((entry): entry is [string, string] => isText(entry[1]));
  return Object.fromEntries(texts);
}

function isText(value: Json): value is string {
  return typeof value === 'string' && value !== '';
}
