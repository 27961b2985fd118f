/** One way out: a request to a provider with a time-out, and an honest word on whether it may have arrived. */
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

const CONNECT_MS = 5_000;
const RESPONSE_BYTES = 1_000_000;
/** Nothing of the request had left when these were raised. */
const NOT_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
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
  const open = (wanted: HttpRequest) =>
    agent.request({ ...addressOf(wanted.url), method: wanted.method, headers: wanted.headers, body: bodyOf(wanted) });
  return {
    call: async (wanted) => {
      try {
        const response = await open(wanted);
        return {
          status: response.statusCode,
          headers: flatten(response.headers),
          body: await readText(response, RESPONSE_BYTES),
        };
      } catch (error) {
        return failureOf(error);
      }
    },
    download: async (wanted, mostBytes) => {
      try {
        const response = await open(wanted);
        const bytes = await readAll(response.body, mostBytes);
        return response.statusCode === 200 ? { bytes } : { status: response.statusCode };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => agent.close(),
  };
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

/** A response that says how small it is is read in one piece. */
async function readText({ headers, body }: Dispatcher.ResponseData, mostBytes: number): Promise<string> {
  const announced = Number(headers['content-length'] ?? Number.NaN);
  if (announced <= mostBytes) return body.text();
  return new TextDecoder().decode(await readAll(body, mostBytes));
}

async function readAll(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of body) {
    total += chunk.byteLength;
    if (total > mostBytes) throw new Error(`larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Several values of one name become one text; nearly always there is nothing to do. */
function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
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
