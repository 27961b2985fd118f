/** One process takes webhooks, others work: a citizen notices nothing of it, also when a worker goes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';
import { type Served, serve } from '../../packages/server/src/serve.ts';
import { openStage, type Stage, textOf } from '../support/stage.ts';

const WITHIN = { timeout: 20_000 };
let web: Stage;
let folder: string;
const workers: Served[] = [];

beforeAll(async () => {
  web = await openStage({ environment: { HAZIR_ROLE: 'web' } });
  folder = await mkdtemp(join(tmpdir(), 'hazir-roles-'));
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await rm(folder, { recursive: true, force: true });
});

const startWorker = async () => {
  const environment = { HAZIR_PORT: '0', HAZIR_DATA_DIR: folder, HAZIR_ROLE: 'worker', DATABASE_URL: web.database.url };
  const worker = await serve({ config: readConfig(environment), log: () => undefined, database: web.database });
  workers.push(worker);
  return worker;
};
const say = (citizen: string, text: string) => web.control.say(citizen, { numberId: web.numberId, type: 'text', text });
const answers = (citizen: string) =>
  web.control
    .messages(citizen)
    .filter((item) => item.from === 'business')
    .map((item) => textOf(item).split('\n')[0]);

test('what came while nobody worked is answered by the first worker, what comes later through it, once', async () => {
  const citizen = web.control.addCitizen({ name: 'Roles (demo)' }).id;
  say(citizen, 'Hi');
  await web.control.settled();
  expect([answers(citizen), web.served.runtime.held()]).toEqual([[], []]);
  const first = await startWorker();
  await expect.poll(() => answers(citizen).length, WITHIN).toBe(1);
  say(citizen, 'English');
  await expect.poll(() => answers(citizen).length, WITHIN).toBe(2);

  const second = await startWorker();
  await first.close();
  workers.splice(workers.indexOf(first), 1);
  say(citizen, 'menu');
  await expect.poll(() => answers(citizen).length, WITHIN).toBe(3);
  expect(second.runtime.held()).toContain(0);
  await web.quiet();
  expect(answers(citizen)).toHaveLength(3);
});

test('a worker takes no webhooks', async () => {
  const worker = workers[0] ?? (await startWorker());
  const answer = await fetch(`${worker.url}/webhooks/whatsapp`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(404);
});
