import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';
import { silentLog } from '../../packages/server/src/log.ts';
import { prepareDatabase, serve } from '../../packages/server/src/serve.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';
import { openTestDatabase } from '../support/database.ts';

test('a job that a killed process had begun is begun again at the next start', async () => {
  const database = await openTestDatabase();
  await prepareDatabase(database, silentLog);
  await database.query(`select graphile_worker.add_job('call_http', $1::json)`, [
    JSON.stringify({
      call: { id: 'c1', kind: 'http', method: 'GET', url: 'http://127.0.0.1:1/' },
      conversation: { organizationId: 1, contactId: '00000000-0000-8000-8000-000000000001', channelId: 1 },
      callId: 'c1',
      answerId: '00000000-0000-8000-8000-000000000002',
    }),
  ]);
  await database.query(`update graphile_worker._private_jobs set attempts = 1, locked_at = now(), locked_by = 'killed'`);
  const served = await serve({
    config: readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: await mkdtemp(join(tmpdir(), 'hazir-dead-')) }),
    log: silentLog,
    database,
    pack: await readPack(new URL('../support/packs/hello', import.meta.url).pathname),
    outside: () => ({ ok: true, value: null }),
  });
  await expect
    .poll(async () => (await database.query('select 1 from graphile_worker._private_jobs')).rowCount, { timeout: 5_000 })
    .toBe(0);
  await served.close();
});
