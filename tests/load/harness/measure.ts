/** One measured window, and what is checked after it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WorldReport } from '../world/calls.ts';
import { cpuBetween, memoryOf } from './cpu.ts';
import type { Stage } from './stage.ts';
import { countLog, countQueues, problemsOf } from './verify.ts';

export interface Measured {
  report: WorldReport;
  seconds: number;
  turnsPerSecond: number;
  statusesPerSecond: number;
  /** Webhooks of all kinds that were acknowledged. */
  webhooksPerSecond: number;
  cpuMicrosPerTurn: Record<string, number>;
  cpuCores: Record<string, number>;
  rssMb: number;
  backlog: { unanswered: number; inbox: number; outbox: number };
}

/** Measures for some seconds what is being offered. */
export function measureWindow(stage: Stage, seconds: number): Promise<Measured> {
  return measureDuring(stage, () => delay(seconds * 1000));
}

/** Measures as long as `work` takes. */
export async function measureDuring(stage: Stage, work: () => Promise<unknown>): Promise<Measured> {
  await stage.world.measure();
  const before = stage.cpu();
  await work();
  const after = stage.cpu();
  const report = await stage.world.read();
  const { inbox, outbox } = await countQueues(stage.database);
  const took = (after.at - before.at) / 1000;
  const used = cpuBetween(before, after);
  return {
    report,
    seconds: took,
    turnsPerSecond: Math.round(report.turns / took),
    statusesPerSecond: Math.round(report.statuses / took),
    webhooksPerSecond: Math.round(report.webhooks / took),
    cpuMicrosPerTurn: Object.fromEntries(
      Object.entries(used.micros).map(([name, micros]) => [name, Math.round(micros / Math.max(1, report.turns))]),
    ),
    cpuCores: used.cores,
    rssMb: memoryOf(stage.pids()),
    backlog: { unanswered: report.unanswered, inbox, outbox },
  };
}

export interface Settled {
  lost: number;
  doubled: number;
  misordered: number;
  problems: string[];
  samples: string[];
  /** Seconds until nothing was under way any more. */
  drainSeconds: number;
}

const DRAIN_MS = 120_000;
/** Redeliveries and read receipts trail behind the last status. */
const TRAIL_MS = 800;

/**
 * Stops the load, waits until all is answered, and compares the world's count with the database: with the whole log of messages, or
 * only with the queues where the log holds more than this run. `broadcast`: messages that went out without being asked for.
 */
export async function settle(stage: Stage, compare: 'log' | 'queues', broadcast = 0): Promise<Settled> {
  await stage.world.stop();
  const startedAt = performance.now();
  await stage.world.drain(DRAIN_MS);
  const drainSeconds = Math.round((performance.now() - startedAt) / 10) / 100;
  await delay(TRAIL_MS);
  const { accepted, unanswered, doubled, misordered, samples } = await stage.world.read();
  const queues = await countQueues(stage.database);
  const log = compare === 'log' ? await countLog(stage.database) : undefined;
  const problems = problemsOf(queues, log, { accepted, unanswered, broadcast });
  return { lost: unanswered, doubled, misordered, problems, samples, drainSeconds };
}
