/** The database of a run: the embedded server as it is delivered, durable, in a folder that goes with the run. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type Database, startCluster } from '@hazir/store';
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

/** `statements`: count the cost of every statement, which costs a little itself. */
export async function startPostgres(dataDir: string, statements: boolean): Promise<Postgres> {
  const settings = statements ? { shared_preload_libraries: 'pg_stat_statements' } : {};
  const cluster = await startCluster({ dataDir, settings });
  const database = connect(cluster.url, { poolSize: 2, cluster });
  if (statements) await database.query('create extension pg_stat_statements');
  const { rows } = await database.query<{ name: string; setting: string }>(
    `select name, current_setting(name) as setting from pg_settings where name = any ($1)`,
    [SHOWN],
  );
  const backend = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    database,
    url: cluster.url,
    pid: parentOf(backend.rows[0]?.pid ?? 0),
    settings: Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
    stop: () => database.close(),
  };
}

export interface StatementCost {
  calls: number;
  /** Milliseconds of execution in all. */
  ms: number;
  rows: number;
  query: string;
}

/** The statements that took most time since they were last forgotten. */
export async function costliestStatements(database: Database, most: number): Promise<StatementCost[]> {
  const { rows } = await database.query<StatementCost>(
    `select calls::int, round(total_exec_time)::int as ms, rows::int, left(regexp_replace(query, '\\s+', ' ', 'g'), 160) as query
       from pg_stat_statements order by total_exec_time desc limit $1`,
    [most],
  );
  return rows;
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
