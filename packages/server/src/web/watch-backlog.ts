/** The backlog, read at most every few seconds however many ask, and never waited for longer than a probe can wait. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Backlog, type Database, readBacklog } from '@hazir/store';

const FRESH_MS = 3_000;
const PATIENCE_MS = 2_000;

/** Rejects while the database does not answer in time. */
export function watchBacklog(database: Database): () => Promise<Backlog> {
  let reading: Promise<Backlog> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = () => {
    if (reading !== undefined && performance.now() - readAt < FRESH_MS) return reading;
    readAt = performance.now();
    const started = readBacklog(database);
    reading = started;
    // What failed is not remembered.
    started.catch(() => {
      if (reading === started) reading = undefined;
    });
    return started;
  };
  return () =>
    Promise.race([
      read(),
      delay(PATIENCE_MS, undefined, { ref: false }).then(() => Promise.reject(new Error('the database does not answer'))),
    ]);
}
