/** Runs a simulator as a server of its own. */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Simulator } from './create-simulator.ts';

export interface Listening {
  port: number;
  /** Stops taking requests and ends the open ones; the simulator itself is closed by its own close(). */
  close: () => Promise<void>;
}

/** Listens on the loop-back address; port 0 takes a free one. Rejects when the port is taken. */
export function listenSimulator(simulator: Pick<Simulator, 'fetch'>, port: number, hostname = '127.0.0.1'): Promise<Listening> {
  const server = createAdaptorServer({ fetch: simulator.fetch });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ port: taken, close: () => closeServer(server) });
    });
  });
}

function closeServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if (isHttpServer(server)) server.closeAllConnections();
  });
}

function isHttpServer(server: object): server is Server {
  return 'closeAllConnections' in server;
}
