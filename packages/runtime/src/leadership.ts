/**
 * One worker at a time: whoever holds an advisory lock of the database works, others take in and wait. The lock dies
 * with its connection, so a killed leader is followed within a second; correctness never rests on it, every commit checks.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@hazir/store';
import pg from 'pg';

export interface Leadership {
  isLeader: () => boolean;
  stop: () => Promise<void>;
}

export const INBOX_SIGNAL = 'hazir_inbox';
const LOCK = 'hazir.worker';
const RETRY_MS = 500;

/**
 * Tries at once, then until stopped. `onLead` runs each time the lock is won, also after a lost connection; `onSignal`
 * when another process has put something into the inbox.
 */
export async function seekLeadership(
  database: Database,
  on: { lead: () => Promise<void>; signal: () => void },
): Promise<Leadership> {
  let leader = false;
  let stopped = false;
  let client: pg.Client | undefined;

  const attempt = async (): Promise<boolean> => {
    const next = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 5_000 });
    let gone = false;
    next.on('error', () => next.emit('end'));
    next.once('end', () => {
      gone = true;
      if (client === next) void lost();
    });
    try {
      await next.connect();
      const { rows } = await next.query<{ won: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as won', [LOCK]);
      if (rows[0]?.won !== true) {
        await next.end();
        return false;
      }
      next.on('notification', on.signal);
      await next.query(`listen ${INBOX_SIGNAL}`);
      leader = true;
      await on.lead();
      if (gone || stopped) throw new Error('lost while it was being won');
    } catch {
      // The database went away again: the lock went with the connection.
      leader = false;
      await next.end().catch(() => undefined);
      return false;
    }
    client = next;
    return true;
  };
  const lost = async () => {
    leader = false;
    if (!stopped) await seek();
  };
  const seek = async () => {
    while (!stopped && !(await attempt())) await delay(RETRY_MS);
  };
  const first = await attempt();
  if (!first) void seek();
  return {
    isLeader: () => leader,
    stop: async () => {
      stopped = true;
      leader = false;
      await client?.end().catch(() => undefined);
    },
  };
}
