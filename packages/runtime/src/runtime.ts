/** Puts the parts together: what comes in, the worker, the sender, timers and jobs, under one leadership. */
import type { ChannelUpdate } from '@hazir/core';
import { type ConversationKey, dueConversations, type InboxRow, ingest, readInbox, readOutbox, timedId } from '@hazir/store';
import { type Runner, run as runJobs } from 'graphile-worker';
import type { RuntimeDeps } from './deps.ts';
import { createFactRecorder } from './facts.ts';
import { createHttpClient } from './http.ts';
import { createAcceptance } from './inbound/accept.ts';
import { createMemory } from './inbound/memory.ts';
import { createBatchRunner } from './inbound/run-batch.ts';
import { createWorker } from './inbound/worker.ts';
import { runFetch } from './jobs/fetch-media.ts';
import { runHttpCall } from './jobs/http-call.ts';
import { jobLogger } from './jobs/job-logger.ts';
import { INBOX_SIGNAL, seekLeadership } from './leadership.ts';
import { createSender } from './sender/sender.ts';

export interface Runtime {
  /** Stores a webhook's updates; when it resolves they are durable. */
  accept: (channelType: string, updates: readonly ChannelUpdate[]) => Promise<void>;
  /** Opens a flow for a citizen from outside the conversation. */
  start: (key: ConversationKey, flow: string) => Promise<void>;
  isLeader: () => boolean;
  /** Messages decided and not yet with the provider. */
  unsent: () => number;
  /** Resolves when all that was accepted is processed and what can be sent now is sent. */
  settled: () => Promise<void>;
  /** Finishes what is under way, gives up the lead. */
  stop: () => Promise<void>;
}

const TIMER_LOOK_MS = 250;
const SWEEP_MS = 30_000;
const READ_AT_ONCE = 5_000;

export async function startRuntime(deps: RuntimeDeps): Promise<Runtime> {
  const http = createHttpClient(deps.settings.requestMs);
  const facts = createFactRecorder(deps);
  const sender = createSender(deps, facts, http);
  const worker = createWorker(
    deps,
    createBatchRunner({ deps, memory: createMemory(deps, sender.forgetAddresses), sender, held: new Map() }),
  );
  const loops: NodeJS.Timeout[] = [];
  let jobs: Runner | undefined;

  const handOver = (rows: readonly InboxRow[]) => {
    if (leadership.isLeader()) worker.handOver(rows);
    else if (rows.length > 0) void deps.database.query(`notify ${INBOX_SIGNAL}`).catch(() => undefined);
  };
  const readWaiting = async () => {
    for (let after = 0, rows = await readInbox(deps.database, 0, READ_AT_ONCE); rows.length > 0; ) {
      worker.handOver(rows);
      after = rows.at(-1)?.seq ?? after;
      rows = rows.length < READ_AT_ONCE ? [] : await readInbox(deps.database, after, READ_AT_ONCE);
    }
  };
  const sweep = async () => {
    const late = deps.now() - SWEEP_MS;
    sender.recover((await readOutbox(deps.database)).filter((row) => row.dueAt.getTime() < late));
    await readWaiting();
  };
  const ringDue = async () => {
    for (const key of await dueConversations(deps.database, new Date(deps.now()), READ_AT_ONCE))
      worker.ring({ kind: 'timer', key, dueAt: deps.now() });
  };
  const every = (ms: number, work: () => Promise<void>) => {
    let busy = false;
    const look = async () => {
      if (busy || !leadership.isLeader()) return;
      busy = true;
      await work().catch((error: unknown) => deps.log('warn', 'loop_failed', { detail: String(error) }));
      busy = false;
    };
    loops.push(setInterval(() => void look(), ms));
  };
  const leadership = await seekLeadership(deps.database, {
    lead: async () => {
      sender.recover(await readOutbox(deps.database));
      await readWaiting();
      jobs ??= await startJobs(deps, http, handOver);
    },
    signal: () => void readWaiting().catch(() => undefined),
  });
  every(TIMER_LOOK_MS, ringDue);
  every(SWEEP_MS, sweep);
  const acceptance = createAcceptance(deps, facts, handOver);
  return {
    accept: async (channelType, updates) => {
      await acceptance.accept(channelType, updates);
      showRead(deps, sender, { channelType, updates });
    },
    start: async (key, flow) => {
      const id = timedId(deps.now(), `start|${flow}|${key.contactId}|${deps.now()}`);
      handOver(await ingest(deps.database.path, [{ ...key, id, payload: JSON.stringify({ type: 'start', ...key, flow }) }]));
    },
    isLeader: leadership.isLeader,
    unsent: sender.waiting,
    settled: async () => {
      await acceptance.idle();
      await worker.idle();
      await sender.settled();
      await facts.idle();
    },
    stop: async () => {
      for (const loop of loops) clearInterval(loop);
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
      call_http: (payload, { job }) =>
        runHttpCall(deps, http, { payload, lastAttempt: job.attempts >= job.max_attempts, handOver }),
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
