import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { commitTurns, type Database, emptyTurns, ensureOrganization, freshId, recordFacts, timedId } from '@hazir/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runArchive } from '../../packages/server/src/archive/run-archive.ts';
import { runHazir } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));
const NOW = new Date();
const monthsAgo = (months: number) => Date.UTC(NOW.getUTCFullYear(), NOW.getUTCMonth() - months, 10);
const nameOf = (parent: string, months: number) =>
  `${parent}_${new Date(monthsAgo(months)).toISOString().slice(0, 7).replace('-', '')}`;

let database: Database;
let folder: string;
const organizations = { alpha: 0, beta: 0 };
const contactId = freshId(monthsAgo(20));

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'hazir-archive-'));
  for (const slug of ['alpha', 'beta'] as const) organizations[slug] = (await ensureOrganization(database, slug, slug)).id;
  await database.query('insert into contacts (organization_id, id) values ($1, $3), ($2, $3)', [
    ...Object.values(organizations),
    contactId,
  ]);
  await database.query(`select ensure_partitions($1, 2)`, [new Date(monthsAgo(15))]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (organizationId: number, at: number, count = 1) => {
  await database.query(
    `insert into messages (organization_id, contact_id, id, channel_id, outbound, external_id, content, sent_at)
     select $1, $2, id::uuid, 1, false, 'w', '{"content":{"type":"text","text":"नमस्ते \\"x\\"\\n"}}', $4 from unnest($3::text[]) as id`,
    [
      organizationId,
      contactId,
      Array.from({ length: count }, (_, n) => timedId(at + n, `${organizationId}|${at}|${n}`)),
      new Date(at),
    ],
  );
  await database.query(`insert into conversation_events values ($1, $2, $3, 1, 'flow_started', '{}')`, [
    organizationId,
    contactId,
    timedId(at, `e${at}`),
  ]);
};
const count = async (table: string, organizationId: number) =>
  (await database.query<{ n: number }>(`select count(*) as n from ${table} where organization_id = $1`, [organizationId])).rows[0]
    ?.n;
const exists = async (table: string) =>
  (await database.query('select 1 where to_regclass($1) is not null', [table])).rowCount === 1;
const archive = (...args: string[]) => runHazir(database, ['archive', ...args]);
const run = () => runArchive({ database, folder, now: NOW, progress: () => undefined });

/** A citizen who is answered all the time; returns the longest that one commit took. */
function keepTalking(): () => Promise<number> {
  let talking = true;
  const key = { organizationId: organizations.beta, contactId, channelId: 1 };
  const talk = async () => {
    let longest = 0;
    while (talking) {
      const id = freshId(Date.now());
      const startedAt = performance.now();
      await commitTurns(database.path, {
        ...emptyTurns(),
        messages: [{ ...key, id, outbound: true, externalId: null, content: '{}', origin: 'a/b' }],
      });
      await recordFacts(database.path, [{ ...key, id, externalId: 'w', at: { sent: new Date() }, error: null, pricing: null }]);
      longest = Math.max(longest, performance.now() - startedAt);
    }
    return longest;
  };
  const done = talk();
  return () => {
    talking = false;
    return done;
  };
}

/** Far below the ten seconds for which somebody reads, far above what a loaded machine takes for an insert. */
const UNNOTICED_MS = 3_000;

describe('retention', () => {
  test('is 12 months, or what the organization has said', async () => {
    expect((await archive('policy', 'beta', '--months', '36')).stdout).toMatch(/^beta +36 months +set by /);
    expect((await archive('policy')).stdout).toMatch(/^alpha +12 months +\(default\)\nbeta +36 months/);
    expect((await archive('policy', 'gamma', '--months', '3')).stderr).toContain('[usage:organization]');
  });

  test('a dry run says what would happen and does nothing', async () => {
    await write(organizations.alpha, monthsAgo(15), 3);
    await write(organizations.alpha, monthsAgo(14), 2);
    await write(organizations.beta, monthsAgo(14), 1);
    await write(organizations.alpha, monthsAgo(1), 1);
    const { stdout } = await archive('run', '--dry-run');
    expect(stdout).toMatch(new RegExp(`${nameOf('messages', 15)} +alpha +3 +the table is dropped`));
    expect(stdout).toMatch(new RegExp(`${nameOf('messages', 14)} +alpha +2 +these rows are deleted, others stay`));
    expect(await count('messages', organizations.alpha)).toBe(6);
  });

  test('while somebody reads the whole log, citizens do not wait, and the archive does until it may', async () => {
    const reader = await database.pool.connect();
    await reader.query('begin; select count(*) from messages');
    const stop = keepTalking();
    const told: string[] = [];
    const running = runArchive({ database, folder, now: NOW, progress: (line) => void told.push(line) });
    await expect.poll(() => told.filter((line) => line.includes('waits')).length, { timeout: 15_000 }).toBeGreaterThan(5);
    await reader.query('commit');
    reader.release();
    const done = await running;
    const longest = await stop();
    expect(longest).toBeLessThan(UNNOTICED_MS);
    expect(done.map(({ organization, source, rows }) => `${organization} ${source} ${rows}`).sort()).toEqual([
      ...[`alpha ${nameOf('conversation_events', 15)} 1`, `alpha ${nameOf('conversation_events', 14)} 1`],
      ...[`alpha ${nameOf('messages', 15)} 3`, `alpha ${nameOf('messages', 14)} 2`],
    ]);
    expect([await exists(nameOf('messages', 15)), await exists(nameOf('messages', 14))]).toEqual([false, true]);
    expect([await count('messages', organizations.alpha), await count(nameOf('messages', 14), organizations.beta)]).toEqual([
      1, 1,
    ]);
  });

  test('the files say what they hold and can be read back into the database as they were', async () => {
    const path = join(folder, 'alpha', `${nameOf('messages', 15)}.ndjson.gz`);
    const lines = gunzipSync(await readFile(path))
      .toString()
      .trimEnd()
      .split('\n');
    const manifest: { rows: number } = JSON.parse(await readFile(path.replace('.ndjson.gz', '.json'), 'utf8'));
    expect([lines.length, manifest.rows]).toEqual([3, 3]);
    await database.query(
      'insert into messages select (json_populate_record(null::messages, line::json)).* from unnest($1::text[]) as line',
      [lines],
    );
    const { rows } = await database.query('select content, sent_at from messages where sent_at = $1', [new Date(monthsAgo(15))]);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual({
      content: '{"content":{"type":"text","text":"नमस्ते \\"x\\"\\n"}}',
      sent_at: new Date(monthsAgo(15)),
    });
    expect((await archive('list')).stdout).toContain(path);
  });

  test('what was read back, or came late, leaves again in a second part; nothing is left to do after that', async () => {
    expect((await run()).map(({ source, part, rows }) => [source, part, rows])).toEqual([['messages_default', 1, 3]]);
    expect(await run()).toEqual([]);
  });
});

describe('messages with impossible times', () => {
  test('make no table, break none, and the old ones leave in time', async () => {
    const tables = async () => (await database.query(`select 1 from pg_class where relname like 'messages_2%'`)).rowCount;
    const before = await tables();
    for (const at of [0, 86_400_000, Date.UTC(2090, 0, 1), 0xffff_ffff_ffff]) await write(organizations.alpha, at);
    await database.query(`select ensure_partitions(now() - interval '1 month', 4)`);
    expect(await tables()).toBe(before);
    await run();
    expect((await database.query('select id from messages_default order by id')).rowCount).toBe(2);
  });

  test('a month is made later when somebody reads the log for long, and the server starts all the same', async () => {
    const reader = await database.pool.connect();
    await reader.query('begin; select count(*) from messages');
    const stop = keepTalking();
    expect((await database.query(`select ensure_partitions($1, 1) as made`, [new Date(monthsAgo(-9))])).rows).toEqual([
      { made: 0 },
    ]);
    const longest = await stop();
    await reader.query('commit');
    reader.release();
    expect(longest).toBeLessThan(UNNOTICED_MS);
    expect((await database.query(`select ensure_partitions($1, 1) as made`, [new Date(monthsAgo(-9))])).rows).toEqual([
      { made: 2 },
    ]);
  });

  test('of a month to come move into its table when that is made', async () => {
    await write(organizations.alpha, monthsAgo(-7));
    expect(await count('messages_default', organizations.alpha)).toBe(3);
    await database.query(`select ensure_partitions($1, 1)`, [new Date(monthsAgo(-7))]);
    expect([
      await count('messages_default', organizations.alpha),
      await count(nameOf('messages', -7), organizations.alpha),
    ]).toEqual([2, 1]);
  });
});

test('kill -9 in the middle of deleting: the next run goes on, and the file holds everything once', {
  timeout: 60_000,
}, async () => {
  await database.query(`select ensure_partitions($1, 1)`, [new Date(monthsAgo(18))]);
  const table = nameOf('messages', 18);
  await write(organizations.beta, monthsAgo(18));
  await write(organizations.alpha, monthsAgo(18), 12_000);
  await database.query(`create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.2); return null; end $$;
    create trigger slow after delete on ${table} for each statement execute function slow()`);
  const environment = { ...process.env, DATABASE_URL: database.url };
  const child = spawn(process.execPath, [main, 'archive', 'run', '--to', folder], { env: environment, stdio: 'ignore' });
  await expect.poll(() => count(table, organizations.alpha), { timeout: 30_000, interval: 20 }).toBeLessThan(12_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await count(table, organizations.alpha)).toBeGreaterThan(0);
  expect((await archive('list')).stdout).toMatch(new RegExp(`alpha +${table} +12000 +\\d+ +not yet`));
  await database.query(`drop trigger slow on ${table}`);
  const again = await archive('run', '--to', folder, '--json');
  expect([again.code, await count(table, organizations.alpha), await count(table, organizations.beta)]).toEqual([0, 0, 1]);
  const lines = gunzipSync(await readFile(join(folder, 'alpha', `${table}.ndjson.gz`)))
    .toString()
    .trimEnd()
    .split('\n');
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(12_000);
});

test('a folder that cannot be written: one sentence, and nothing is deleted', async () => {
  await database.query(`select ensure_partitions($1, 1)`, [new Date(monthsAgo(17))]);
  await write(organizations.alpha, monthsAgo(17), 2);
  const failed = await archive('run', '--to', join(main, 'folder'));
  expect([failed.code, failed.stderr.split('\n').at(-2)]).toEqual([3, expect.stringContaining('[archive:write]')]);
  expect(await count(nameOf('messages', 17), organizations.alpha)).toBe(2);
  expect((await run()).map(({ source, rows }) => [source, rows])).toContainEqual([nameOf('messages', 17), 2]);
});
