/**
 * Other systems that packs ask with `fetch`. A pack names a host and nothing secret; who runs the server says where that host is,
 * which keys go along, how often it may be asked and in which words it speaks.
 */
import type { CallResult, HttpRequest, HttpResponse, JsonObject } from '@hazir/core';
import type { OutsideCall } from '../deps.ts';

export interface SystemAccount {
  /** Takes the place of `https://<host>` in the pack's address. */
  address: string;
  /** Go along with every request. */
  headers: Readonly<Record<string, string>>;
  /** Signs requests where the adapter does that. */
  key?: string;
}

/** Puts a pack's call into the words of a system, and its response into JSON. Throws nothing. */
export interface SystemAdapter {
  request: (call: OutsideCall, account: SystemAccount) => HttpRequest;
  result: (response: HttpResponse, kept: KeepFile) => Promise<CallResult>;
}

/** Keeps a file that a response brought; the JSON names it by its hash. */
export type KeepFile = (bytes: Uint8Array) => Promise<{ hash: string; bytes: number }>;

export interface OutsideSystem {
  adapter: SystemAdapter;
  account: SystemAccount;
  /** A pack may ask for less time, not for more. */
  timeoutMs: number;
  /** So many calls in so many milliseconds, in this process; more are answered `fetch:busy` without asking. */
  limit?: { calls: number; perMs: number };
  /** How long the answer to a GET answers the next one, too; 0: not at all. */
  keepMs: number;
}

/** The system at a host; undefined: nobody says anything of it; `refused`: it is not for this organization. */
export type SystemBook = (host: string, organizationId: number) => OutsideSystem | 'refused' | undefined;

/** The address of a call as the system's own address says it. */
export function addressOf(call: OutsideCall, { address }: SystemAccount): string {
  const { pathname, search } = new URL(call.url);
  return `${address}${pathname}${search}`;
}

/** The JSON body of a call, for adapters that write another format. */
export function bodyOf(call: OutsideCall): JsonObject {
  return typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body) ? call.body : {};
}

/** What a status from 400 on means to a flow. */
export function refusalOf({ status }: HttpResponse): CallResult | undefined {
  if (status < 400) return undefined;
  return { ok: false, error: { code: `fetch:status-${status}`, message: 'The other system refused.' } };
}
