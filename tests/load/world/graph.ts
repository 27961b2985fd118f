/** The fake Graph API: takes message POSTs on bare sockets and answers as it is told. */
import { createServer, type Socket } from 'node:net';
import { createFramer } from './frames.ts';

/** What becomes of one request: an answer after a while, or the connection is closed without one. */
export interface GraphAnswer {
  status: number;
  body: string;
  delayMs?: number;
  cut?: boolean;
}

export interface Graph {
  port: number;
  close: () => Promise<void>;
}

/** `answer` gets the phone-number id and the text of each request to `/{version}/{number}/messages`. */
export function listenGraph(answer: (numberId: string, body: string) => GraphAnswer, port = 0): Promise<Graph> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const take = (head: string, body: Buffer) => {
      const numberId = NUMBER.exec(head)?.[1];
      respond(socket, numberId === undefined ? NOT_FOUND : answer(numberId, body.toString('utf8')));
    };
    socket.on('data', createFramer(take));
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          for (const socket of sockets) socket.destroy();
        });
      resolve({ port: typeof address === 'object' && address !== null ? address.port : 0, close });
    });
  });
}

const NUMBER = /^POST \/v[\d.]+\/(\d+)\/messages[ ?]/;
const NOT_FOUND: GraphAnswer = { status: 404, body: '{"error":{"message":"not simulated","code":100}}' };

function respond(socket: Socket, answer: GraphAnswer): void {
  const write = () => {
    if (answer.cut === true) socket.destroy();
    else if (!socket.destroyed) {
      const size = Buffer.byteLength(answer.body);
      socket.write(
        `HTTP/1.1 ${answer.status} X\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n${answer.body}`,
        'latin1',
      );
    }
  };
  if (answer.delayMs === undefined || answer.delayMs <= 0) write();
  else setTimeout(write, answer.delayMs);
}
