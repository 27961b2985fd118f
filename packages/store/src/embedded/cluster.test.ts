import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../database.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

let folder: string;
const program = fileURLToPath(new URL('./testdata/write-and-die.ts', import.meta.url));

beforeAll(async () => {
  folder = await makeTemporaryFolder('hazir-cluster-');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a row that was committed survives kill -9 of the process, whose server is adopted by the next', async () => {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const database = await openDatabase({ dataDir: folder });
  expect(database.adopted).toBe(true);
  expect((await database.query('select note from diary')).rows).toEqual([{ note: 'committed' }]);
  await database.close();
});

test('stopped in order, it starts again with the same data and a locale that knows Indian scripts', async () => {
  const database = await openDatabase({ dataDir: folder });
  expect(database.adopted).toBe(false);
  expect((await database.query('select note from diary')).rows).toEqual([{ note: 'committed' }]);
  await database.query('create extension if not exists pg_trgm');
  const { rows } = await database.query<{ close: number }>(`select similarity('भांडुप पश्चिम', 'भांडूप पश्चिम') as close`);
  expect(rows[0]?.close).toBeGreaterThan(0.4);
  await database.close();
});

test('a server that dies is started again, and what was committed is there', async () => {
  const database = await openDatabase({ dataDir: folder });
  const ask = (sql: string) =>
    database.query<{ value: string }>(sql).then(
      (found) => found.rows[0]?.value ?? 'away',
      () => 'away',
    );
  const later = (sql: string, before: string) =>
    expect.poll(() => ask(sql), { timeout: 15_000 }).toSatisfy((value) => value !== 'away' && value !== before);
  const checkpointer = `select pid::text as value from pg_stat_activity where backend_type = 'checkpointer'`;
  const startedAt = 'select pg_postmaster_start_time()::text as value';
  const pidFile = join(await ask(`select current_setting('data_directory') as value`), 'postmaster.pid');

  const first = await ask(checkpointer);
  process.kill(Number(first), 'SIGKILL');
  await later(checkpointer, first);
  expect(await ask('select note as value from diary')).toBe('committed');

  const started = await ask(startedAt);
  process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
  await later(startedAt, started);
  expect(await ask('select note as value from diary')).toBe('committed');
  await database.close();
});

test('an address that nobody answers is one sentence with a remedy', async () => {
  await expect(openDatabase({ dataDir: folder, url: 'postgres://nobody:x@127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'database:unreachable',
    hint: expect.stringContaining('DATABASE_URL'),
  });
});
