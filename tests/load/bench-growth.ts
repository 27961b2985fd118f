/**
 * `npm run bench:growth`: does a turn cost more when there is much history? Two databases on one server, one without history and
 * one with millions of messages, are loaded in turn at the same rate; the figure is Postgres' processor time for a turn.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { besideArchive } from './harness/archive.ts';
import { growHistory } from './harness/grow.ts';
import { type Measured, measureWindow, settle } from './harness/measure.ts';
import { openGround, openStage, type Stage } from './harness/stage.ts';
import { type LoadOptions, readOptions } from './options.ts';

const USAGE = `Usage: npm run bench:growth -- [options]
  --messages 10000000   stored messages of the grown database     --known 1000000   its citizens
  --months 6            months over which they are spread         --rounds 3        windows of each database
  --archive RATE        instead: latency at RATE messages a second without and beside "hazir archive run"
  --rate 800            messages a second, on a fixed schedule    --seconds 15      of each window
  --contacts 50000, --numbers, --warmup, --keep, --json as in bench:path`;

interface Round {
  postgres: number;
  hazir: number;
  turnsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  foreign: number;
}

const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);

const OWN = { archive: '', messages: '10000000', known: '1000000', months: '6', rounds: '3', rate: '800', seconds: '15' };

async function main(): Promise<void> {
  const read = readOptions(process.argv.slice(2), OWN);
  if (read === undefined) return void process.stdout.write(`${USAGE}\n`);
  const { own } = read;
  const options = { ...read.options, rate: Number(own.rate) };
  const growth = { messages: Number(own.messages), months: Number(own.months) };
  const ground = await openGround(options);
  const stages: Stage[] = [];
  try {
    const open = async (name: Side, known: number) => {
      const stage = await openStage({ ground, options, name, known }, tell);
      stages.push(stage);
      await stage.stop();
      return stage;
    };
    const grown = await open('grown', Number(own.known));
    await growHistory(grown.database, growth, tell);
    const about = { sizes: await sizes(grown), growth: { ...growth, known: own.known }, options };
    const figures =
      own.archive === ''
        ? await compareRounds({ empty: await open('empty', options.contacts), grown }, Number(own.rounds))
        : await besideArchive(grown, Number(own.archive), tell);
    const object = { ...figures, ...about };
    process.stdout.write(`${options.json ? JSON.stringify(object) : JSON.stringify(object, undefined, 2)}\n`);
  } finally {
    for (const stage of stages) await stage.close();
    await ground.close();
  }
}

type Side = 'empty' | 'grown';

async function runRounds(stages: Record<Side, Stage>, count: number): Promise<Record<Side, Round[]>> {
  const rounds: Record<Side, Round[]> = { empty: [], grown: [] };
  for (let round = 0; round < count; round += 1) {
    for (const side of round % 2 === 0 ? (['empty', 'grown'] as const) : (['grown', 'empty'] as const)) {
      tell(`round ${round + 1} of ${count}: ${side}`);
      rounds[side].push(await runRound(stages[side], stages[side].options));
    }
  }
  return rounds;
}

/** Hazir starts anew for each window, so that both sides begin with the same cold caches. */
async function runRound(stage: Stage, options: LoadOptions): Promise<Round> {
  await stage.start();
  await stage.world.offerOpen({ rate: options.rate });
  await delay(options.warmup * 1000);
  const measured = await measureWindow(stage, options.seconds);
  const { problems } = await settle(stage, 'queues');
  for (const problem of problems) tell(`  not well: ${problem}`);
  await stage.stop();
  return roundOf(measured);
}

function roundOf({ cpuMicrosPerTurn, cpuCores, turnsPerSecond, report }: Measured): Round {
  const { p50Ms, p99Ms } = report;
  const { postgres = 0, hazir = 0 } = cpuMicrosPerTurn;
  return { postgres, hazir, turnsPerSecond, p50Ms, p99Ms, foreign: cpuCores.foreign ?? 0 };
}

async function compareRounds(stages: Record<Side, Stage>, count: number) {
  const rounds = await runRounds(stages, count);
  const empty = median(rounds.empty.map(({ postgres }) => postgres));
  const grown = median(rounds.grown.map(({ postgres }) => postgres));
  return { postgresMicrosPerTurn: { empty, grown }, ratio: Math.round((grown / empty) * 100) / 100, rounds };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function sizes(stage: Stage): Promise<Record<string, string>> {
  const { rows } = await stage.database.query<{ name: string; size: string }>(
    `select relname as name, pg_size_pretty(sum(pg_total_relation_size(coalesce(i.inhrelid, c.oid)))) as size
       from pg_class c left join pg_inherits i on i.inhparent = c.oid
      where relname in ('messages', 'conversation_events', 'contacts', 'contact_identities', 'conversations') group by 1`,
  );
  return Object.fromEntries(rows.map(({ name, size }) => [name, size]));
}

await main();
