import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSimulator, listenSimulator } from '@hazir/simulator';
import { makeTemporaryFolder } from '@hazir/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDemoNumbers } from '../../packages/server/src/setup/demo.ts';
import { type HazirProcess, startHazir } from '../support/process.ts';
import { textOf } from '../support/stage.ts';

const CITIZENS = 12;
const KILLS = 5;
const TURNS = ['Hi', 'English', 'Apple'];
const packs = fileURLToPath(new URL('../support/packs', import.meta.url));

let dataDir: string;
let environment: Record<string, string>;
let running: HazirProcess | undefined;

beforeAll(async () => {
  dataDir = await makeTemporaryFolder('hazir-kill-');
  environment = {
    HAZIR_PORT: String(await freePort()),
    HAZIR_DATA_DIR: dataDir,
    HAZIR_PACKS_DIR: packs,
    HAZIR_DEMO_PACK: 'hello',
    HAZIR_IN_DOUBT_MS: '10000',
    HAZIR_LOG_LEVEL: 'error',
  };
});
afterAll(async () => {
  running?.child.kill('SIGTERM');
  await running?.gone;
  await rm(dataDir, { recursive: true, force: true });
});

describe('a server that is killed', () => {
  test(`kill -9 ${KILLS} times in the middle of conversations: every message is answered once, in order`, {
    timeout: 240_000,
  }, async () => {
    const server = `http://127.0.0.1:${environment.HAZIR_PORT}`;
    const simulator = createSimulator({
      seed: 7,
      numbers: await readDemoNumbers(dataDir, server),
      publicUrl: 'http://127.0.0.1:1',
      statusDelaysMs: { sent: [5, 60], delivered: [5, 60], read: [5, 60] },
    });
    const listening = await listenSimulator(simulator, 0);
    environment.HAZIR_GRAPH_URL = `http://127.0.0.1:${listening.port}/simulator/graph`;
    running = await startHazir(environment);
    expect(running.stderr()).toBe('');
    const numberId = simulator.control.state().numbers[0]?.numberId ?? '';
    const citizens = Array.from({ length: CITIZENS }, (_, n) => simulator.control.addCitizen({ name: `Citizen ${n} (demo)` }).id);
    const bubbles = (citizen: string) => simulator.control.messages(citizen).filter((item) => item.from === 'business');
    // Retries of webhooks follow the simulator's clock: pushing it on brings them while the server is coming back.
    const pushing = setInterval(() => void simulator.control.advance(3_000), 100);
    const talk = async (citizen: string) => {
      for (const [turn, text] of TURNS.entries()) {
        simulator.control.say(citizen, { numberId, type: 'text', text });
        await expect.poll(() => bubbles(citizen).length, { timeout: 180_000, interval: 20 }).toBeGreaterThan(turn);
      }
    };
    const talks = Promise.all(citizens.map(talk));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await expect.poll(() => citizens.some((citizen) => bubbles(citizen).length > kill / 2), { timeout: 60_000 }).toBe(true);
      running.child.kill('SIGKILL');
      expect(await running.gone).toBe('SIGKILL');
      running = await startHazir(environment);
    }
    await talks;
    clearInterval(pushing);
    const told = citizens.map((citizen) => bubbles(citizen).map((item) => textOf(item).split('\n')[0]));
    expect(told).toEqual(citizens.map(() => ['Which language would you like?', 'Hello!', 'You chose apple.']));
    await listening.close();
    await simulator.close();
  });

  test('a second server on the same data says so in one sentence and leaves', async () => {
    const second = await startHazir({
      ...environment,
      HAZIR_PORT: String(await freePort()),
      HAZIR_GRAPH_URL: 'http://127.0.0.1:9/elsewhere',
    });
    expect(await second.gone).toBe(3);
    expect(second.stderr()).toMatch(/^Another Hazir already runs on the data in .*\[server:running\]\n$/);
    // The refused one has changed nothing: the first one's number still has its own Graph API.
    const list = await startHazir(environment, ['channel', 'list', '--json']);
    await list.gone;
    expect(list.stdout()).toContain(environment.HAZIR_GRAPH_URL);
  });

  test('a port that is taken is named with the remedy', async () => {
    const second = await startHazir({ ...environment, HAZIR_DATA_DIR: join(dataDir, 'other') });
    expect(await second.gone).toBe(3);
    expect(second.stderr()).toMatch(/^Port \d+ is taken .*HAZIR_PORT=.*\[server:port-taken\]\n$/);
  });

  test('SIGTERM stops it in order', async () => {
    running?.child.kill('SIGTERM');
    expect(await running?.gone).toBe(0);
    running = undefined;
  });
});

describe('a server that cannot start', () => {
  test.each([
    ['a wrong setting', { HAZIR_PORT: 'many' }, 2, 'config:invalid'],
    ['a settings file that is no YAML', { HAZIR_CONFIG: fileURLToPath(import.meta.url) }, 2, 'config:unreadable'],
    ['a database that does not answer', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 3, 'database:unreachable'],
    ['a folder that cannot be made', { HAZIR_DATA_DIR: join(fileURLToPath(import.meta.url), 'data') }, 3, 'database:folder'],
  ])('%s: one sentence, exit code not 0', async (_what, changed, code, error) => {
    const failed = await startHazir({ ...environment, HAZIR_PORT: String(await freePort()), ...changed });
    expect(await failed.gone).toBe(code);
    expect(failed.stderr()).toMatch(new RegExp(`^[^\\n]+\\[${error}\\]\\n$`));
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
