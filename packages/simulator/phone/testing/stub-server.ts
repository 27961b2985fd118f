/**
 * A simulator without a Hazir behind it, for the phone's own tests and for work on its looks: the control API in memory,
 * a business that answers by a short script, and the built page under a strict content security policy.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { property, textProperty } from '@hazir/core';
import type { ChatBody, ChatItem, Citizen, Faults } from '../../src/protocol.ts';
import { firstCitizens, noFaults, numbers } from './people.ts';
import { answerTo } from './script.ts';

export interface StubServer {
  origin: string;
  /** Adds a bubble and tells the open streams; returns it. */
  push: (citizenId: string, item: Partial<ChatItem> & { body: ChatBody }) => ChatItem;
  typing: (citizenId: string, typing: boolean) => void;
  /** Cuts every open stream, as a restart would. */
  cutStreams: () => void;
  /** Refuses messages from now on, with this reason; undefined accepts again. */
  refuse: (reason: string | undefined) => void;
  /** What the page asked for: "POST /citizens/meera/messages". */
  log: string[];
  /** Resolves when the page has asked for this. */
  seen: (line: string) => Promise<void>;
  close: () => Promise<void>;
}

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.geojson': 'application/geo+json',
  '.ogg': 'audio/ogg',
};

/** Starts on a free port of the loopback address. `pageFolder` is what `vite build` wrote. */
export async function startStubServer(pageFolder: string): Promise<StubServer> {
  const stub = createStub();
  const server = createServer((request, response) => {
    respond(stub, pageFolder, { request, response }).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${portOf(address)}`,
    push: stub.push,
    typing: (citizenId, typing) => stub.tell(citizenId, { typing, numberId: numbers[0]?.numberId ?? '' }),
    cutStreams: () => {
      for (const { response } of stub.streams) response.destroy();
      stub.streams.clear();
    },
    refuse: (reason) => {
      stub.refusal = reason;
    },
    log: stub.log,
    seen: (line) => waitFor(stub, line),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Stub = ReturnType<typeof createStub>;

function createStub() {
  const citizens = new Map<string, Citizen>(firstCitizens.map((citizen) => [citizen.id, { ...citizen }]));
  const items = new Map<string, ChatItem[]>();
  const streams = new Set<{ citizenId: string; response: ServerResponse }>();
  const media = new Map<string, { kind: string; bytes: Buffer }>();
  const log: string[] = [];
  const listeners = new Set<() => void>();
  let seq = 0;
  const tell = (citizenId: string, event: unknown) => {
    for (const stream of streams) if (stream.citizenId === citizenId) stream.response.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const put = (citizenId: string, item: ChatItem) => {
    const list = items.get(citizenId) ?? [];
    const others = list.filter((old) => old.wamid !== item.wamid);
    items.set(citizenId, [...others, item]);
    tell(citizenId, item);
    return item;
  };
  const push = (citizenId: string, item: Partial<ChatItem> & { body: ChatBody }) => {
    seq += 1;
    return put(citizenId, {
      wamid: `wamid.${seq}`,
      numberId: numbers[0]?.numberId ?? '',
      from: 'business',
      at: Date.now(),
      ticks: 'delivered',
      ...item,
      seq,
    });
  };
  const change = (citizenId: string, wamid: string, changed: Partial<ChatItem>) => {
    const old = items.get(citizenId)?.find((item) => item.wamid === wamid);
    if (!old) return;
    seq += 1;
    put(citizenId, { ...old, ...changed, seq });
  };
  const settings: { refusal: string | undefined; faults: Faults; offset: number } = {
    refusal: undefined,
    faults: noFaults,
    offset: 0,
  };
  return Object.assign(settings, { citizens, items, streams, media, log, listeners, tell, push, change });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** What goes back: a status with JSON or with bytes of a kind; a stream answers for itself. */
type Answer = { status: number; json?: unknown; bytes?: Buffer; kind?: string } | 'stream';

async function respond(stub: Stub, pageFolder: string, { request, response }: Exchange): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stub');
  const answer = url.pathname.startsWith('/phone/')
    ? await fileAnswer(pageFolder, url.pathname.slice('/phone/'.length))
    : await apiAnswer(stub, url, { request, response });
  if (answer === 'stream') return;
  response.writeHead(answer.status, { 'content-type': answer.kind ?? 'application/json', 'content-security-policy': policy });
  response.end(answer.bytes ?? (answer.json === undefined ? undefined : JSON.stringify(answer.json)));
}

async function apiAnswer(stub: Stub, url: URL, { request, response }: Exchange): Promise<Answer> {
  const path = url.pathname.replace('/simulator/api', '');
  stub.log.push(`${request.method} ${path}`);
  for (const listener of stub.listeners) listener();
  const [, area, id, part] = path.split('/');
  const bytes = await bytesOf(request);
  if (area === 'media') return mediaAnswer(stub, id, { request, bytes });
  if (part === 'events' && id !== undefined) return openStream(stub, id, response);
  const sent: unknown = bytes.length === 0 ? undefined : JSON.parse(bytes.toString());
  const first = url.searchParams.get('after') === '0';
  switch (area) {
    case 'state':
      return ok({ now: Date.now() + stub.offset, seed: 1, numbers, citizens: [...stub.citizens.values()], faults: stub.faults });
    case 'faults':
      if (request.method === 'PUT') stub.faults = { ...noFaults, ...Object(sent) };
      return ok(stub.faults);
    case 'clock':
      stub.offset += Number(property(sent, 'advanceMs'));
      return ok({ now: Date.now() + stub.offset });
    case 'requests':
      return ok({ items: first ? [sampleRequest()] : [] });
    case 'deliveries':
      return ok({ items: first ? [sampleDelivery()] : [] });
    case 'reset':
      stub.items.clear();
      return { status: 204 };
    case 'citizens':
      return id === undefined ? newCitizen(stub, sent) : citizenAnswer(stub, { id, part, sent, method: request.method, url });
    default:
      return { status: 404, json: {} };
  }
}

function newCitizen(stub: Stub, sent: unknown): Answer {
  const name = textProperty(sent, 'name') ?? 'Nobody';
  const citizen: Citizen = { ...(firstCitizens[0] ?? Object()), ...Object(sent), id: name.toLowerCase().replace(/\W/gu, '-') };
  stub.citizens.set(citizen.id, citizen);
  return { status: 201, json: citizen };
}

interface CitizenCall {
  id: string;
  part: string | undefined;
  sent: unknown;
  method: string | undefined;
  url: URL;
}

function citizenAnswer(stub: Stub, { id, part, sent, method, url }: CitizenCall): Answer {
  const citizen = stub.citizens.get(id);
  if (!citizen) return { status: 404, json: { error: { message: 'No such citizen.' } } };
  if (method === 'PATCH') {
    const changed: Citizen = { ...citizen, ...Object(sent) };
    stub.citizens.set(id, changed);
    return ok(changed);
  }
  if (part === 'reads') return { status: 204 };
  const after = Number(url.searchParams.get('after'));
  if (method === 'GET') return ok({ items: (stub.items.get(id) ?? []).filter((item) => item.seq > after) });
  if (stub.refusal !== undefined) return { status: 503, json: { error: { message: stub.refusal } } };
  return { status: 202, json: { id: answerTo(stub, id, sent) } };
}

function openStream(stub: Stub, citizenId: string, response: ServerResponse): Answer {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  const stream = { citizenId, response };
  stub.streams.add(stream);
  response.on('close', () => stub.streams.delete(stream));
  return 'stream';
}

function mediaAnswer(
  stub: Stub,
  id: string | undefined,
  { request, bytes }: { request: IncomingMessage; bytes: Buffer },
): Answer {
  if (request.method === 'POST') {
    const mediaId = `media-${stub.media.size + 1}`;
    stub.media.set(mediaId, { kind: request.headers['content-type'] ?? '', bytes });
    return { status: 201, json: { mediaId } };
  }
  const found = stub.media.get(id ?? '');
  return found ? { status: 200, ...found } : { status: 404, json: {} };
}

async function fileAnswer(folder: string, path: string): Promise<Answer> {
  const file = join(folder, normalize(`/${path === '' ? 'index.html' : path}`));
  const bytes = await readFile(file).catch(() => undefined);
  return bytes ? { status: 200, bytes, kind: kinds[extname(file)] ?? 'application/octet-stream' } : { status: 404, json: {} };
}

function ok(json: unknown): Answer {
  return { status: 200, json };
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function waitFor(stub: Stub, line: string): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!stub.log.includes(line)) return;
      stub.listeners.delete(check);
      resolve();
    };
    stub.listeners.add(check);
    check();
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The stub server has no port.');
  return address.port;
}

function sampleRequest() {
  const body = { messaging_product: 'whatsapp', to: '919999900001', type: 'text', text: { body: 'नमस्कार! MyBMC Assist' } };
  return {
    seq: 1,
    at: Date.now(),
    method: 'POST',
    path: '/v23.0/1001/messages',
    body,
    status: 200,
    response: { messages: [{ id: 'wamid.1' }] },
  };
}

function sampleDelivery() {
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ changes: [{ value: { messages: [{ from: '919999900001', type: 'text' }] } }] }],
  };
  return { seq: 1, at: Date.now(), attempt: 1, status: 200, body };
}
