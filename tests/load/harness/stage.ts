/** Puts a run together: database, fake provider, Hazir, and citizens who are known to it; takes it apart again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadOptions } from '../options.ts';
import { type CpuReading, readCpu } from './cpu.ts';
import { freePort, furnish, PACK_FOLDER, planNumbers, type RunningHazir, startHazir } from './hazir.ts';
import { type Postgres, probeDisk, startPostgres } from './postgres.ts';
import { modelsOf, seedContacts } from './seed.ts';
import { startWorld, type WorldProcess } from './world-process.ts';

export interface Stage {
  options: LoadOptions;
  folder: string;
  postgres: Postgres;
  hazir: RunningHazir;
  world: WorldProcess;
  disk: { p50Ms: number; p99Ms: number };
  cpu: () => CpuReading;
  close: () => Promise<void>;
}

/** Messages a second of each number: Meta's ceiling. */
const MESSAGES_PER_SECOND = 1_000;

export async function openStage(options: LoadOptions, tell: (sentence: string) => void): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'hazir-load-'));
  const disk = probeDisk(folder);
  tell('database ...');
  const postgres = await startPostgres(join(folder, 'database'));
  const world = startWorld();
  const webs = options.split ? 1 : Math.max(1, options.processes);
  const webPorts = await Promise.all(Array.from({ length: webs }, () => freePort()));
  const numbers = planNumbers(options.numbers);
  const { contacts, graphDelayMs, connections, readReceipts } = options;
  const graphPort = await world.open({
    ports: webPorts,
    numbers,
    contacts,
    packFolder: PACK_FOLDER,
    graphPort: 0,
    graphDelayMs,
    connections,
  });
  tell('packs and numbers ...');
  const graphUrl = `http://127.0.0.1:${graphPort}`;
  const place = { databaseUrl: postgres.url, folder };
  await furnish(postgres.database, { ...place, numbers, graphUrl, messagesPerSecond: MESSAGES_PER_SECOND, readReceipts });
  tell('Hazir ...');
  const workers = options.split ? Math.max(1, options.processes - 1) : 0;
  const profile = options.profile === undefined ? {} : { profile: options.profile };
  const hazir = await startHazir({ ...place, webPorts, workers, split: options.split, ...profile });
  tell('citizens ...');
  await world.introduce(modelsOf(options));
  await seedContacts(postgres.database, options);
  return {
    options,
    folder,
    postgres,
    hazir,
    world,
    disk,
    cpu: () => readCpu({ hazir: hazir.pids, postgres: [postgres.pid], load: [world.pid] }),
    close: async () => {
      await hazir.stop();
      await world.close();
      await world.end();
      await postgres.stop();
      if (!options.keep) await rm(folder, { recursive: true, force: true });
    },
  };
}
