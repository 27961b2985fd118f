/** Finds the code in a citizen's picture, in a thread of its own. */
import { createThread } from '../thread.ts';

/** No code: there is none, or it could not be read. */
export type Seen = { code: string | undefined } | 'bad-picture';

const inThread = createThread<Uint8Array, { code: string | undefined }>({
  url: new URL('./picture-worker.ts', import.meta.url),
  idleMs: 30_000,
  longestMs: 15_000,
  pieces: 100,
});

/** Never throws: what cannot be looked at, or takes too long, is a bad picture. */
export function codeIn(picture: Uint8Array): Promise<Seen> {
  return inThread(picture).catch(() => 'bad-picture' as const);
}
