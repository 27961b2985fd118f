/** A real server whose PostgreSQL is stopped and started, over the wire. */
import { readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSimulator, demoNumbers, listenSimulator, type SimulatedNumber } from '@hazir/simulator';
import { type Cluster, connect, ensureOrganization, makeTemporaryFolder, saveChannel, startCluster } from '@hazir/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HazirProcess, startHazir } from '../support/process.ts';
import { textOf } from '../support/stage.ts';

const ORGANIZATION = 'spool-test';
const hello = fileURLToPath(new URL('../support/packs/hello', import.meta.url));

let folder: string;
let cluster: Cluster;
let environment: Record<string, string>;
let simulator: ReturnType<typeof createSimulator>;
let listening: Awaited<ReturnType<typeof listenSimulator>>;
let hazir: HazirProcess;

const startDatabase = async () => {
  cluster = await startCluster({ dataDir: join(folder, 'postgres'), settings: { fsync: 'off' } });
};
const inSpool = async () => (await readdir(join(folder, 'files', 'spool'))).length;
const bubbles = (citizen: string) =>
  simulator.control
    .messages(citizen)
    .filter((item) => item.from === 'business')
    .map((item) => textOf(item).split('\n')[0]);

beforeAll(async () => {
  folder = await makeTemporaryFolder('hazir-spool-');
  await startDatabase();
  const port = String(await freePort());
  environment = {
    DATABASE_URL: cluster.url,
    HAZIR_PORT: port,
    HAZIR_DATA_DIR: join(folder, 'files'),
    HAZIR_SPOOL_MB: '1',
    HAZIR_LOG_LEVEL: 'info',
  };
  const numbers = demoNumbers(`http://127.0.0.1:${port}`);
  simulator = createSimulator({ seed: 3, numbers, publicUrl: 'http://127.0.0.1:1' });
  listening = await listenSimulator(simulator, 0);
  expect(await (await startHazir(environment, ['pack', 'publish', hello, '--organization', ORGANIZATION])).gone).toBe(0);
  await connectNumbers(numbers, `http://127.0.0.1:${listening.port}/simulator/graph`);
  hazir = await startHazir(environment);
});
afterAll(async () => {
  hazir.child.kill('SIGTERM');
  await hazir.gone;
  await listening.close();
  await simulator.close();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

test('while the database is away webhooks are taken, also by a server that is then killed, and answered once, in order', {
  timeout: 120_000,
}, async () => {
  const numberId = simulator.control.state().numbers[0]?.numberId ?? '';
  const citizens = Array.from({ length: 5 }, (_, n) => simulator.control.addCitizen({ name: `Citizen ${n} (demo)` }).id);
  const say = (text: string) => {
    for (const citizen of citizens) simulator.control.say(citizen, { numberId, type: 'text', text });
  };
  const all = (...texts: string[]) => citizens.map(() => texts);
  say('Hi');
  await expect.poll(() => citizens.map(bubbles), { timeout: 20_000 }).toEqual(all('Which language would you like?'));

  await cluster.stop();
  const from = performance.now();
  say('English');
  await simulator.control.settled();
  say('Apple');
  await simulator.control.settled();
  // No webhook waited for a connection time-out.
  expect(performance.now() - from).toBeLessThan(5_000);
  expect(hazir.stderr()).toContain('"spool_entered"');
  expect(await inSpool()).toBeGreaterThan(0);
  hazir.child.kill('SIGKILL');
  await hazir.gone;

  await startDatabase();
  hazir = await startHazir(environment);
  // Nothing is delivered again meanwhile: the simulator's clock, which its retries follow, is not pushed on.
  const told = all('Which language would you like?', 'Hello!', 'You chose apple.');
  await expect.poll(() => citizens.map(bubbles), { timeout: 60_000 }).toEqual(told);
  await expect.poll(inSpool).toBe(0);
  expect(hazir.stderr()).toContain('"spool_left"');
});

test('a server that cannot reach its database when it starts says so in one sentence', async () => {
  const failed = await startHazir({
    ...environment,
    HAZIR_PORT: String(await freePort()),
    DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
  });
  expect(await failed.gone).toBe(3);
  expect(failed.stderr()).toMatch(/^The database does not answer: [^\n]+\[database:unreachable\]\n$/);
});

async function connectNumbers(numbers: readonly SimulatedNumber[], baseUrl: string): Promise<void> {
  const database = connect(cluster.url, { poolSize: 1 });
  const { id: organizationId } = await ensureOrganization(database, ORGANIZATION, ORGANIZATION);
  for (const { numberId, businessId, name, displayPhone, appId, accessToken, appSecret, verifyToken } of numbers)
    await saveChannel(database, {
      ...{ organizationId, channelType: 'whatsapp', accountId: numberId, businessId, name, displayPhone, pack: 'hello', baseUrl },
      ...{ version: 'v25.0', appId, accessToken, appSecret, verifyToken, messagesPerSecond: 80, readReceipts: false },
    });
  await database.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
