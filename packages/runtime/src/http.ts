/** One way out: a request to a provider with a time-out, and an honest word on whether it may have arrived. */
import type { HttpRequest, HttpResponse } from '@hazir/core';
import { Agent, FormData, request } from 'undici';

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

/** A client with keep-alive connections; `timeoutMs` bounds the wait for a response. */
export function createHttpClient(timeoutMs: number): HttpClient {
  const agent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: CONNECT_MS },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
  });
  const open = (wanted: HttpRequest, mostBytes: number) =>
    request(wanted.url, {
      method: wanted.method,
      headers: wanted.headers,
      body: bodyOf(wanted),
      dispatcher: agent,
    }).then(async (response) => ({
      response,
      bytes: await readAll(response.body, mostBytes),
    }));
  return {
    call: async (wanted) => {
      try {
        const { response, bytes } = await open(wanted, RESPONSE_BYTES);
        return { status: response.statusCode, headers: flatten(response.headers), body: new TextDecoder().decode(bytes) };
      } catch (error) {
        return failureOf(error);
      }
    },
    download: async (wanted, mostBytes) => {
      try {
        const { response, bytes } = await open(wanted, mostBytes);
        return response.statusCode === 200 ? { bytes } : { status: response.statusCode };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => agent.close(),
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

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function failureOf(error: unknown): NetworkFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : 'unknown';
  return { network: code === '' ? message : code, sent: !NOT_SENT.has(code) };
}
