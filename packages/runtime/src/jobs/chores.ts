/** What one process does for all: it runs the job queue, and starts it again when it gave up. */
import { setTimeout as delay } from 'node:timers/promises';
import type { InboxRow } from '@hazir/store';
import { type Runner, run as runJobs } from 'graphile-worker';
import type { RuntimeDeps } from '../deps.ts';
import type { HttpClient } from '../http.ts';
import { createAskSystem } from '../systems/ask.ts';
import { createMediaFetcher, runFetch } from './fetch-media.ts';
import { forgivingPool } from './forgiving-pool.ts';
import { CALL_TRIES, runHttpCall } from './http-call.ts';
import { jobLogger } from './job-logger.ts';
import { OPERATION_TRIES, runLaterOperation } from './later-operation.ts';
import { ASK_TRIES, runProviderCall } from './provider-call.ts';

export interface Chores {
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

const JOBS_AT_ONCE = 16;
const POLL_MS = 2_000;
const AGAIN_MS = 5_000;

export function createChores(deps: RuntimeDeps, http: HttpClient, handOver: (rows: readonly InboxRow[]) => void): Chores {
  const media = createMediaFetcher(deps, http);
  const askSystem = createAskSystem(deps, http);
  let runner: Runner | undefined;
  let wanted = false;
  const begin = () =>
    runJobs({
      pgPool: forgivingPool(deps.database.pool),
      concurrency: JOBS_AT_ONCE,
      noHandleSignals: true,
      pollInterval: POLL_MS,
      logger: jobLogger(deps.log),
      taskList: {
        call_http: (payload, { job }) =>
          runHttpCall(deps, askSystem, { payload, lastAttempt: job.attempts >= CALL_TRIES, handOver }),
        ask_provider: (payload, { job }) =>
          runProviderCall(deps, media, { payload, lastAttempt: job.attempts >= ASK_TRIES, handOver }),
        run_operation: (payload, { job }) =>
          runLaterOperation(deps, { media, askSystem }, { payload, lastAttempt: job.attempts >= OPERATION_TRIES, handOver }),
        fetch_media: (payload, { job }) =>
          runFetch(deps, media, { payload, lastAttempt: job.attempts >= job.max_attempts, handOver }),
      },
    });
  // It gives up when the database was away at the wrong moment.
  const keep = async () => {
    while (wanted) {
      const watched = runner;
      await watched?.promise.catch(() => undefined);
      if (!wanted || runner !== watched) return;
      deps.log('error', 'job_queue_ended');
      await delay(AGAIN_MS, undefined, { ref: false });
      if (wanted) runner = await begin().catch(() => undefined);
      if (runner === undefined) await delay(AGAIN_MS, undefined, { ref: false });
    }
  };
  return {
    start: async () => {
      if (wanted) return;
      wanted = true;
      // Only we run jobs now: what somebody else holds was left by a process that is dead. The queue itself waits four hours.
      await deps.database.query(
        `select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker.jobs where locked_by is not null))`,
      );
      runner = await begin();
      void keep();
    },
    stop: async () => {
      wanted = false;
      const stopping = runner;
      runner = undefined;
      await stopping?.stop().catch(() => undefined);
    },
  };
}
