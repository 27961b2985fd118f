/**
 * `npm run bench:path`: the message path under load, from the webhook to the read status, with the real packs and a durable
 * database, everything on this machine. docs/how-to/benchmarks.md says how to read it.
 */
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measured, measureDuring, measureWindow, type Settled, settle } from './harness/measure.ts';
import { costliestStatements } from './harness/postgres.ts';
import { hotFunctions } from './harness/profile.ts';
import { openGround, openStage, type Stage } from './harness/stage.ts';
import { type LoadOptions, readOptions, USAGE } from './options.ts';

const OVERLOAD_SECONDS = 20;

interface Run {
  measured: Measured;
  /** Figures that only this mode has. */
  extra: Record<string, number>;
}

const modes: Record<LoadOptions['mode'], (stage: Stage) => Promise<Run>> = {
  closed: async (stage) => {
    await stage.world.offerClosed(stage.options.citizens);
    await delay(stage.options.warmup * 1000);
    return { measured: await measureWindow(stage, stage.options.seconds), extra: {} };
  },
  open: async (stage) => {
    await warmUp(stage);
    await stage.world.offerOpen(stage.options.rate);
    await delay(2_000);
    return { measured: await measureWindow(stage, stage.options.seconds), extra: { offered: stage.options.rate } };
  },
  burst: async (stage) => {
    await warmUp(stage);
    let messagesPerSecond = 0;
    const measured = await measureDuring(stage, async () => {
      messagesPerSecond = await stage.world.burst(stage.options.burst);
    });
    return { measured, extra: { messagesPerSecond, webhooksPerSecond: measured.webhooksPerSecond } };
  },
  overload: async (stage) => {
    await stage.world.offerClosed(stage.options.citizens);
    await delay(stage.options.warmup * 1000);
    const { turnsPerSecond } = await measureWindow(stage, Math.min(stage.options.seconds, 15));
    await stage.world.stop();
    await stage.world.drain(60_000);
    const offered = turnsPerSecond * 2;
    await stage.world.offerOpen(offered);
    const measured = await measureWindow(stage, OVERLOAD_SECONDS);
    await stage.world.stop();
    const startedAt = performance.now();
    const left = await stage.world.drain(300_000);
    const recoverySeconds = Math.round((performance.now() - startedAt) / 10) / 100;
    return { measured, extra: { closedTurnsPerSecond: turnsPerSecond, offered, recoverySeconds, unrecovered: left } };
  },
};

/** Compiles the code and fills the caches at a load that can be carried, then waits until nothing is under way. */
async function warmUp(stage: Stage): Promise<void> {
  await stage.world.offerClosed(200);
  await delay(stage.options.warmup * 1000);
  await stage.world.stop();
  await stage.world.drain(30_000);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) return void process.stdout.write(`${USAGE}\n`);
  const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  tell('database ...');
  const ground = await openGround(options);
  try {
    const stage = await openStage({ ground, options, name: 'path', known: options.contacts }, tell);
    try {
      tell(`${options.mode}, ${options.warmup} s to warm up, then ${options.seconds} s ...`);
      const object = await report(stage);
      process.stdout.write(`${options.json ? JSON.stringify(object) : table(object)}\n`);
      if (object.problems.length > 0) process.exitCode = 1;
    } finally {
      await stage.close();
    }
    if (options.profile !== undefined) showProfile(options.profile);
  } finally {
    await ground.close();
  }
}

async function report(stage: Stage) {
  const { statements, mode } = stage.options;
  if (statements) await stage.ground.postgres.database.query('select pg_stat_statements_reset()');
  const run = await modes[mode](stage);
  const settled = await settle(stage);
  const costs = statements ? { statements: await costliestStatements(stage.ground.postgres.database, 25) } : {};
  return { ...figures(run, settled), ...costs, ...about(stage) };
}

function showProfile(folder: string): void {
  process.stderr.write('Share of the processor time of Hazir, by function:\n');
  for (const { name, share } of hotFunctions(folder, 30)) process.stderr.write(`${share.toFixed(1).padStart(6)} %  ${name}\n`);
}

function figures({ measured, extra }: Run, settled: Settled) {
  const { report, turnsPerSecond, statusesPerSecond, cpuMicrosPerTurn, cpuCores, rssMb, backlog } = measured;
  const { p50Ms, p95Ms, p99Ms, ackP50Ms, ackP99Ms, ackMaxMs, reads, refused, redelivered } = report;
  const { lost, doubled, misordered, drainSeconds, problems, samples } = settled;
  return {
    ...{ turnsPerSecond, p50Ms, p95Ms, p99Ms, ackP50Ms, ackP99Ms, ackMaxMs, statusesPerSecond, lost, doubled, misordered },
    ...{ cpuMicrosPerTurn, cpuCores, rssMb, backlog, ...extra },
    ...{ readReceiptsPerSecond: Math.round(reads / measured.seconds), refused, redelivered, drainSeconds, problems, samples },
  };
}

function about({ options, ground }: Stage) {
  const { postgres, disk } = ground;
  const { mode, seconds, ...settings } = options;
  const machine = { cores: cpus().length, processor: cpus()[0]?.model ?? '', node: process.version };
  return { mode, seconds, settings, postgres: postgres.settings, fdatasync: disk, machine };
}

function table(object: object): string {
  return Object.entries(object)
    .map(([name, value]) => `${name.padEnd(24)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('\n');
}

await main();
