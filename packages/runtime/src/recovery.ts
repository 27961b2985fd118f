/** What is read back from the database: at the start, after a lost connection, and now and then as a safety net. */
import { dueConversations, readInbox, readOutbox } from '@hazir/store';
import type { RuntimeDeps } from './deps.ts';
import type { Worker } from './inbound/worker.ts';
import type { Sender } from './sender/sender.ts';

export interface Recovery {
  /** Everything that waits, after winning the lead. */
  all: () => Promise<void>;
  /** What another process has put into the inbox. */
  inbox: () => Promise<void>;
  /** Timers that are due. */
  timers: () => Promise<void>;
  /** What fell between commit and hand-over, for example when a connection broke in the middle. */
  sweep: () => Promise<void>;
}

/** A row this old that is in no lane was forgotten. */
export const SWEEP_MS = 30_000;
const READ_AT_ONCE = 5_000;

export function createRecovery({ database, now }: RuntimeDeps, worker: Worker, sender: Sender): Recovery {
  const inbox = async () => {
    for (let rows = await readInbox(database, 0, READ_AT_ONCE); rows.length > 0; ) {
      worker.handOver(rows);
      rows = rows.length < READ_AT_ONCE ? [] : await readInbox(database, rows.at(-1)?.seq ?? 0, READ_AT_ONCE);
    }
  };
  return {
    inbox,
    all: async () => {
      sender.recover(await readOutbox(database));
      await inbox();
    },
    timers: async () => {
      for (const key of await dueConversations(database, new Date(now()), READ_AT_ONCE))
        worker.ring({ kind: 'timer', key, dueAt: now() });
    },
    sweep: async () => {
      sender.recover((await readOutbox(database)).filter((row) => row.dueAt.getTime() < now() - SWEEP_MS));
      await inbox();
    },
  };
}
