/** The oldest of what waits, one by one: where to look first. */
import type { Tx } from '../database.ts';
import { LANES, type Lane } from '../path/lanes.ts';

export interface Stuck {
  inbox: { id: string; channelId: number; attempts: number; waitsMs: number }[];
  outbox: { id: string; channelId: number; lane: Lane; state: number; attempt: number; doubts: number; overdueMs: number }[];
  calls: {
    callId: string;
    channelId: number | null;
    attempts: number;
    most: number;
    waitsMs: number;
    lastError: string | null;
  }[];
  /** Conversations whose timer should have rung more than a minute ago. */
  lateTimers: number;
}

/** The oldest of each kind; of the outbox those that are due and not gone, the most overdue first. */
export async function readStuck(tx: Tx, most: number): Promise<Stuck> {
  const inbox = await tx.query<Stuck['inbox'][number]>(
    `select id, channel_id as "channelId", attempts, (extract(epoch from clock_timestamp() - received_at) * 1000)::bigint as "waitsMs"
       from inbox order by seq limit $1`,
    [most],
  );
  const outbox = await tx.query<Omit<Stuck['outbox'][number], 'lane'> & { lane: number }>(
    `select id, channel_id as "channelId", lane, state, attempt, doubts, (extract(epoch from clock_timestamp() - due_at) * 1000)::bigint as "overdueMs"
       from outbox order by due_at limit $1`,
    [most],
  );
  const calls = await tx.query<Stuck['calls'][number]>(
    `select payload ->> 'callId' as "callId", (payload -> 'conversation' ->> 'channelId')::int as "channelId", attempts, max_attempts as most,
            (extract(epoch from clock_timestamp() - created_at) * 1000)::bigint as "waitsMs", last_error as "lastError"
       from graphile_worker._private_jobs where payload ->> 'callId' is not null order by created_at limit $1`,
    [most],
  );
  const timers = await tx.query<{ count: number }>(
    `select count(*) from conversations where wake_at < now() - interval '1 minute'`,
  );
  return {
    inbox: inbox.rows,
    outbox: outbox.rows.map((row) => ({ ...row, lane: LANES[row.lane] ?? 'reply' })),
    calls: calls.rows,
    lateTimers: timers.rows[0]?.count ?? 0,
  };
}
