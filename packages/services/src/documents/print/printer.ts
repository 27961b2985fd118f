/**
 * Prints pages, one after the other, in a thread of its own, so that no message waits for a page. The thread starts with the first
 * page, and ends when none has come for a while, when a page takes too long, and after a thousand pages: Typst keeps a little of each.
 */
import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { Page } from './page.ts';

export interface Printer {
  /** The PDF. Throws when the thread breaks, or where Typst has no build for this machine. */
  print: (page: Page) => Promise<Uint8Array>;
}

const IDLE_MS = 120_000;
const LONGEST_MS = 10_000;
const MOST_PAGES = 1_000;

interface Answer {
  id: number;
  pdf?: Uint8Array;
  error?: string;
}

export function createPrinter(): Printer {
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
  const one = async (page: Page): Promise<Uint8Array> => {
    clearTimeout(idle);
    worker ??= startWorker();
    count += 1;
    try {
      const pdf = await ask(worker, { id: count, page });
      if (count % MOST_PAGES === 0) await end();
      return pdf;
    } catch (error) {
      await end();
      throw error;
    } finally {
      if (worker !== undefined) idle = setTimeout(() => void end(), IDLE_MS).unref();
    }
  };
  return {
    print: (page) => {
      const printed = queue.then(() => one(page));
      queue = printed.catch(() => undefined);
      return printed;
    },
  };
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { env: SHARE_ENV });
  worker.unref();
  return worker;
}

function ask(worker: Worker, work: { id: number; page: Page }): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const broken = (detail: string) => reject(new Error(`a document was not printed: ${detail}`));
  const answered = ({ id, pdf, error }: Answer) => {
    if (id !== work.id) return;
    if (pdf === undefined) broken(error ?? 'unknown');
    else resolve(pdf);
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
