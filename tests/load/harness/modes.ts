/** The modes of the benchmark of the message path. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, measureDuring, measureWindow } from './measure.ts';
import type { Stage } from './stage.ts';

export interface Run {
  measured: Measured;
  /** Figures that only this mode has. */
  extra: Record<string, unknown>;
}

const OVERLOAD_SECONDS = 20;
/** Before an overload the rate of the closed loop is found in so many seconds. */
const PROBE_SECONDS = 15;
const RECOVERY_MS = 300_000;

/** Each next message only after the reply and its statuses: the ceiling. */
export async function closed(stage: Stage): Promise<Run> {
  await stage.world.offerClosed(stage.options.citizens);
  await delay(stage.options.warmup * 1000);
  return { measured: await measureWindow(stage, stage.options.seconds), extra: {} };
}

/** A fixed schedule: the latency. In slices, the other figures are those of the last one. */
export async function open(stage: Stage): Promise<Run> {
  const { rate, seconds, slice } = stage.options;
  await warmUp(stage);
  await stage.world.offerOpen({ rate });
  await delay(2_000);
  if (slice === 0) return { measured: await measureWindow(stage, seconds), extra: { offered: rate } };
  const slices: Measured[] = [];
  let measured = await measureWindow(stage, slice);
  for (let left = seconds - slice; left > 0; left -= slice) {
    slices.push(measured);
    measured = await measureWindow(stage, slice);
  }
  return { measured, extra: { offered: rate, slices: [...slices, measured].map(sliceOf) } };
}

/** What must stay the same for hours. */
function sliceOf({ report, turnsPerSecond, rssMb, cpuMicrosPerTurn, backlog }: Measured) {
  const { p50Ms, p99Ms, ackP99Ms } = report;
  return { turnsPerSecond, p50Ms, p99Ms, ackP99Ms, rssMb, cpuMicrosPerTurn, backlog };
}

/** As many messages as are taken in. */
export async function burst(stage: Stage): Promise<Run> {
  await warmUp(stage);
  let messagesPerSecond = 0;
  const measured = await measureDuring(stage, async () => {
    messagesPerSecond = await stage.world.burst(stage.options.burst);
  });
  return { measured, extra: { messagesPerSecond, webhooksPerSecond: measured.webhooksPerSecond } };
}

/** Twice what can be done, then nothing. */
export async function overload(stage: Stage): Promise<Run> {
  const { citizens, warmup, seconds } = stage.options;
  await stage.world.offerClosed(citizens);
  await delay(warmup * 1000);
  const { turnsPerSecond } = await measureWindow(stage, Math.min(seconds, PROBE_SECONDS));
  await stage.world.stop();
  await stage.world.drain(60_000);
  const offered = turnsPerSecond * 2;
  await stage.world.offerOpen({ rate: offered });
  const measured = await measureWindow(stage, OVERLOAD_SECONDS);
  await stage.world.stop();
  const startedAt = performance.now();
  const unrecovered = await stage.world.drain(RECOVERY_MS);
  const recoverySeconds = Math.round((performance.now() - startedAt) / 10) / 100;
  return { measured, extra: { closedTurnsPerSecond: turnsPerSecond, offered, recoverySeconds, unrecovered } };
}

/** Compiles the code and fills the caches at a load that can be carried, then waits until nothing is under way. */
export async function warmUp(stage: Stage): Promise<void> {
  await stage.world.offerClosed(200);
  await delay(stage.options.warmup * 1000);
  await stage.world.stop();
  await stage.world.drain(30_000);
}
