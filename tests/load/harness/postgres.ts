/** The database of a run: the embedded server as it is delivered, durable, in a folder that goes with the run. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '@hazir/store';
import { percentile } from '../world/tally.ts';
import { parentOf } from './cpu.ts';

export interface Postgres {
  database: Database;
  url: string;
  /** The server's first process; all others are its children. */
  pid: number;
  settings: Record<string, string>;
  stop: () => Promise<void>;
}

const SHOWN = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size'];

export async function startPostgres(dataDir: string): Promise<Postgres> {
  const database = await openDatabase({ dataDir, poolSize: 4 });
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, current_setting(name) as setting from pg_settings where name = any ($1)`,
    [SHOWN],
  );
  const backend = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    database,
    url: database.url,
    pid: parentOf(backend.rows[0]?.pid ?? 0),
    settings: Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
    stop: () => database.close(),
  };
}

/** Milliseconds of one small write with fdatasync on the run's disk: commit latency stands on it. */
export function probeDisk(folder: string): { p50Ms: number; p99Ms: number } {
  const path = join(folder, 'probe');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(8_192, 1);
  const times = Array.from({ length: 200 }, () => {
    const startedAt = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  rmSync(path);
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}
