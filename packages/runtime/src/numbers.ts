/** The working side of a process: the numbers that it holds, their inboxes, timers, sending, and the chores. */
import { dueConversations, type OutboxRow } from '@hazir/store';
import type { RuntimeDeps } from './deps.ts';
import type { FactRecorder } from './facts.ts';
import { createHttpClient } from './http.ts';
import { createHeld } from './inbound/hold-back.ts';
import type { ArrivedRow } from './inbound/item.ts';
import { createMemory } from './inbound/memory.ts';
import { createBatchRunner } from './inbound/run-batch.ts';
import { createWorker, type Worker } from './inbound/worker.ts';
import { createChores } from './jobs/chores.ts';
import { CHORES, holdLeases, type Leases } from './leases.ts';
import type { NumberState } from './sender/scheduler.ts';
import { createSender } from './sender/sender.ts';
import { ARRIVAL_SIGNAL, IDENTITY_SIGNAL, LOOK_SIGNAL, readArrivals, type Signals } from './signals.ts';

export interface Numbers {
  /** Rows that were stored a moment ago; those of numbers that another process works are announced to it. */
  handOver: (rows: readonly ArrivedRow[]) => void;
  /** A row that was put into the outbox. */
  handOut: (row: OutboxRow) => void;
  held: () => number[];
  unsent: () => number;
  /** What each number's sender does now. */
  senders: () => NumberState[];
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

const TIMER_LOOK_MS = 250;
const TIMERS_AT_ONCE = 1_000;
/** A row that is this old and in no queue was forgotten, for example when a connection broke between commit and hand-over. */
const SWEEP_MS = 30_000;

export async function workNumbers(deps: RuntimeDeps, facts: FactRecorder, signals: Signals): Promise<Numbers> {
  const http = createHttpClient(deps.settings.requestMs);
  let leases: Leases | undefined;
  const mayPost = (channelId: number) => leases === undefined || leases.holds(channelId);
  const sender = createSender(deps, { facts, http, mayPost, ...(deps.meter && { meter: deps.meter }) });
  const memory = createMemory(deps, { moved: sender.forgetAddresses, tell: signals.identity });
  const worker = createWorker(deps, createBatchRunner({ deps, memory, sender, held: createHeld(), talked: signals.talked }));
  const handOver = (rows: readonly ArrivedRow[]) => {
    const elsewhere = worker.handOver(rows);
    if (elsewhere.length > 0) signals.arrived(elsewhere);
  };
  const chores = createChores(deps, http, handOver);
  const drop = (ids: readonly number[]) => {
    worker.drop(ids);
    sender.drop(ids);
    if (ids.includes(CHORES)) void chores.stop();
  };
  leases = await holdLeases(
    deps.database,
    {
      wanted: () => deps.channels.all().map((channel) => channel.id),
      gained: async (ids, stillHeld) => {
        // Somebody else may have worked them in between.
        memory.forgetAll();
        await sender.open(ids);
        worker.open(ids.filter(stillHeld));
        if (ids.includes(CHORES) && stillHeld(CHORES)) await chores.start();
      },
      handBack: async (ids) => {
        await worker.close(ids);
        await sender.handBack(ids);
        if (ids.includes(CHORES)) await chores.stop();
      },
      lost: drop,
      signals: {
        [ARRIVAL_SIGNAL]: (payload) => worker.fetch(readArrivals(payload)),
        [LOOK_SIGNAL]: (payload) => {
          const named = payload === '' ? undefined : payload.split(',').map(Number);
          worker.look(named);
          sender.look(named ?? leases?.held() ?? []);
        },
        [IDENTITY_SIGNAL]: memory.forgetAll,
      },
    },
    deps.log,
  );
  const holding = leases;
  const timers = () => ringTimers(deps, holding.held(), worker);
  const sweep = async () => {
    worker.look();
    await sender.sweep();
  };
  const loops = [every(TIMER_LOOK_MS, timers, deps), every(SWEEP_MS, sweep, deps)];
  return {
    handOver,
    handOut: (row) => (holding.held().includes(row.channelId) ? sender.take([row]) : signals.look(row.channelId)),
    held: holding.held,
    unsent: sender.waiting,
    senders: sender.state,
    settled: async () => {
      await timers();
      await worker.idle();
      await sender.settled();
    },
    stop: async () => {
      for (const stopLoop of loops) stopLoop();
      await holding.stop();
      await worker.stop();
      await sender.stop();
      await chores.stop();
      await http.close();
    },
  };
}

async function ringTimers(deps: RuntimeDeps, channelIds: readonly number[], worker: Worker): Promise<void> {
  if (channelIds.length === 0) return;
  const now = deps.now();
  for (const key of await dueConversations(deps.database, { channelIds, now: new Date(now), limit: TIMERS_AT_ONCE }))
    worker.ring({ kind: 'timer', key, dueAt: now });
}

/** Runs `work` again and again, never twice at the same time; the result stops it. */
function every(ms: number, work: () => Promise<void>, deps: RuntimeDeps): () => void {
  let busy = false;
  const look = async () => {
    if (busy) return;
    busy = true;
    await work().catch((error: unknown) => deps.log('warn', 'loop_failed', { detail: String(error) }));
    busy = false;
  };
  const loop = setInterval(() => void look(), ms);
  return () => clearInterval(loop);
}
