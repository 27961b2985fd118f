/** A scanner that plays clamd on a real socket. */
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openScanner } from './open-scanner.ts';

const opened: { close: () => void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

test('the scanner is given the whole file, and its word counts', async () => {
  const seen: number[] = [];
  const scan = await scannerThat((socket, bytes) => {
    seen.push(bytes.length);
    socket.end(bytes.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
  });
  const long = Buffer.alloc(2_500_000, 7);
  await expect(scan(long)).resolves.toBe('clean');
  await expect(scan(Buffer.from('… EICAR …'))).resolves.toBe('infected');
  await expect(scan(new Uint8Array())).resolves.toBe('clean');
  expect(seen).toEqual([2_500_000, Buffer.byteLength('… EICAR …'), 0]);
});

test.each([
  ['says that the file is too long', (socket: Socket) => socket.end('INSTREAM size limit exceeded. ERROR\0'), /size limit/],
  ['breaks off', (socket: Socket) => socket.end('stream: O'), /closed the connection/],
  ['hangs', () => undefined, /time-out/],
  ['never stops', (socket: Socket) => socket.end('x'.repeat(10_000)), /too much/],
] as const)('a scanner that %s has not said "clean"', async (_, answer, reason) => {
  const scan = await scannerThat(answer, 300);
  await expect(scan(Buffer.from('photo'))).rejects.toMatchObject({
    code: 'media:scanner',
    message: expect.stringMatching(reason),
  });
});

test('nobody at the address is an error, no address is no scanner', async () => {
  await expect(openScanner('clamd://127.0.0.1:1', 1_000).scan?.(Buffer.from('x'))).rejects.toMatchObject({
    code: 'media:scanner',
  });
  expect(openScanner(undefined)).toEqual({});
});

async function scannerThat(answer: (socket: Socket, bytes: Buffer) => unknown, timeoutMs = 5_000) {
  const server = createServer((socket) => {
    let sent = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      sent = Buffer.concat([sent, part]);
      const file = fileIn(sent);
      if (file !== undefined) answer(socket, file);
    });
  });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const { scan } = openScanner(
    `clamd://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    timeoutMs,
  );
  if (scan === undefined) throw new Error('no scanner');
  return scan;
}

/** What was sent between the command and the empty part; undefined while that has not come. */
function fileIn(sent: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (!sent.subarray(0, command.length).equals(Buffer.from(command))) return undefined;
  const parts: Buffer[] = [];
  for (let at = command.length; at + 4 <= sent.length; ) {
    const length = sent.readUInt32BE(at);
    if (length === 0) return Buffer.concat(parts);
    parts.push(sent.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
