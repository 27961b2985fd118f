/** The database of a chaos run: a durable server of its own that can be killed in part, killed whole, and kept away. */
import { readdirSync, readFileSync } from 'node:fs';
import { type Cluster, connect, type Database, startCluster } from '@hazir/store';
import type { Dice } from './dice.ts';

export interface ChaosPostgres {
  url: string;
  database: Database;
  /** Kills one serving process; PostgreSQL then restarts all of them. False when there is none now. */
  killBackend: (dice: Dice) => boolean;
  /** Kills the first process; a supervisor starts the server again. */
  killServer: () => boolean;
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
}

/** Little log ahead, so that a small disk is enough; everything else as delivered. */
const SETTINGS = { max_wal_size: '96MB', min_wal_size: '32MB' };

export async function startChaosPostgres(dataDir: string): Promise<ChaosPostgres> {
  let cluster: Cluster = await startCluster({ dataDir, settings: SETTINGS });
  const { url } = cluster;
  const database = connect(url, { poolSize: 3 });
  const onExit = () => void kill(first(dataDir));
  process.once('exit', onExit);
  return {
    url,
    database,
    killBackend: (dice) => kill(dice.pick(serving(dataDir))),
    killServer: () => kill(first(dataDir)),
    stop: () => cluster.stop(),
    start: async () => {
      cluster = await startCluster({ dataDir, settings: SETTINGS });
      if (cluster.url !== url) throw new Error('the database came back at another address');
    },
    close: async () => {
      process.off('exit', onExit);
      await database.close();
      await cluster.stop();
    },
  };
}

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** The server of this data folder, found by its command line. */
function first(dataDir: string): number | undefined {
  return processes().find(({ command }) => command.includes('postgres') && command.includes(` -D ${dataDir}/database/data `))
    ?.pid;
}

function serving(dataDir: string): number[] {
  const parent = first(dataDir);
  return processes()
    .filter((one) => one.parent === parent && /^postgres: hazir /.test(one.command))
    .map(({ pid }) => pid);
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent, command }];
      } catch {
        return [];
      }
    });
}

function kill(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
