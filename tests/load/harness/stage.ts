/** Puts a run together: database, fake provider, Hazir, and citizens who are known to it; takes it apart again. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, type Database, makeTemporaryFolder } from '@hazir/store';
import { databaseUrl } from '../../support/database-url.ts';
import type { LoadOptions } from '../options.ts';
import { type CpuReading, readCpu } from './cpu.ts';
import { freePort, furnish, PACK_FOLDER, planNumbers, type RunningHazir, startHazir } from './hazir.ts';
import { type Postgres, probeDisk, startPostgres } from './postgres.ts';
import { modelsOf, seedContacts } from './seed.ts';
import { startWorld, type WorldProcess } from './world-process.ts';

/** What several stages can share: a folder and a database server. */
export interface Ground {
  folder: string;
  postgres: Postgres;
  disk: { p50Ms: number; p99Ms: number };
  close: () => Promise<void>;
}

/** One database with its Hazir and the world around it. */
export interface Stage {
  options: LoadOptions;
  ground: Ground;
  database: Database;
  databaseUrl: string;
  world: WorldProcess;
  /** Processes of Hazir that run now. */
  pids: () => readonly number[];
  start: () => Promise<void>;
  /** Ends Hazir in order. */
  stop: () => Promise<void>;
  cpu: () => CpuReading;
  /** Ends everything but the ground. */
  close: () => Promise<void>;
}

export type Tell = (sentence: string) => void;

/** Messages a second of each number: Meta's ceiling. */
const MESSAGES_PER_SECOND = 1_000;

export async function openGround(options: { keep: boolean; statements: boolean }): Promise<Ground> {
  const folder = await makeTemporaryFolder('hazir-load-');
  const disk = probeDisk(folder);
  const postgres = await startPostgres(join(folder, 'database'), options.statements);
  const close = async () => {
    await postgres.stop();
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  };
  return { folder, disk, postgres, close };
}

export interface StagePlan {
  ground: Ground;
  options: LoadOptions;
  /** Name of the stage's own database. */
  name: string;
  /** Citizens whom Hazir knows; those beyond the options' `contacts` never write. */
  known: number;
}

/** Resolves with Hazir running and every citizen known. */
export async function openStage(plan: StagePlan, tell: Tell): Promise<Stage> {
  const { ground, options, name } = plan;
  await ground.postgres.database.query(`create database ${name}`);
  const url = databaseUrl(ground.postgres.url, name);
  const database = connect(url, { poolSize: 4 });
  const world = startWorld();
  const webs = options.split ? 1 : Math.max(1, options.processes);
  const webPorts = await Promise.all(Array.from({ length: webs }, () => freePort()));
  const webhookPorts = options.behindProxy ? await Promise.all(webPorts.map(() => freePort())) : undefined;
  const numbers = planNumbers(options.numbers);
  const { contacts, graphDelayMs, connections, readReceipts, split, profile } = options;
  const graphPort = await world.open({
    ...{
      ports: webhookPorts ?? webPorts,
      numbers,
      contacts,
      graphDelayMs,
      connections,
      silent: Math.max(0, plan.known - contacts),
    },
    ...{ packFolder: PACK_FOLDER, graphPort: 0 },
  });
  tell(`${name}: packs and numbers ...`);
  const place = { databaseUrl: url, folder: ground.folder };
  const graphUrl = `http://127.0.0.1:${graphPort}`;
  await furnish(database, { ...place, numbers, graphUrl, messagesPerSecond: MESSAGES_PER_SECOND, readReceipts });
  const workers = split ? Math.max(1, options.processes - 1) : 0;
  let hazir: RunningHazir | undefined;
  const pids = () => hazir?.pids ?? [];
  const stage: Stage = {
    ...{ options, ground, database, databaseUrl: url, world, pids },
    start: async () => {
      hazir = await startHazir({
        ...place,
        webPorts,
        workers,
        split,
        ...(webhookPorts && { webhookPorts }),
        ...(profile !== undefined && { profile }),
      });
    },
    stop: async () => {
      await hazir?.stop();
      hazir = undefined;
    },
    cpu: () => readCpu({ hazir: pids(), postgres: [ground.postgres.pid], load: [world.pid] }),
    close: async () => {
      await stage.stop();
      await world.close();
      await world.end();
      await database.close();
    },
  };
  await stage.start();
  tell(`${name}: ${plan.known} citizens ...`);
  await world.introduce(modelsOf(options));
  await seedContacts(database, { numbers: options.numbers, contacts: plan.known });
  return stage;
}
