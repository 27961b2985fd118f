/**
 * Files of citizens are shown to a virus scanner before they are kept: clamd, over its INSTREAM command (clamd(8), "COMMANDS"). It is
 * a dozen bytes around the file; the library for it prints to the console and waits for ever on a scanner that hangs.
 */
import { connect } from 'node:net';
import { HazirError } from '@hazir/core';
import type { FileStore } from '@hazir/runtime';

const PART_BYTES = 1 << 20;
const MOST_ANSWER = 4_096;
/** A large file takes it some seconds. */
const ANSWER_MS = 60_000;

/** The scanner at an address such as clamd://scanner:3310; nothing without one. */
export function openScanner(address: string | undefined, timeoutMs = ANSWER_MS): Pick<FileStore, 'scan'> {
  if (address === undefined) return {};
  const { hostname, port } = new URL(address);
  const scan: FileStore['scan'] = async (bytes) => {
    const answer = await ask({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), timeoutMs }, bytes);
    if (answer === 'stream: OK') return 'clean';
    if (answer.endsWith(' FOUND')) return 'infected';
    throw new HazirError('media:scanner', `The scanner answered "${answer.slice(0, 200)}".`, {
      hint: 'Look at its StreamMaxLength and its log.',
    });
  };
  return { scan };
}

/** What clamd says of the bytes. Throws when it says nothing in time. */
function ask({ host, port, timeoutMs }: { host: string; port: number; timeoutMs: number }, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let answer = '';
    const end = (reason: string) => {
      socket.destroy();
      if (answer.includes('\0')) resolve(answer.slice(0, answer.indexOf('\0')));
      else reject(new HazirError('media:scanner', `The scanner does not answer: ${reason}.`, { hint: 'See HAZIR_SCANNER.' }));
    };
    const tooLate = setTimeout(() => end('time-out'), timeoutMs);
    socket.on('close', () => clearTimeout(tooLate));
    socket.on('error', ({ message }) => end(message));
    socket.on('end', () => end('it closed the connection'));
    socket.on('data', (part) => {
      answer += part.toString('latin1');
      if (answer.includes('\0') || answer.length > MOST_ANSWER) end('it says too much');
    });
    // A scanner that has enough stops reading: its answer still counts.
    socket.on('connect', () => {
      socket.write('zINSTREAM\0');
      for (let from = 0; from < bytes.length; from += PART_BYTES) writePart(socket, bytes.subarray(from, from + PART_BYTES));
      writePart(socket, new Uint8Array());
    });
  });
}

/** Each part after its length; an empty one ends the file. */
function writePart(socket: { write: (bytes: Uint8Array) => unknown }, part: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  socket.write(length);
  if (part.length > 0) socket.write(part);
}
