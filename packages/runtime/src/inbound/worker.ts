/**
 * The worker: takes what waits, in the order of arrival, and turns it into committed effects.
 *
 * One batch at a time, many conversations in it; one conversation's inputs stay in order because batches do. A batch is
 * committed whole; when it cannot be, it is tried again conversation by conversation, so that one bad message never
 * stops the others. What fails alone is counted and, after its attempts, set aside.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { InboxRow } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import { isDatabaseAway } from '../database-away.ts';
import type { RuntimeDeps } from '../deps.ts';
import { ConflictError } from './conflict.ts';
import { type Item, itemOf } from './item.ts';
import { keyOf } from './memory.ts';
import type { BatchRunner } from './run-batch.ts';

export interface Worker {
  handOver: (rows: readonly InboxRow[]) => void;
  ring: (item: Extract<Item, { kind: 'timer' }>) => void;
  /** Resolves when everything that was handed over is done or waits for an answer. */
  idle: () => Promise<void>;
  stop: () => Promise<void>;
}

const BATCH = 200;
const HANDED = 500_000;
const DATABASE_AWAY_MS = 250;

export function createWorker(deps: RuntimeDeps, runner: BatchRunner): Worker {
  let queue: Item[] = [];
  // What was handed over once is never taken again from the table, however often that is read.
  const handed = new LRUCache<number, true>({ max: HANDED });
  // A timer that is looked up again while it waits here is not queued twice.
  const ringing = new Set<string>();
  let running: Promise<void> | undefined;
  let stopped = false;

  const start = () => {
    if (running !== undefined || stopped || queue.length === 0) return;
    running = drain().finally(() => {
      running = undefined;
      start();
    });
  };
  const drain = async () => {
    while (queue.length > 0 && !stopped) {
      const batch = queue.slice(0, BATCH);
      queue = queue.slice(BATCH);
      for (const item of batch) if (item.kind === 'timer') ringing.delete(keyOf(item.key));
      const released = await process(batch);
      queue = [...released, ...queue];
    }
  };
  /** Returns items to run next: those that a conversation had held back. */
  const process = async (batch: Item[]): Promise<Item[]> => {
    for (;;) {
      try {
        return await runner.run(batch);
      } catch (error) {
        if (stopped) return [];
        if (isDatabaseAway(error)) {
          deps.log('error', 'database_away', { waiting: batch.length });
          await delay(DATABASE_AWAY_MS);
        } else if (!(error instanceof ConflictError)) {
          return await runner.runApart(batch);
        }
      }
    }
  };
  return {
    handOver: (rows) => {
      for (const row of rows) if (!handed.has(row.seq)) queue.push(itemOf(row));
      for (const row of rows) handed.set(row.seq, true);
      start();
    },
    ring: (item) => {
      if (ringing.has(keyOf(item.key))) return;
      ringing.add(keyOf(item.key));
      queue.push(item);
      start();
    },
    idle: async () => {
      while (running !== undefined) await running;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
