/** Webhooks on node:http: the port that everything else is on, too. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebhookRequest } from '@hazir/core';
import { type Answer, answerWebhook, BODY_BYTES, type WebhookDeps, webhookOf } from './answer.ts';

/** Answers a request below /webhooks/; false when the path is not a webhook's. */
export function handleWebhook(deps: WebhookDeps, request: IncomingMessage, response: ServerResponse): boolean {
  const found = webhookOf(deps, request.url ?? '');
  if (found === undefined) return false;
  void take(deps, found, { request, response });
  return true;
}

async function take(
  deps: WebhookDeps,
  found: NonNullable<ReturnType<typeof webhookOf>>,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const rawBody = await readBody(request).catch(() => undefined);
  if (rawBody === undefined) return void request.destroy();
  if (rawBody === 'too-large') return reply(response, { status: 413, body: 'larger than 3 MB' });
  reply(response, await answerWebhook(deps, { ...found, method: request.method ?? '', headers: headersOf(request), rawBody }));
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

function reply(response: ServerResponse, { status, body }: Answer): void {
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
