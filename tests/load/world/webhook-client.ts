/** Meta's side of the webhooks: keep-alive connections, one request at a time on each, never more than `connections`. */
import { createHmac, type KeyObject } from 'node:crypto';
import { connect } from 'node:net';
import { createFramer, statusOf } from './frames.ts';

export interface WebhookClient {
  /** Signs and posts a body of ASCII; `done` gets the HTTP status, or 0 when there was no answer. */
  post: (body: string, key: KeyObject, done: (status: number) => void) => void;
  /** Requests that wait for a connection or for an answer. */
  waiting: () => number;
  close: () => void;
}

export interface WebhookClientOptions {
  /** Ports of Hazir's web processes on this machine; connections are spread over them. */
  ports: readonly number[];
  connections: number;
}

interface Request {
  text: string;
  done: (status: number) => void;
}

interface Line {
  send: (request: Request) => void;
  destroy: () => void;
}

export function createWebhookClient(options: WebhookClientOptions): WebhookClient {
  const idle: Line[] = [];
  const lines = new Set<Line>();
  let queue: Request[] = [];
  let first = 0;
  let opened = 0;
  let underWay = 0;

  const next = (): Request | undefined => {
    const request = queue[first];
    if (request === undefined) return undefined;
    first += 1;
    if (first > 4_096) {
      queue = queue.slice(first);
      first = 0;
    }
    return request;
  };
  const open = (): Line => {
    const port = options.ports[opened++ % options.ports.length] ?? 0;
    const line = openLine(port, {
      free: (mine) => {
        underWay -= 1;
        const request = next();
        if (request === undefined) idle.push(mine);
        else start(mine, request);
      },
      gone: (mine, busy) => {
        if (busy) underWay -= 1;
        lines.delete(mine);
        const at = idle.indexOf(mine);
        if (at >= 0) idle.splice(at, 1);
        const request = next();
        if (request !== undefined) start(open(), request);
      },
    });
    lines.add(line);
    return line;
  };
  const start = (line: Line, request: Request) => {
    underWay += 1;
    line.send(request);
  };
  return {
    post: (body, key, done) => {
      const request = { text: requestText(body, key), done };
      const line = idle.pop() ?? (lines.size < options.connections ? open() : undefined);
      if (line === undefined) queue.push(request);
      else start(line, request);
    },
    waiting: () => queue.length - first + underWay,
    close: () => {
      for (const line of [...lines]) line.destroy();
    },
  };
}

function requestText(body: string, key: KeyObject): string {
  const signature = createHmac('sha256', key).update(body, 'latin1').digest('hex');
  return `POST /webhooks/whatsapp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256=${signature}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

interface LineEvents {
  free: (line: Line) => void;
  gone: (line: Line, busy: boolean) => void;
}

function openLine(port: number, events: LineEvents): Line {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let current: Request | undefined;
  const line: Line = {
    send: (request) => {
      current = request;
      socket.write(request.text, 'latin1');
    },
    destroy: () => socket.destroy(),
  };
  const frame = createFramer((head, _body, open) => {
    const answered = current;
    current = undefined;
    answered?.done(statusOf(head));
    if (open) socket.destroy();
    else if (answered !== undefined) events.free(line);
  });
  socket.on('data', frame);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    const broken = current;
    current = undefined;
    events.gone(line, broken !== undefined);
    broken?.done(0);
  });
  return line;
}
