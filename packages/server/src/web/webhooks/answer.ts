/**
 * What a webhook is answered, whatever brought it here: signature on the raw bytes, durable, 200. Nothing is parsed before the
 * signature holds; nothing is answered with 200 before it is stored; nothing that we merely do not understand is refused.
 */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { AdapterCrypto, ChannelAdapter, WebhookRequest } from '@hazir/core';
import type { ChannelBook, Log } from '@hazir/runtime';
import type { Intake } from '../spool/intake.ts';
import { parseBody } from './parse-body.ts';

/** Meta's own limit of a webhook body. */
export const BODY_BYTES = 3 * 1024 * 1024;
const PATH = /^\/webhooks\/([a-z][a-z0-9-]{0,40})$/;

export interface WebhookDeps {
  adapters: ReadonlyMap<string, ChannelAdapter>;
  channels: ChannelBook;
  intake: Pick<Intake, 'take'>;
  log: Log;
}

export interface WebhookCall {
  method: string;
  /** The adapter of the path. */
  adapter: ChannelAdapter;
  query: string;
  headers: WebhookRequest['headers'];
  rawBody: Buffer;
}

export interface Answer {
  status: number;
  /** Plain text; often empty. */
  body: string;
}

/** Whose webhook a request's target names, and its query; undefined when it is not a webhook's. */
export function webhookOf(deps: WebhookDeps, target: string): { adapter: ChannelAdapter; query: string } | undefined {
  const [path, query] = target.split('?', 2);
  const channelType = PATH.exec(path ?? '')?.[1];
  const adapter = channelType === undefined ? undefined : deps.adapters.get(channelType);
  return adapter === undefined ? undefined : { adapter, query: query ?? '' };
}

const STORED: Answer = { status: 200, body: '' };

export async function answerWebhook(deps: WebhookDeps, call: WebhookCall): Promise<Answer> {
  const { method, adapter, headers, rawBody } = call;
  if (method === 'GET') return answerHandshake(deps, call);
  if (method !== 'POST') return { status: 405, body: 'method not allowed' };
  const text = rawBody.toString('utf8');
  if (!isSigned(deps, adapter, { headers, rawBody, account: adapter.accountIn(text) ?? '' }))
    return { status: 401, body: 'the signature does not match' };
  const body = parseBody(text);
  if (body === undefined) return { status: 400, body: 'not JSON' };
  try {
    const durable = await deps.intake.take({ channelType: adapter.channelType, raw: rawBody, updates: adapter.parse(body.json) });
    // Neither the database nor the spool has room: the provider keeps it and comes again.
    return durable ? STORED : { status: 503, body: 'not stored, please deliver again' };
  } catch (error) {
    deps.log('error', 'webhook_not_stored', { detail: error instanceof Error ? error.message : String(error) });
    return { status: 503, body: 'not stored, please deliver again' };
  }
}

function answerHandshake(deps: WebhookDeps, { adapter, query }: WebhookCall): Answer {
  const tokens = channelsOf(deps, adapter).map((channel) => channel.verifyToken);
  const challenge = adapter.handshake(Object.fromEntries(new URLSearchParams(query)), tokens, adapterCrypto);
  return challenge === undefined ? { status: 403, body: 'the verify token is not ours' } : { status: 200, body: challenge };
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

/** Secrets prepared once: those of the connected apps, never what a request brings. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret) ?? createSecretKey(secret, 'utf8');
  keys.set(secret, known);
  return known;
}

const adapterCrypto: AdapterCrypto = {
  hmacSha256Hex: (key, bytes) => createHmac('sha256', keyOf(key)).update(bytes).digest('hex'),
  equalConstantTime: (a, b) => {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.byteLength === right.byteLength && timingSafeEqual(left, right);
  },
};
