/**
 * The webhook endpoint, straight on node:http: raw bytes, signature, durable, 200. Nothing is parsed before the signature
 * holds; nothing is answered with 200 before it is stored; nothing that we merely do not understand is refused.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AdapterCrypto, ChannelAdapter, WebhookRequest } from '@hazir/core';
import type { ChannelBook, Log } from '@hazir/runtime';
import { parseBody } from './parse-body.ts';
import type { Intake } from './spool/intake.ts';

/** Meta's own limit of a webhook body. */
const BODY_BYTES = 3 * 1024 * 1024;
const PATH = /^\/webhooks\/([a-z][a-z0-9-]{0,40})$/;

export interface WebhookDeps {
  adapters: ReadonlyMap<string, ChannelAdapter>;
  channels: ChannelBook;
  intake: Pick<Intake, 'take'>;
  log: Log;
}

/** Secrets prepared once: those of the connected apps, never what a request brings. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret) ?? createSecretKey(secret, 'utf8');
  keys.set(secret, known);
  return known;
}

export const adapterCrypto: AdapterCrypto = {
  hmacSha256Hex: (key, bytes) => createHmac('sha256', keyOf(key)).update(bytes).digest('hex'),
  equalConstantTime: (a, b) => {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.byteLength === right.byteLength && timingSafeEqual(left, right);
  },
};

/** Answers a request below /webhooks/; false when the path is not a webhook's. */
export function handleWebhook(deps: WebhookDeps, request: IncomingMessage, response: ServerResponse): boolean {
  const [path, query] = (request.url ?? '').split('?', 2);
  const channelType = PATH.exec(path ?? '')?.[1];
  const adapter = channelType === undefined ? undefined : deps.adapters.get(channelType);
  if (adapter === undefined) return false;
  if (request.method === 'GET') answerHandshake(deps, adapter, { query: query ?? '', response });
  else if (request.method === 'POST') void take(deps, adapter, { request, response });
  else reply(response, 405, 'method not allowed');
  return true;
}

function answerHandshake(
  deps: WebhookDeps,
  adapter: ChannelAdapter,
  { query, response }: { query: string; response: ServerResponse },
): void {
  const tokens = channelsOf(deps, adapter).map((channel) => channel.verifyToken);
  const challenge = adapter.handshake(Object.fromEntries(new URLSearchParams(query)), tokens, adapterCrypto);
  if (challenge === undefined) reply(response, 403, 'the verify token is not ours');
  else reply(response, 200, challenge);
}

async function take(
  deps: WebhookDeps,
  adapter: ChannelAdapter,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const rawBody = await readBody(request).catch(() => undefined);
  if (rawBody === undefined) return void request.destroy();
  if (rawBody === 'too-large') return reply(response, 413, 'larger than 3 MB');
  const text = rawBody.toString('utf8');
  const signed = isSigned(deps, adapter, { headers: headersOf(request), rawBody, account: adapter.accountIn(text) ?? '' });
  if (!signed) return reply(response, 401, 'the signature does not match');
  const body = parseBody(text);
  if (body === undefined) return reply(response, 400, 'not JSON');
  try {
    const { channelType } = adapter;
    const durable = await deps.intake.take({ channelType, raw: rawBody, updates: adapter.parse(body.json) });
    // Neither the database nor the spool has room: the provider keeps it and comes again.
    if (durable) reply(response, 200, '');
    else reply(response, 503, 'not stored, please deliver again');
  } catch (error) {
    deps.log('error', 'webhook_not_stored', { detail: error instanceof Error ? error.message : String(error) });
    reply(response, 503, 'not stored, please deliver again');
  }
}

function channelsOf(deps: WebhookDeps, adapter: ChannelAdapter) {
  return deps.channels.all().filter((channel) => channel.channelType === adapter.channelType);
}

/**
 * The secret of the number that the body names is tried first: with many organizations the right one is nearly always that. What the
 * body says is not believed for it, only the signature is.
 */
function isSigned(deps: WebhookDeps, adapter: ChannelAdapter, request: WebhookRequest & { account: string }): boolean {
  const named = deps.channels.byAccount(adapter.channelType, request.account);
  if (named !== undefined && adapter.verify(request, [named.appSecret], adapterCrypto)) return true;
  const others = new Set(channelsOf(deps, adapter).map((channel) => channel.appSecret));
  if (named !== undefined) others.delete(named.appSecret);
  return others.size > 0 && adapter.verify(request, [...others], adapterCrypto);
}

function headersOf(request: IncomingMessage): WebhookRequest['headers'] {
  const headers: WebhookRequest['headers'] = {};
  for (const name in request.headers) headers[name] = request.headers[name]?.toString();
  return headers;
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) return resolve('too-large');
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES) resolve('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('aborted')));
  });
}

function reply(response: ServerResponse, status: number, body: string): void {
  if (body === '') return void response.writeHead(status, EMPTY).end();
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers);
  response.end(body);
}

const EMPTY = { 'content-length': 0 };
