/** Whether citizens notice that old messages are archived. */
import { setTimeout as delay } from 'node:timers/promises';
import { organizationOf, runCommand } from './hazir.ts';
import { measureDuring, measureWindow, settle } from './measure.ts';
import type { Stage, Tell } from './stage.ts';

/** Months that an organization keeps besides the running one; the bench has more. */
const KEPT_MONTHS = '2';

/** Latency at a rate without an archive run, beside one from its beginning to its end, and without again. */
export async function besideArchive(stage: Stage, rate: number, tell: Tell) {
  const { options, ground, databaseUrl } = stage;
  const place = { databaseUrl, folder: ground.folder };
  for (const index of [0, 1]) await runCommand(place, ['archive', 'policy', organizationOf(index), '--months', KEPT_MONTHS]);
  await stage.start();
  await stage.world.offerOpen({ rate });
  await delay(options.warmup * 1000);
  tell('without an archive run ...');
  const before = await measureWindow(stage, options.seconds);
  tell('beside "hazir archive run" ...');
  const beside = await measureDuring(stage, () => runCommand(place, ['archive', 'run']));
  tell('without again ...');
  const after = await measureWindow(stage, options.seconds);
  const { problems } = await settle(stage, 'queues');
  await stage.stop();
  const shown = ({ report, seconds, turnsPerSecond, cpuCores }: typeof before) => {
    const { p50Ms, p95Ms, p99Ms, ackP99Ms } = report;
    return { seconds: Math.round(seconds), turnsPerSecond, p50Ms, p95Ms, p99Ms, ackP99Ms, foreign: cpuCores.foreign ?? 0 };
  };
  return { rate, before: shown(before), beside: shown(beside), after: shown(after), problems };
}
