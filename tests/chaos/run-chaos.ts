/** One chaos run: everything is put together, harmed for a while, left to settle, and checked. */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@hazir/store';
import { freePort, furnish, PACK_FOLDER, planNumbers } from '../load/harness/hazir.ts';
import { createDice } from './dice.ts';
import { openDisk } from './disk.ts';
import { type FaultCounts, inflict } from './faults.ts';
import type { ChaosOptions } from './options.ts';
import { startChaosPostgres } from './postgres.ts';
import { startProcesses } from './processes.ts';
import { storyOf } from './story.ts';
import { verify } from './verify.ts';
import { type ChaosWorld, createChaosWorld } from './world.ts';

export interface ChaosResult {
  seed: number;
  lost: number;
  doubled: number;
  misordered: number;
  problems: string[];
  faults: FaultCounts;
  /** Whether a small disk could be mounted and filled. */
  smallDisk: boolean;
  messages: number;
  replies: number;
  /** What the Graph API did with what was posted to it. */
  graph: ChaosWorld['fates'];
  webhooks: { posted: number; copies: number; refused: number };
  /** Starts of Hazir's processes. */
  starts: number;
  settleSeconds: number;
  stopMs: number;
  seconds: number;
  /** What happened to the citizens with whom something is wrong. */
  stories: string[];
}

const NUMBERS = 4;
const MESSAGES_PER_SECOND = 1_000;
const REQUEST_MS = 3_000;
const SETTLE_MS = 150_000;
const PAUSE_MS = 2_500;
const STORIES = 3;

export async function runChaos(options: ChaosOptions, tell: (sentence: string) => void): Promise<ChaosResult> {
  const startedAt = performance.now();
  const stage = await openStage(options, tell);
  const { world, postgres, processes, disk } = stage;
  tell(`${options.kills} kills within ${options.seconds} s among ${options.citizens} citizens ...`);
  const livesFrom = performance.now();
  const events: string[] = [];
  const note = (words: string) => void events.push(`${((performance.now() - livesFrom) / 1000).toFixed(3)} ${words}`);
  const living = world.live();
  const faults = await inflict({ ...options, dice: createDice(options.seed), processes, postgres, disk, note, tell });
  world.end();
  tell('no more faults; waiting until everything is answered ...');
  const calmAt = performance.now();
  await Promise.race([living, world.drain(SETTLE_MS)]);
  await world.drain(SETTLE_MS);
  await settleDatabase(postgres.database, 2_000 * options.inDoubtSeconds);
  const settleSeconds = Math.round((performance.now() - calmAt) / 100) / 10;
  const { citizens, ...verdict } = await verify(world, postgres.database);
  const spooled = await spoolLeft(stage.environment.HAZIR_DATA_DIR);
  if (spooled > 0) verdict.problems.push(`${spooled} files are still in the spool`);
  const sources = { database: postgres.database, events, environment: stage.environment };
  const stories = await Promise.all(citizens.slice(0, STORIES).map((citizen) => storyOf(citizen, sources)));
  const stopMs = await processes.stop();
  await stage.close();
  return {
    seed: options.seed,
    ...verdict,
    faults,
    smallDisk: disk.small,
    messages: world.citizens.reduce((sum, { said }) => sum + said.length, 0),
    replies: world.citizens.reduce((sum, { got }) => sum + got.size, 0),
    graph: world.fates,
    webhooks: world.delivery.counts,
    starts: processes.slots.reduce((sum, { starts }) => sum + starts, 0),
    settleSeconds,
    stopMs,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    stories,
  };
}

async function openStage(options: ChaosOptions, tell: (sentence: string) => void) {
  tell(`seed ${options.seed}: database, packs and ${options.roles.join(', ')} ...`);
  const disk = await openDisk();
  const dataDir = join(disk.folder, 'files');
  await mkdir(dataDir);
  const postgres = await startChaosPostgres(join(disk.folder, 'postgres'));
  // Every other process takes webhooks as from a proxy.
  const roles = await Promise.all(
    options.roles.map(async (role, index) => ({
      ...{ role, port: await freePort() },
      ...(role !== 'worker' && index % 2 === 0 && { webhookPort: await freePort() }),
    })),
  );
  const numbers = planNumbers(NUMBERS);
  const ports = roles.filter(({ role }) => role !== 'worker').map(({ port, webhookPort }) => webhookPort ?? port);
  const { citizens, seed } = options;
  const world = await createChaosWorld({
    ...{ ports, numbers, citizens, packFolder: PACK_FOLDER, pauseMs: PAUSE_MS },
    dice: createDice(seed + 0x5eed),
  });
  const place = { databaseUrl: postgres.url, folder: disk.folder };
  const graphUrl = `http://127.0.0.1:${world.graphPort}`;
  await furnish(postgres.database, { ...place, numbers, graphUrl, messagesPerSecond: MESSAGES_PER_SECOND, readReceipts: true });
  const environment = {
    DATABASE_URL: postgres.url,
    HAZIR_DATA_DIR: dataDir,
    HAZIR_IN_DOUBT_MS: String(options.inDoubtSeconds * 1000),
    HAZIR_REQUEST_TIMEOUT_MS: String(REQUEST_MS),
  };
  const processes = startProcesses({ roles, folder: disk.folder, environment, dice: createDice(seed + 0xdead) });
  await processes.ready();
  const close = async () => {
    await world.close();
    await postgres.close();
    if (options.keep) tell(`left in ${disk.folder}`);
    else await disk.remove();
  };
  return { world, postgres, processes, disk, environment, close };
}

/** What the world has got may still be on its way into the log. */
async function settleDatabase(database: Database, withinMs: number): Promise<void> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const { rowCount } = await database.query(
      'select 1 from inbox union all select 1 from outbox union all select 1 from messages where outbound and read_at is null',
    );
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function spoolLeft(dataDir: string): Promise<number> {
  const names = await readdir(join(dataDir, 'spool'), { recursive: true }).catch(() => []);
  return names.filter((name) => name === 'current' || name.endsWith('.sealed')).length;
}
