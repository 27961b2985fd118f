/**
 * A thread for heavy work, one piece after the other. It starts with the first piece, and ends when none has come for a while, when one
 * breaks it or takes too long, and after many pieces, so that what libraries keep of each goes with it.
 */
import { SHARE_ENV, Worker } from 'node:worker_threads';

export interface ThreadOptions {
  /** The module that the thread runs; it answers `{ id, work }` with `{ id, result }` or `{ id, error }`. */
  url: URL;
  idleMs: number;
  longestMs: number;
  /** Pieces after which the thread is replaced. */
  pieces: number;
}

interface Answer<Result> {
  id: number;
  result?: Result;
  /** A word that names what went wrong; nothing personal. */
  error?: string;
}

/** Returns what does a piece of work in the thread; it throws an Error whose message is the thread's word for what went wrong. */
export function createThread<Work, Result>(options: ThreadOptions): (work: Work) => Promise<Result> {
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
  const one = async (work: Work): Promise<Result> => {
    clearTimeout(idle);
    worker ??= startWorker(options.url);
    count += 1;
    try {
      const result = await ask<Work, Result>(worker, { id: count, work }, options.longestMs);
      if (count % options.pieces === 0) await end();
      return result;
    } catch (error) {
      if (!(error instanceof Refusal)) await end();
      throw error;
    } finally {
      if (worker !== undefined) idle = setTimeout(() => void end(), options.idleMs).unref();
    }
  };
  return (work) => {
    const done = queue.then(() => one(work));
    queue = done.catch(() => undefined);
    return done;
  };
}

/** The thread is well and says no. */
class Refusal extends Error {}

function startWorker(url: URL): Worker {
  const worker = new Worker(url, { env: SHARE_ENV });
  worker.unref();
  return worker;
}

function ask<Work, Result>(worker: Worker, piece: { id: number; work: Work }, longestMs: number): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const answered = ({ id, result, error }: Answer<Result>) => {
    if (id !== piece.id) return;
    if (result === undefined) reject(new Refusal(error ?? 'unknown'));
    else resolve(result);
  };
  const failed = (error: unknown) => reject(new Error(error instanceof Error ? error.name : 'unknown'));
  const ended = () => reject(new Error('the thread ended'));
  const late = setTimeout(() => reject(new Error('it takes too long')), longestMs);
  worker.on('message', answered).once('error', failed).once('exit', ended);
  worker.postMessage(piece);
  return promise.finally(() => {
    clearTimeout(late);
    worker.off('message', answered).off('error', failed).off('exit', ended);
  });
}
