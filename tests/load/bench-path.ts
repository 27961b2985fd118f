/**
 * `npm run bench:path`: the message path under load, from the webhook to the read status, with the real packs and a durable
 * database, everything on this machine. docs/how-to/benchmarks.md says how to read it.
 */
import { cpus } from 'node:os';
import { broadcast, fairness } from './harness/lanes.ts';
import { type Settled, settle } from './harness/measure.ts';
import { burst, closed, open, overload, type Run } from './harness/modes.ts';
import { costliestStatements } from './harness/postgres.ts';
import { hotFunctions } from './harness/profile.ts';
import { openGround, openStage, type Stage } from './harness/stage.ts';
import { type LoadOptions, readOptions, USAGE } from './options.ts';

/** Cores in use by others above which a run is worth nothing. */
const NEIGHBOURS = 0.1;

const modes: Record<LoadOptions['mode'], (stage: Stage) => Promise<Run>> = { closed, open, burst, overload, fairness, broadcast };

async function main(): Promise<void> {
  const read = readOptions(process.argv.slice(2), {});
  if (read === undefined) return void process.stdout.write(`${USAGE}\n`);
  const { options } = read;
  const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);
  tell('database ...');
  const ground = await openGround(options);
  try {
    const stage = await openStage({ ground, options, name: 'path', known: options.contacts + options.broadcast }, tell);
    try {
      tell(`${options.mode}, ${options.warmup} s to warm up, then ${options.seconds} s ...`);
      const object = await report(stage);
      process.stdout.write(`${options.json ? JSON.stringify(object) : table(object)}\n`);
      if (object.problems.length > 0) process.exitCode = 1;
      if ((object.cpuCores.foreign ?? 0) > NEIGHBOURS) tell('Other programs used this machine meanwhile: measure again.');
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
  const settled = await settle(stage, 'log', stage.options.broadcast);
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
