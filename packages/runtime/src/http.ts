/**
 * One way out: a request to a provider with a time-out, and an honest word on whether it may have arrived. It is on the way of
 * every message: the response is collected from undici's dispatcher itself, without a stream for each.
 */
import type { HttpRequest, HttpResponse } from '@hazir/core';
import { Agent, type Dispatcher, FormData } from 'undici';

export interface NetworkFailure {
  network: string;
  /** True when the request may have reached the other side. */
  sent: boolean;
}

export interface HttpClient {
  call: (request: HttpRequest) => Promise<HttpResponse | NetworkFailure>;
  download: (request: HttpRequest, mostBytes: number) => Promise<{ bytes: Uint8Array } | NetworkFailure | { status: number }>;
  close: () => Promise<void>;
}

/** What `network` says of an answer with more bytes than were wanted. */
export const TOO_LARGE = 'TOO_LARGE';

const CONNECT_MS = 5_000;
const RESPONSE_BYTES = 1_000_000;
/** Nothing of the request had left when these were raised. */
const NOT_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_INVALID_ARG'],
  // The other side could not prove who it is.
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EPROTO'],
]);

/** How many requests to one provider may be under way at the same time, each on a connection of its own. */
const CONNECTIONS = 256;
/** Addresses taken apart: those of sending are few and come again. */
const MOST_ADDRESSES = 1_000;

/** A client with keep-alive connections; `timeoutMs` bounds the wait for a response. */
export function createHttpClient(timeoutMs: number): HttpClient {
  const agent = new Agent({
    connections: CONNECTIONS,
    pipelining: 1,
    connect: { timeout: CONNECT_MS },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  });
  const addressOf = createAddressBook();
  const exchange = (wanted: HttpRequest, mostBytes: number) =>
    dispatch(
      agent,
      { ...addressOf(wanted.url), method: wanted.method, headers: wanted.headers, body: bodyOf(wanted) },
      mostBytes,
    );
  return {
    call: async (wanted) => {
      try {
        const { status, headers, chunks } = await exchange(wanted, RESPONSE_BYTES);
        return { status, headers: flatten(headers), body: joined(chunks).toString('utf8') };
      } catch (error) {
        return failureOf(error);
      }
    },
    download: async (wanted, mostBytes) => {
      try {
        const { status, chunks } = await exchange(wanted, mostBytes);
        return status === 200 ? { bytes: joined(chunks) } : { status };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => agent.close(),
  };
}

type Headers = Record<string, string | string[] | undefined>;

interface Received {
  status: number;
  headers: Headers;
  chunks: Buffer[];
}

function dispatch(agent: Agent, options: Dispatcher.DispatchOptions, mostBytes: number): Promise<Received> {
  return new Promise((resolve, reject) => {
    const received: Received = { status: 0, headers: {}, chunks: [] };
    let total = 0;
    agent.dispatch(options, {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, status, headers) => {
        received.status = status;
        received.headers = headers;
      },
      onResponseData: (controller, chunk) => {
        total += chunk.length;
        received.chunks.push(chunk);
        if (total > mostBytes) controller.abort(Object.assign(new Error(`larger than ${mostBytes} bytes`), { code: TOO_LARGE }));
      },
      onResponseEnd: () => resolve(received),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

function joined(chunks: Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

interface Address {
  origin: string;
  path: string;
}

function createAddressBook(): (url: string) => Address {
  const known = new Map<string, Address>();
  return (url) => {
    const found = known.get(url);
    if (found !== undefined) return found;
    const { origin, pathname, search } = new URL(url);
    const address = { origin, path: `${pathname}${search}` };
    if (known.size >= MOST_ADDRESSES) known.clear();
    known.set(url, address);
    return address;
  };
}

function bodyOf(wanted: HttpRequest): string | FormData | null {
  if (wanted.body === undefined) return null;
  if (typeof wanted.body === 'string') return wanted.body;
  const form = new FormData();
  for (const { field, value } of wanted.body) {
    if (typeof value === 'string') form.append(field, value);
    else form.append(field, new Blob([new Uint8Array(value.bytes)], { type: value.mimeType }), value.fileName);
  }
  return form;
}

/** Several values of one name become one text; nearly always there is nothing to do. */
function flatten(headers: Headers): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : String(value);
  }
  return flat;
}

function failureOf(error: unknown): NetworkFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : 'unknown';
  return { network: code === '' ? message : code, sent: !NOT_SENT.has(code) };
}
