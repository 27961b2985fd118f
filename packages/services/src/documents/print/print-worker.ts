/** The thread that prints: Typst's fonts and memory are here, and go when the thread ends. */
import { parentPort } from 'node:worker_threads';
import type { Page } from './page.ts';
import { openPress, type Press } from './typst.ts';

const port = parentPort;
let press: Press | undefined;
port?.on('message', ({ id, work }: { id: number; work: Page }) => {
  try {
    press ??= openPress();
    const printed = press.print(work);
    if ('pdf' in printed) port.postMessage({ id, result: printed.pdf });
    // What Typst says may quote the page; of a page it is told that it cannot be printed.
    else port.postMessage({ id, error: 'the layout does not fit' });
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.name : 'unknown' });
  }
});
