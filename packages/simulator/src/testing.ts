/** For tests: a simulator on a real socket with a clock that stands still until it is advanced, and a receiver of webhooks. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { createSimulator, type Simulator } from './create-simulator.ts';
import { demoNumbers } from './demo-numbers.ts';
import { listenSimulator } from './listen-simulator.ts';
import type { SimulatedNumber, SimulatorOptions } from './options.ts';

/** 22 November 2026, 09:30 UTC. */
export const START = Date.UTC(2026, 10, 22, 9, 30);

export interface Received {
  body: Json;
  raw: string;
  headers: IncomingMessage['headers'];
  genuine: boolean;
  query: URLSearchParams;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Answers the nth POST (from 1); default 200. `hang` never answers. */
  answer: (nth: number) => number | 'hang';
  /** Resolves when so many POSTs have come. */
  has: (count: number) => Promise<void>;
  close: () => Promise<void>;
}

/** A webhook receiver that checks signatures over the raw bytes and answers handshakes. */
export async function startReceiver(appSecret: string, verifyToken: string): Promise<Receiver> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: () => 200,
    has: (count) =>
      new Promise((resolve) => {
        if (receiver.received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: async () => undefined,
  };
  const server = createServer(async (request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    if (request.method === 'GET') {
      const known = query.get('hub.verify_token') === verifyToken;
      response.writeHead(known ? 200 : 403).end(known ? query.get('hub.challenge') : '');
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    const signature = `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
    const raw = bytes.toString();
    const genuine = request.headers['x-hub-signature-256'] === signature;
    receiver.received.push({ body: JSON.parse(raw), raw, headers: request.headers, genuine, query });
    const answer = receiver.answer(receiver.received.length);
    if (answer !== 'hang') response.writeHead(answer).end();
    for (const one of waiting) if (receiver.received.length >= one.count) one.resolve();
  });
  const port = await listen(server);
  receiver.url = `http://127.0.0.1:${port}/webhooks/whatsapp`;
  receiver.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return receiver;
}

export interface Bench {
  simulator: Simulator;
  control: Simulator['control'];
  receiver: Receiver;
  number: SimulatedNumber;
  base: string;
  /** A request to the Graph API; `path` begins with the version, or with an object (then v25.0). */
  graph: (method: string, path: string, body?: JsonObject | FormData, token?: string) => Promise<{ status: number; body: Json }>;
  /** Sends a message from the number to asha unless the body says otherwise. */
  send: (body: JsonObject, version?: string) => Promise<{ status: number; body: Json }>;
  close: () => Promise<void>;
}

/** Citizens: asha (phone and user id), imran (a username only), phoneOnly (no user id). */
export async function startBench(options: Partial<SimulatorOptions> = {}, number: Partial<SimulatedNumber> = {}): Promise<Bench> {
  const [demo] = demoNumbers('http://127.0.0.1:1');
  if (demo === undefined) throw new Error('the demo has a number');
  const receiver = await startReceiver(demo.appSecret, demo.verifyToken);
  const own: SimulatedNumber = { ...demo, callbackUrl: receiver.url, ...number };
  // The public address is known only after listening, and the simulator only after its address: so it is found first.
  const simulator: { now?: Simulator } = {};
  const listening = await listenSimulator({ fetch: (request, env) => simulator.now?.fetch(request, env) ?? new Response() }, 0);
  const base = `http://127.0.0.1:${listening.port}`;
  const made = createSimulator({ seed: 7, now: () => START, numbers: [own], citizens: PEOPLE, publicUrl: base, ...options });
  simulator.now = made;
  const graph: Bench['graph'] = (method, path, body, token = own.accessToken) =>
    graphRequest(base, { method, path, body, token });
  return {
    simulator: made,
    control: made.control,
    receiver,
    number: own,
    base,
    graph,
    send: (body, version = 'v25.0') =>
      graph('POST', `${version}/${own.numberId}/messages`, { messaging_product: 'whatsapp', to: '+919990000001', ...body }),
    close: async () => {
      await listening.close();
      await made.close();
      await receiver.close();
    },
  };
}

const PEOPLE = [
  { id: 'asha', name: 'Asha Kulkarni', phone: '919990000001' },
  { id: 'imran', name: 'Imran Shaikh', phone: '919990000002', username: 'imran.sk' },
  { id: 'phoneOnly', name: 'Old Webhook', phone: '919990000003', identityMode: 'phone' as const },
];

async function graphRequest(
  base: string,
  asked: { method: string; path: string; body: JsonObject | FormData | undefined; token: string },
): Promise<{ status: number; body: Json }> {
  const path = /^v\d/.test(asked.path) ? asked.path : `v25.0/${asked.path}`;
  const json = asked.body !== undefined && !(asked.body instanceof FormData);
  const response = await fetch(`${base}/simulator/graph/${path}`, {
    method: asked.method,
    headers: { authorization: `Bearer ${asked.token}`, ...(json ? { 'content-type': 'application/json' } : {}) },
    ...(asked.body === undefined ? {} : { body: asked.body instanceof FormData ? asked.body : JSON.stringify(asked.body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** The `value` of each change in a webhook. */
export function valuesOf(received: Received | undefined): Json[] {
  const entries = listProperty(received?.body, 'entry');
  return entries.flatMap((entry) => listProperty(entry, 'changes').map((change) => property(change, 'value') ?? null));
}

/** All statuses that came, as "status" by message id in the order of arrival. */
export function statusesOf(receiver: Receiver): Json[] {
  return receiver.received.flatMap((one) => valuesOf(one).flatMap((value) => listProperty(value, 'statuses')));
}

/** All messages that came. */
export function messagesOf(receiver: Receiver): Json[] {
  return receiver.received.flatMap((one) => valuesOf(one).flatMap((value) => listProperty(value, 'messages')));
}

/** The code of a Graph error. */
export function codeOf(answer: { body: Json }): Json | undefined {
  return property(property(answer.body, 'error'), 'code');
}

/** The id in a response to a send. */
export function sentId(answer: { body: Json }): string {
  return String(property(listProperty(answer.body, 'messages')[0], 'id'));
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
