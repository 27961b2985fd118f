/**
 * Decodes voice messages, one after the other, in a thread of its own. The thread is started for the first one and ended when none has
 * come for a while or one takes too long, so that a process without voice carries nothing of it.
 */
import { Worker } from 'node:worker_threads';
import { HazirError } from '@hazir/core';

export interface Decoder {
  /** The samples of an Ogg Opus file, one channel. Throws `voice:broken`. The caller has looked at its length. */
  decode: (bytes: Uint8Array, rate: number) => Promise<Float32Array>;
  close: () => Promise<void>;
}

const IDLE_MS = 30_000;
const LONGEST_MS = 20_000;
const HEAP_MB = 128;

interface Answer {
  id: number;
  samples?: Float32Array;
  error?: string;
}

export function createDecoder(): Decoder {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let count = 0;
  const end = async () => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const one = async (bytes: Uint8Array, rate: number): Promise<Float32Array> => {
    clearTimeout(idle);
    worker ??= startWorker();
    count += 1;
    try {
      return await ask(worker, { id: count, bytes, rate });
    } catch (error) {
      await end();
      throw error;
    } finally {
      if (worker !== undefined) idle = setTimeout(() => void end(), IDLE_MS).unref();
    }
  };
  return {
    decode: (bytes, rate) => {
      const decoded = queue.then(() => one(bytes, rate));
      queue = decoded.catch(() => undefined);
      return decoded;
    },
    close: async () => {
      await queue;
      await end();
    },
  };
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  worker.unref();
  return worker;
}

function ask(worker: Worker, work: { id: number; bytes: Uint8Array; rate: number }): Promise<Float32Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
  const broken = (detail: string) => reject(new HazirError('voice:broken', `A voice message cannot be decoded: ${detail}.`));
  const answered = ({ id, samples, error }: Answer) => {
    if (id !== work.id) return;
    if (samples === undefined) broken(error ?? 'unknown');
    else resolve(samples);
  };
  const failed = (error: unknown) => broken(error instanceof Error ? error.name : 'unknown');
  const ended = () => broken('the thread ended');
  const late = setTimeout(() => broken('it takes too long'), LONGEST_MS);
  worker.on('message', answered).once('error', failed).once('exit', ended);
  worker.postMessage(work);
  return promise.finally(() => {
    clearTimeout(late);
    worker.off('message', answered).off('error', failed).off('exit', ended);
  });
}
