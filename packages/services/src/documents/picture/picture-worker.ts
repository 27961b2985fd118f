/** The thread that looks for codes: a large picture takes seconds and hundreds of megabytes. */
import { parentPort } from 'node:worker_threads';
import { isPicture, readPicture } from './read-picture.ts';

const port = parentPort;
port?.on('message', ({ id, work }: { id: number; work: Uint8Array }) => {
  try {
    if (isPicture(work)) port.postMessage({ id, result: { code: readPicture(work) } });
    else port.postMessage({ id, error: 'no picture' });
  } catch {
    port.postMessage({ id, error: 'damaged' });
  }
});
