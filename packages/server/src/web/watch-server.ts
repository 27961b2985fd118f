/** What an operator sees of a running server: its numbers, and whether it should get traffic. */
import type { ChannelBook, Meter, NumberState, ProviderCallMeter } from '@hazir/runtime';
import { serviceMigrations } from '@hazir/services';
import { type Database, listOrganizations, missingMigrations, storeMigrations } from '@hazir/store';
import type { Config } from '../config.ts';
import { createSpans } from '../telemetry/spans.ts';
import { createMetrics } from './metrics.ts';
import { type Readiness, readReadiness } from './readiness.ts';
import type { RouteDeps } from './routes.ts';
import type { IntakeState } from './spool/intake.ts';
import { watchBacklog } from './watch-backlog.ts';

export interface ServerWatch {
  meter: Meter;
  /** Counts a call to a provider of speech or language. */
  provider: ProviderCallMeter;
  /** Counts a webhook request that was answered. */
  answered: (status: number, ms: number) => void;
  metrics: RouteDeps['metrics'];
  readiness: () => Promise<Readiness>;
  /** The parts that are there only once the server has started. */
  started: (parts: Started) => void;
  /** From now on the server is not ready. */
  stopping: () => void;
  /** Takes over new organizations. */
  refresh: () => Promise<void>;
}

interface Started {
  runtime: { held: () => number[]; senders?: () => NumberState[] };
  intake: { state: () => Pick<IntakeState, 'bytes' | 'mostBytes' | 'oldestAt'> };
}

const EMPTY = { bytes: 0, mostBytes: 1, oldestAt: undefined };

export async function watchServer({
  config,
  database,
  channels,
}: {
  config: Config;
  database: Database;
  channels: ChannelBook;
}): Promise<ServerWatch> {
  let started: Started | undefined;
  let isStopping = false;
  let slugs = new Map<number, string>();
  const refresh = async () => {
    slugs = new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug]));
  };
  await refresh();
  const backlog = watchBacklog(database);
  const spool = () => started?.intake.state() ?? EMPTY;
  const metrics = createMetrics({
    slugOf: (id) => slugs.get(id) ?? String(id),
    accountOf: (id) => channels.byId(id)?.accountId ?? String(id),
    backlog,
    pools: () => ({ general: countsOf(database.pool), path: countsOf(database.path) }),
    spool,
  });
  return {
    meter: { ...metrics.meter, ...createSpans() },
    provider: metrics.provider,
    answered: metrics.webhook,
    metrics: { token: config.metricsToken, contentType: metrics.contentType, render: () => metrics.render(started?.runtime) },
    readiness: () =>
      readReadiness({
        ...{ role: config.role, backlog, spool, stopping: () => isStopping, hopelessMs: config.backlogUnreadyMs },
        missingMigrations: () => missingMigrations(database, [storeMigrations, ...serviceMigrations]),
      }),
    started: (parts) => {
      started = parts;
    },
    stopping: () => {
      isStopping = true;
    },
    refresh,
  };
}

function countsOf(pool: Database['pool']) {
  return { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}
