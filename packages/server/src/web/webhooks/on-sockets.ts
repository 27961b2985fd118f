/**
 * Webhooks on a port of their own, for a proxy that stands before Hazir anyway because Meta wants TLS. It reads the subset of
 * HTTP/1.1 that proxies write, strictly: a request line, headers each with its colon, one Content-Length, no Transfer-Encoding. All
 * else is answered with 400 and the connection ends, so that proxy and Hazir can never disagree about where a request ends
 * (request smuggling). One request at a time on a connection. node:http costs twice the processor time of such a request.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { type Answer, answerWebhook, BODY_BYTES, type WebhookDeps, webhookOf } from './answer.ts';
import { HEAD_BYTES, type Head, readHead } from './read-head.ts';

export interface SocketHandlers {
  /** Undefined until the server is ready, and in a process that only works. */
  webhook: () => WebhookDeps | undefined;
  /** Told of each request that was answered. */
  answered: (status: number, ms: number) => void;
}

export interface SocketServer {
  server: Server;
  /** Ends connections as soon as they have their answer. */
  finish: () => void;
}

/** A connection that says nothing for so long is closed. */
const IDLE_MS = 65_000;
/** Time from the first byte of a request to its last. */
const REQUEST_MS = 30_000;
const LOOK_MS = 5_000;
const CONNECTIONS = 20_000;

interface Line {
  socket: Socket;
  /** What has come and is not read yet. */
  pending: Buffer[];
  pendingBytes: number;
  /** Bytes with which the request will be complete; 0: unknown. */
  needed: number;
  /** A request is being answered. */
  busy: boolean;
  /** When the request that is not complete yet began. */
  since: number;
}

interface Lines {
  handlers: SocketHandlers;
  open: Set<Line>;
  finishing: boolean;
}

export function createSocketServer(handlers: SocketHandlers): SocketServer {
  const lines: Lines = { handlers, open: new Set(), finishing: false };
  const server = createServer({ noDelay: true }, (socket) => openLine(lines, socket));
  server.maxConnections = CONNECTIONS;
  const looking = setInterval(() => dropSlow(lines), LOOK_MS);
  looking.unref();
  server.on('close', () => clearInterval(looking));
  return {
    server,
    finish: () => {
      lines.finishing = true;
      for (const line of lines.open) if (!line.busy) line.socket.end();
    },
  };
}

function openLine(lines: Lines, socket: Socket): void {
  const line: Line = { socket, pending: [], pendingBytes: 0, needed: 0, busy: false, since: 0 };
  lines.open.add(line);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => lines.open.delete(line));
  socket.on('data', (chunk: Buffer) => {
    keep(line, chunk);
    if (line.busy) socket.pause();
    else if (line.pendingBytes >= line.needed) read(lines, line);
  });
}

function keep(line: Line, chunk: Buffer): void {
  if (chunk.length === 0) return;
  line.pending.push(chunk);
  line.pendingBytes += chunk.length;
}

/** Reads the next request from what has come; keeps what is not complete. */
function read(lines: Lines, line: Line): void {
  const [first] = line.pending;
  if (first === undefined || line.busy) return;
  const bytes = line.pending.length === 1 ? first : Buffer.concat(line.pending);
  line.pending = [bytes];
  const head = readHead(bytes);
  if (head === 'malformed') refuse(line, 400);
  else if (head === 'incomplete') wait(line, 0);
  else if (head.bodyBytes > BODY_BYTES) refuse(line, 413);
  else if (bytes.length < head.bytes + head.bodyBytes) wait(line, head.bytes + head.bodyBytes);
  else begin(lines, line, { head, bytes });
}

function begin(lines: Lines, line: Line, { head, bytes }: { head: Head; bytes: Buffer }): void {
  const until = head.bytes + head.bodyBytes;
  line.pending = [];
  line.pendingBytes = 0;
  keep(line, bytes.subarray(until));
  line.needed = 0;
  line.since = 0;
  line.busy = true;
  void answer(lines, { line, head, rawBody: bytes.subarray(head.bytes, until) });
}

/** For the rest of a request; a head that has no end is not waited for. */
function wait(line: Line, needed: number): void {
  line.needed = needed;
  if (needed === 0 && line.pendingBytes > HEAD_BYTES) refuse(line, 431);
  else if (line.since === 0) line.since = performance.now();
}

async function answer(lines: Lines, { line, head, rawBody }: { line: Line; head: Head; rawBody: Buffer }): Promise<void> {
  const startedAt = performance.now();
  const { socket } = line;
  const answered = await respond(lines.handlers.webhook(), head, rawBody);
  const last = head.close || lines.finishing;
  if (!socket.destroyed) socket.write(responseText(answered, last), 'latin1');
  if (last) socket.end();
  lines.handlers.answered(answered.status, performance.now() - startedAt);
  line.busy = false;
  if (socket.isPaused()) socket.resume();
  if (!last) read(lines, line);
}

async function respond(deps: WebhookDeps | undefined, head: Head, rawBody: Buffer): Promise<Answer> {
  if (deps === undefined) return { status: 503, body: 'starting' };
  const found = webhookOf(deps, head.target);
  if (found === undefined) return { status: 404, body: 'not a webhook' };
  return answerWebhook(deps, { ...found, method: head.method, headers: head.headers, rawBody });
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};
const STORED = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

/** Bodies are ours and ASCII, or a challenge, which is written as its bytes. */
function responseText({ status, body }: Answer, close: boolean): string {
  if (status === 200 && body === '' && !close) return STORED;
  const bytes = Buffer.from(body, 'utf8');
  const type = 'Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n';
  const end = close ? 'Connection: close\r\n' : '';
  return `HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}\r\n${type}${end}Content-Length: ${bytes.length}\r\n\r\n${bytes.toString('latin1')}`;
}

function refuse(line: Line, status: number): void {
  line.busy = true;
  line.pending = [];
  line.socket.removeAllListeners('data');
  line.socket.resume();
  line.socket.end(responseText({ status, body: REASONS[status] ?? '' }, true), 'latin1');
}

function dropSlow(lines: Lines): void {
  const before = performance.now() - REQUEST_MS;
  for (const line of lines.open) if (line.since > 0 && line.since < before) line.socket.destroy();
}
