/** Documents on their way through `kill -9`: each reaches its citizen once, and none is lost. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createSimulator, listenSimulator } from '@hazir/simulator';
import { makeTemporaryFolder } from '@hazir/store';
import { afterAll, expect, test } from 'vitest';
import { readDemoNumbers } from '../../packages/server/src/setup/demo.ts';
import { freePort } from '../load/harness/hazir.ts';
import { type HazirProcess, startHazir } from '../support/process.ts';

const CITIZENS = 10;
const KILLS = 4;
const closers: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

test(`${CITIZENS} citizens ask for a certificate, kill -9 ${KILLS} times`, { timeout: 240_000 }, async () => {
  const dataDir = await makeTemporaryFolder('hazir-papers-');
  closers.push(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  const simulator = createSimulator({
    seed: 7,
    numbers: await readDemoNumbers(dataDir, `http://127.0.0.1:${port}`),
    publicUrl: 'http://127.0.0.1:1',
    statusDelaysMs: { sent: [5, 60], delivered: [5, 60], read: [5, 60] },
  });
  const graph = await listenSimulator(simulator, 0);
  closers.push(
    () => graph.close(),
    () => simulator.close(),
  );
  const environment = {
    HAZIR_PORT: String(port),
    HAZIR_DATA_DIR: dataDir,
    HAZIR_PACKS_DIR: fileURLToPath(new URL('../support/packs', import.meta.url)),
    HAZIR_DEMO_PACK: 'papers',
    HAZIR_IN_DOUBT_MS: '10000',
    HAZIR_LOG_LEVEL: 'error',
    HAZIR_GRAPH_URL: `http://127.0.0.1:${graph.port}/simulator/graph`,
  };
  let running: HazirProcess = await startHazir(environment);
  closers.push(async () => {
    running.child.kill('SIGTERM');
    await running.gone;
  });
  const numberId = simulator.control.state().numbers[0]?.numberId ?? '';
  const citizens = Array.from({ length: CITIZENS }, (_, n) => simulator.control.addCitizen({ name: `Citizen ${n} (demo)` }).id);
  const bubbles = (citizen: string) => simulator.control.messages(citizen).filter((item) => item.from === 'business');
  const files = (citizen: string) => bubbles(citizen).filter(({ body }) => body.type === 'media');
  const all = () => citizens.reduce((sum, citizen) => sum + files(citizen).length, 0);
  // Retries of webhooks follow the simulator's clock: pushing it on brings them while the server is coming back.
  const pushing = setInterval(() => void simulator.control.advance(3_000), 100);
  closers.push(async () => clearInterval(pushing));
  const talk = async (citizen: string) => {
    for (const [turn, text] of ['Hi', 'Asha Kulkarni'].entries()) {
      simulator.control.say(citizen, { numberId, type: 'text', text });
      await expect.poll(() => bubbles(citizen).length, { timeout: 180_000, interval: 5 }).toBeGreaterThan(turn);
    }
  };
  const talks = Promise.all(citizens.map(talk));
  for (let kill = 0; kill < KILLS; kill += 1) {
    await expect.poll(() => all() >= kill, { timeout: 90_000, interval: 2 }).toBe(true);
    running.child.kill('SIGKILL');
    expect(await running.gone).toBe('SIGKILL');
    running = await startHazir(environment);
  }
  await talks;
  const captions = citizens.map((citizen) => files(citizen).map(({ body }) => ('caption' in body ? body.caption : '')));
  expect(captions).toEqual(citizens.map(() => [expect.stringMatching(/^Here is certificate [\d-]+\.$/)]));
  expect(new Set(captions.flat()).size).toBe(CITIZENS);
});
