/** The listening sockets: one for webhooks and, through the routes, everything else; and, where wanted, one for webhooks alone. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as SocketServer } from 'node:net';
import { HazirError } from '@hazir/core';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { WebhookDeps } from './webhooks/answer.ts';
import { handleWebhook } from './webhooks/on-http.ts';
import { createSocketServer } from './webhooks/on-sockets.ts';

export interface Listening {
  url: string;
  /** Stops taking connections and waits for requests under way. */
  close: () => Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
}

export interface Handlers {
  /** Absent in a process that only works. */
  webhook?: WebhookDeps;
  /** Told of each webhook request that was answered. */
  answered: (status: number, ms: number) => void;
  routes: Hono;
}

/** Requests are handled once `handlers` resolves; until then the socket answers 503, so that the address is known early. */
export async function listen(options: ListenOptions, handlers: () => Handlers | undefined): Promise<Listening> {
  let routed: ReturnType<typeof getRequestListener> | undefined;
  const server = createServer((request, response) => {
    const ready = handlers();
    if (ready === undefined) return void response.writeHead(503, { 'retry-after': '1' }).end('starting');
    routed ??= getRequestListener(ready.routes.fetch);
    const startedAt = performance.now();
    if (ready.webhook === undefined || !handleWebhook(ready.webhook, request, response)) return void routed(request, response);
    response.once('finish', () => ready.answered(response.statusCode, performance.now() - startedAt));
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 66_000;
  server.requestTimeout = 30_000;
  await bind(server, options);
  const { port } = addressOf(server);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host === '0.0.0.0' ? '127.0.0.1' : options.host;
  return { url: `http://${host}:${port}`, close: () => closeServer(server) };
}

/** A port for webhooks alone, behind a proxy. */
export async function listenForWebhooks(options: ListenOptions, handlers: () => Handlers | undefined): Promise<Listening> {
  const { server, finish } = createSocketServer({
    webhook: () => handlers()?.webhook,
    answered: (status, ms) => handlers()?.answered(status, ms),
  });
  await bind(server, options);
  const { port } = addressOf(server);
  return {
    url: `http://${options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        finish();
      }),
  };
}

function bind(server: SocketServer, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const message = taken ? `Port ${port} is taken by another program.` : `Cannot listen on ${host}:${port}: ${cause.message}.`;
      reject(
        new HazirError(taken ? 'server:port-taken' : 'server:listen', message, {
          hint: 'Choose another with HAZIR_PORT, for example HAZIR_PORT=4001.',
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

function addressOf(server: SocketServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new HazirError('server:listen', 'The server has no address.');
  return address;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 3_000).unref();
  });
}
