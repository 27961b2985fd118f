/**
 * A provider of speech and language on a real socket: it answers in the words of Bhashini, Sarvam, Google and OpenAI, below /bhashini,
 * /sarvam, /google and /openai, and can be slow, fail, refuse the key, talk nonsense, answer twice or never.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Json } from '@hazir/core';
import { answerBodies } from './answer-bodies.ts';

export type FakeMode = 'ok' | 'slow' | 'failing' | 'refusing' | 'garbled' | 'twice' | 'never';

export interface FakeAnswers {
  transcript: string;
  /** Absent: the provider does not say how sure it is. */
  confidence?: number;
  /** What a chat answers. */
  chat: string;
}

export interface FakeRequest {
  path: string;
  headers: Record<string, string>;
  /** JSON as it came; for a form its text fields. */
  body: Json;
  /** Bytes of audio in it. */
  audioBytes: number;
}

export interface FakeProvider {
  url: string;
  answers: FakeAnswers;
  /** Of the next requests; the last one stays. */
  modes: FakeMode[];
  requests: FakeRequest[];
  /** Lets everything go that waits in the mode "slow". */
  release: () => void;
  close: () => Promise<void>;
}

const MOST_BYTES = 30_000_000;

export async function listenFakeProvider(given: Partial<FakeAnswers> = {}): Promise<FakeProvider> {
  const waiting = new Set<() => void>();
  const fake: FakeProvider = {
    url: '',
    answers: { transcript: 'hello', chat: '{"id":"none"}', ...given },
    modes: ['ok'],
    requests: [],
    release: () => {
      for (const go of waiting) go();
      waiting.clear();
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
  const server = createServer((request, response) => {
    void read(request).then(
      (bytes) => answer(fake, { request, response, bytes, wait: (go) => void waiting.add(go) }),
      () => response.destroy(),
    );
  });
  fake.url = await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`);
    });
  });
  return fake;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  bytes: Buffer;
  wait: (go: () => void) => void;
}

function answer(fake: FakeProvider, { request, response, bytes, wait }: Call): void {
  const path = request.url ?? '/';
  fake.requests.push(describe(path, request, bytes));
  const mode = (fake.modes.length > 1 ? fake.modes.shift() : fake.modes[0]) ?? 'ok';
  const body = JSON.stringify(answerBodies(path, fake));
  const send = (status: number, text: string) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  };
  if (mode === 'slow') wait(() => send(200, body));
  else if (mode === 'failing') send(500, '{"error":"boom"}');
  else if (mode === 'refusing') send(401, '{"error":"key"}');
  else if (mode === 'garbled') send(200, '<html>not JSON');
  else if (mode !== 'never') {
    const second = `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    if (mode === 'twice') response.once('finish', () => request.socket.write(second));
    send(body === 'null' ? 404 : 200, body);
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const chunk = Buffer.from(part);
    length += chunk.length;
    if (length > MOST_BYTES) throw new Error('too large');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function describe(path: string, { headers }: IncomingMessage, bytes: Buffer): FakeRequest {
  const plain = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const form = plain['content-type']?.startsWith('multipart/form-data') === true;
  const text = bytes.toString('latin1');
  if (!form) return { path, headers: plain, body: parsed(bytes.toString('utf8')), audioBytes: 0 };
  const fields = [...text.matchAll(/name="([a-z_]+)"\r\n\r\n([^\r]*)\r\n/g)].map(([, name = '', value = '']) => [name, value]);
  return { path, headers: plain, body: Object.fromEntries(fields), audioBytes: bytes.length };
}

function parsed(text: string): Json {
  try {
    const body: Json = JSON.parse(text);
    return body;
  } catch {
    return null;
  }
}
