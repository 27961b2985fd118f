/** Prints pages, one after the other, in a thread of its own, so that no message waits for a page. */
import { createThread } from '../thread.ts';
import type { Page } from './page.ts';

export interface Printer {
  /** The PDF. Throws when the thread breaks, when the page cannot be set, or where Typst has no build for this machine. */
  print: (page: Page) => Promise<Uint8Array>;
}

/** Typst keeps a little of each page: after a thousand, some hundred megabytes. */
const MOST_PAGES = 1_000;

export function createPrinter(): Printer {
  const url = new URL('./print-worker.ts', import.meta.url);
  const inThread = createThread<Page, Uint8Array>({ url, idleMs: 120_000, longestMs: 10_000, pieces: MOST_PAGES });
  return {
    print: (page) =>
      inThread(page).catch((error: unknown) => {
        throw new Error(`a document was not printed: ${error instanceof Error ? error.message : 'unknown'}`);
      }),
  };
}
