/** Puts the parts together: what comes in, the worker, the sender, timers and jobs, under one leadership. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelUpdate, JsonObject } from '@hazir/core';
import { type ConversationKey, freshId, type InboxEntry, type InboxRow, ingest } from '@hazir/store';
import { type Runner, run as runJobs } from 'graphile-worker';
import type { RuntimeDeps } from './deps.ts';
import { createFactRecorder } from './facts.ts';
import { createHttpClient } from './http.ts';
import { createAcceptance } from './inbound/accept.ts';
import { createMemory } from './inbound/memory.ts';
import { createBatchRunner } from './inbound/run-batch.ts';
import { createWorker } from './inbound/worker.ts';
import { runFetch } from './jobs/fetch-media.ts';
import { CALL_TRIES, runHttpCall } from './jobs/http-call.ts';
import { jobLogger } from './jobs/job-logger.ts';
import { INBOX_SIGNAL, type Leadership, seekLeadership } from './leadership.ts';
import { createRecovery, SWEEP_MS } from './recovery.ts';
import { createSender } from './sender/sender.ts';

export interface Runtime {
  /** Stores a webhook's updates; when it resolves they are durable. */
  accept: (channelType: string, updates: readonly ChannelUpdate[]) => Promise<void>;
  /** Opens a flow for a citizen from outside the conversation. */
  start: (key: ConversationKey, flow: string, values?: JsonObject) => Promise<void>;
  isLeader: () => boolean;
  /** Messages decided and not yet with the provider. */
  unsent: () => number;
  /** Resolves when all that was accepted is processed and what can be sent now is sent. */
  settled: () => Promise<void>;
  /** Finishes what is under way, gives up the lead. */
  stop: () => Promise<void>;
}

const TIMER_LOOK_MS = 250;

export async function startRuntime(deps: RuntimeDeps): Promise<Runtime> {
  const http = createHttpClient(deps.settings.requestMs);
  const facts = createFactRecorder(deps);
  const sender = createSender(deps, facts, http);
  const memory = createMemory(deps, sender.forgetAddresses);
  const worker = createWorker(deps, createBatchRunner({ deps, memory, sender, held: new Map() }));
  const recovery = createRecovery(deps, worker, sender);
  let jobs: Jobs | undefined;
  // Undefined only while the first attempt to win runs: whoever hands over then has won.
  let lead: Leadership | undefined;

  const handOver = (rows: readonly InboxRow[]) => {
    if (lead === undefined || lead.isLeader()) worker.handOver(rows);
    else if (rows.length > 0) void deps.database.query(`notify ${INBOX_SIGNAL}`).catch(() => undefined);
  };
  const leadership = await seekLeadership(deps.database, {
    lead: async () => {
      // Somebody else may have led in between.
      memory.forgetAll();
      await recovery.all();
      jobs ??= await keepJobs(deps, () => startJobs(deps, http, handOver));
    },
    signal: () => void recovery.inbox().catch(() => undefined),
  });
  lead = leadership;
  const loops = [every(TIMER_LOOK_MS, recovery.timers), every(SWEEP_MS, recovery.sweep)].map((start) => start(deps, leadership));
  const acceptance = createAcceptance(deps, facts, handOver);
  const processed = async () => {
    await acceptance.idle();
    await recovery.timers();
    await worker.idle();
  };
  return {
    accept: async (channelType, updates) => {
      await acceptance.accept(channelType, updates);
      showRead(deps, sender, { channelType, updates });
    },
    start: async (key, flow, values = {}) =>
      handOver(await ingest(deps.database.path, [startEntry(key, { flow, values }, deps.now())])),
    isLeader: leadership.isLeader,
    unsent: sender.waiting,
    settled: async () => {
      await processed();
      await sender.settled();
      await facts.idle();
    },
    stop: async () => {
      for (const stopLoop of loops) stopLoop();
      await acceptance.idle();
      await worker.stop();
      await jobs?.stop();
      await sender.stop();
      await facts.idle();
      await leadership.stop();
      await http.close();
    },
  };
}

/** Runs `work` again and again while we lead, never twice at the same time; the result stops it. */
function every(ms: number, work: () => Promise<void>): (deps: RuntimeDeps, leadership: Leadership) => () => void {
  return (deps, leadership) => {
    let busy = false;
    const look = async () => {
      if (busy || !leadership.isLeader()) return;
      busy = true;
      await work().catch((error: unknown) => deps.log('warn', 'loop_failed', { detail: String(error) }));
      busy = false;
    };
    const loop = setInterval(() => void look(), ms);
    return () => clearInterval(loop);
  };
}

/** What opens a flow, as it stands in the inbox: other processes put it there, too. */
export function startEntry(key: ConversationKey, what: { flow: string; values: JsonObject }, now: number): InboxEntry {
  const { organizationId, contactId, channelId } = key;
  return {
    organizationId,
    channelId,
    id: freshId(now),
    payload: JSON.stringify({ type: 'start', organizationId, contactId, channelId, ...what }),
  };
}

interface Jobs {
  stop: () => Promise<void>;
}

const JOBS_AGAIN_MS = 5_000;

/** Runs the job queue, and starts it again when it gave up: it does so when the database was away at the wrong moment. */
async function keepJobs(deps: RuntimeDeps, start: () => Promise<Runner>): Promise<Jobs> {
  let stopped = false;
  // Only the leader runs jobs: what somebody else holds was left by a process that is dead. The queue itself waits four hours.
  await deps.database.query(
    `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
  );
  let runner = await start();
  const watch = (watched: Runner) => void watched.promise.catch(() => undefined).then(again);
  const again = async (): Promise<void> => {
    while (!stopped) {
      deps.log('error', 'job_queue_ended');
      await delay(JOBS_AGAIN_MS);
      const next = stopped ? undefined : await start().catch(() => undefined);
      if (next === undefined) continue;
      runner = next;
      return watch(next);
    }
  };
  watch(runner);
  return {
    stop: async () => {
      stopped = true;
      await runner.stop().catch(() => undefined);
    },
  };
}

function startJobs(
  deps: RuntimeDeps,
  http: ReturnType<typeof createHttpClient>,
  handOver: (rows: InboxRow[]) => void,
): Promise<Runner> {
  return runJobs({
    pgPool: deps.database.pool,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 2_000,
    logger: jobLogger(deps.log),
    taskList: {
      call_http: (payload, { job }) => runHttpCall(deps, http, { payload, lastAttempt: job.attempts >= CALL_TRIES, handOver }),
      fetch_media: (payload, { job }) => runFetch(deps, http, { payload, lastAttempt: job.attempts >= job.max_attempts }),
    },
  });
}

/** The last message of each citizen in the batch is marked as read; a redelivery may do so twice, harmlessly. */
function showRead(
  deps: RuntimeDeps,
  sender: ReturnType<typeof createSender>,
  { channelType, updates }: { channelType: string; updates: readonly ChannelUpdate[] },
): void {
  const latest = new Map<string, { accountId: string; externalId: string }>();
  for (const update of updates)
    if (update.type === 'message_received') latest.set(`${update.accountId}|${update.identities[0]?.value}`, update);
  for (const { accountId, externalId } of latest.values()) {
    const channel = deps.channels.byAccount(channelType, accountId);
    if (channel?.readReceipts) sender.markRead(channel, externalId);
  }
}
