/**
 * A department with an Open311 server of its own, over a real socket: it is slow, fails, loses answers, gives tokens, tells twice;
 * every request is there once, and what becomes of it reaches the citizen once.
 */
import { createSimulator, demoDepartmentKey, listenSimulator } from '@hazir/simulator';
import type { Database } from '@hazir/store';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createAskSystem, createHttpClient, type SystemBook, systemAdapters } from '../../packages/runtime/src/index.ts';
import {
  listForwards,
  pollDepartments,
  type RequestDesks,
  retryForward,
  sendForwards,
} from '../../packages/services/src/index.ts';
import { openTestDatabase } from '../support/database.ts';
import { actAsCitizen, type Endpoint, NOW, openEndpoint, openForCitizen } from './support.ts';

const MINUTE = 60_000;
const TIMEOUT_MS = 150;
let clock = NOW.getTime();
const simulator = createSimulator({ seed: 1, numbers: [], publicUrl: 'http://127.0.0.1', now: () => clock });
const server = await listenSimulator(simulator, 0);
const systemsUrl = `http://127.0.0.1:${server.port}/simulator/systems`;
const http = createHttpClient(5_000);
let key = demoDepartmentKey;
const systems: SystemBook = () => {
  const adapter = systemAdapters.get('open311');
  return adapter && { adapter, account: { address: `${systemsUrl}/lights`, headers: {}, key }, timeoutMs: TIMEOUT_MS, keepMs: 0 };
};
const files = { put: async () => ({ hash: '', bytes: 0 }), get: async () => undefined, remove: async () => undefined };
const ask = createAskSystem({ systems, files, now: () => clock }, http);
let database: Database;
let city: Endpoint;
let reference: string;

afterAll(async () => {
  await simulator.close();
  await server.close();
  await http.close();
});
beforeAll(async () => {
  database = await openTestDatabase();
  city = await openEndpoint(database, ['city'], [{ system: 'lights.invalid', services: { pothole: 'P1', slow: 'S1' } }]);
});
beforeEach(async () => {
  key = demoDepartmentKey;
  await put('faults', {});
  await put('lights/desk', { tokens: false, loseAnswers: 0 });
  await database.query('delete from open311_forwards');
  await database.query('delete from open311_polls');
  await database.query('delete from service_request_notices');
  clock += 100 * 86_400_000;
  reference = await openForCitizen(database, city, 'pothole', { now: new Date(clock) });
});

const put = (path: string, body: object) => fetch(`${systemsUrl}/${path}`, { method: 'PUT', body: JSON.stringify(body) });
const feeding = (updates: 'requests' | 'servicerequestupdates' = 'requests') => {
  const [jurisdiction] = city.jurisdictions;
  if (jurisdiction === undefined) throw new Error('no jurisdiction');
  const { desk, organizationId } = jurisdiction;
  const forward = desk.settings.forward.map((one) => ({ ...one, updates }));
  const desks: RequestDesks = new Map([[organizationId, { ...desk, settings: { ...desk.settings, forward } }]]);
  return { desks, ask, now: new Date(clock) };
};
const send = () => sendForwards(database, feeding());
const later = async (minutes: number) => {
  clock += minutes * MINUTE;
  return send();
};
const here = async () => (await listForwards(database, 10)).find((one) => one.reference === reference);
interface There {
  id: string;
  description: string;
  serviceCode: string;
}
const there = async (): Promise<There[]> => {
  const { requests }: { requests: There[] } = await (await fetch(`${systemsUrl}/lights/desk`)).json();
  return requests.filter(({ description }) => description.includes(reference));
};
const office = (id: string, status: 'open' | 'closed', notes: string) => put('lights/desk', { update: { id, status, notes } });
const told = async () =>
  (
    await database.query<{ note: string | null; state: string | null }>(
      `select e.note, e.state from service_request_notices n join service_request_events e on e.id::text = n.inputs ->> 'event'
        where n.contact_id is not null order by e.happened_at, e.id`,
    )
  ).rows;

describe('a request', () => {
  test('is sent once, with its place and our reference, and nothing of who asked', async () => {
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    const [one] = await there();
    expect(one).toMatchObject({ serviceCode: 'P1', description: `Deep\n\n${reference}` });
    expect(await here()).toMatchObject({ state: 'linked', foreignId: one?.id, problem: null });
  });

  test('of another category stays here', async () => {
    await openForCitizen(database, city, 'lamp', { now: new Date(clock) });
    expect(await send()).toBe(1);
  });

  test('whose answer was lost is found again, not posted again', async () => {
    await put('lights/desk', { loseAnswers: 1 });
    await send();
    expect(await here()).toMatchObject({ state: 'asked', problem: 'fetch:status-504', attempts: 1 });
    await later(1);
    expect(await here()).toMatchObject({ state: 'linked', foreignId: (await there())[0]?.id });
    expect(await there()).toHaveLength(1);
  });

  test('is not posted again while nobody can say whether it is there', async () => {
    await put('lights/desk', { loseAnswers: 1 });
    await send();
    await put('faults', { lights: { status: 503 } });
    await later(1);
    await later(5);
    await put('faults', { lights: { garbled: true } });
    await later(60);
    expect(await here()).toMatchObject({ state: 'asked', problem: 'fetch:not-xml' });
    await put('faults', {});
    await later(60);
    expect(await here()).toMatchObject({ state: 'linked' });
    expect(await there()).toHaveLength(1);
  });

  test('waits for a server that never answers in time, and is there once', async () => {
    await put('faults', { lights: { delayMs: TIMEOUT_MS * 3 } });
    await send();
    expect(await here()).toMatchObject({ state: 'asked', problem: 'fetch:timeout' });
    await put('faults', {});
    await expect.poll(async () => (await there()).length).toBe(1);
    await later(1);
    expect(await here()).toMatchObject({ state: 'linked' });
    expect(await there()).toHaveLength(1);
  });

  test('that never arrived is posted when the server is sure that it is not there', async () => {
    await put('faults', { lights: { status: 500 } });
    await send();
    await put('faults', {});
    await later(1);
    expect(await there()).toHaveLength(1);
    expect(await here()).toMatchObject({ state: 'linked', attempts: 2 });
  });

  test('gets its id by the token that it was answered with', async () => {
    await put('lights/desk', { tokens: true });
    await send();
    expect(await here()).toMatchObject({ state: 'token', foreignId: null });
    await later(1);
    expect(await here()).toMatchObject({ state: 'linked', foreignId: (await there())[0]?.id });
  });

  test('waits while the key is wrong', async () => {
    key = 'wrong';
    await send();
    expect(await here()).toMatchObject({ state: 'asked', problem: 'fetch:status-403' });
    key = demoDepartmentKey;
    await later(1);
    expect(await here()).toMatchObject({ state: 'linked' });
  });

  test('that is refused for good is shown to whoever runs Hazir, who tries again', async () => {
    await put('faults', { lights: { status: 400 } });
    await send();
    expect(await here()).toMatchObject({ state: 'ended', problem: 'fetch:status-400', dueAt: null });
    await put('faults', {});
    await retryForward(database, reference, new Date(clock));
    await send();
    expect(await here()).toMatchObject({ state: 'linked' });
    await expect(retryForward(database, reference, new Date(clock))).rejects.toMatchObject({ code: 'usage:request' });
  });

  test('is given up after fifteen tries, and not asked for before its time', async () => {
    await put('faults', { lights: { status: 502 } });
    await send();
    expect(await send()).toBe(0);
    for (let tries = 1; tries < 15; tries += 1) await later(61);
    expect(await here()).toMatchObject({ state: 'ended', attempts: 15 });
    expect(await later(10_000)).toBe(0);
  });

  test('that a process took and never finished is taken up by the next, five minutes later', async () => {
    await put('lights/desk', { loseAnswers: 1 });
    await Promise.all([sendForwards(database, feeding()), sendForwards(database, feeding())]);
    expect(await there()).toHaveLength(1);
    await database.query(`update open311_forwards set state = 'asked', foreign_id = null, due_at = $1`, [
      new Date(clock + 5 * MINUTE),
    ]);
    await later(5);
    expect(await here()).toMatchObject({ state: 'linked' });
    expect(await there()).toHaveLength(1);
  });
});

describe('what a citizen does meanwhile', () => {
  const poll = (minutes: number) => {
    clock += minutes * MINUTE;
    return pollDepartments(database, feeding('servicerequestupdates'));
  };
  const heard = async () => {
    const desk: { heard: Record<string, string>[] } = await (await fetch(`${systemsUrl}/lights/desk`)).json();
    return desk.heard
      .filter((one) => one.service_request_id === foreignId)
      .map(({ status, description }) => ({ status, description }));
  };
  let foreignId = '';
  const act = (operation: string, input: Record<string, string>) =>
    actAsCitizen(database, city, { reference, operation, input, now: new Date(clock) });

  test('is told to the department once, also when it fails meanwhile', async () => {
    await send();
    foreignId = (await there())[0]?.id ?? '';
    await poll(0);
    clock += MINUTE;
    await act('addNote', { note: 'Deeper now' });
    await put('faults', { lights: { status: 503 } });
    await poll(10);
    await put('faults', {});
    await poll(10);
    await poll(10);
    expect(await heard()).toEqual([{ status: 'OPEN', description: 'Deeper now' }]);
  });

  test('opens again what the department had closed', async () => {
    await send();
    foreignId = (await there())[0]?.id ?? '';
    await poll(0);
    await office(foreignId, 'closed', 'Filled');
    await poll(10);
    clock += MINUTE;
    await act('reopen', { reason: 'Still there' });
    await poll(10);
    await poll(10);
    expect(await heard()).toEqual([{ status: 'OPEN', description: expect.stringContaining('Still there') }]);
    expect(JSON.parse((await city.get(`/v2/requests/${reference}.json`)).text)[0].status).toBe('open');
  });
});

describe.each(['requests', 'servicerequestupdates'] as const)("a department's work, read from %s", (updates) => {
  const poll = (minutes: number) => {
    clock += minutes * MINUTE;
    return pollDepartments(database, feeding(updates));
  };
  const idThere = async () => (await there())[0]?.id ?? '';

  test('moves the request, and is told to the citizen once', async () => {
    await send();
    await poll(0);
    await office(await idThere(), 'open', 'Crew is on its way');
    await poll(10);
    await poll(10);
    expect(await told()).toEqual([{ note: 'Crew is on its way', state: null }]);
    clock += MINUTE;
    await office(await idThere(), 'closed', 'Filled');
    await poll(10);
    await poll(10);
    expect(await told()).toEqual([
      { note: 'Crew is on its way', state: null },
      { note: 'Filled', state: 'closed' },
    ]);
    expect(JSON.parse((await city.get(`/v2/requests/${reference}.json`)).text)[0].status).toBe('closed');
  });

  test('is not missed while the server fails, and not asked for too often', async () => {
    await send();
    await poll(0);
    await office(await idThere(), 'closed', 'Filled');
    await put('faults', { lights: { status: 500 } });
    await poll(10);
    await put('faults', {});
    await poll(1);
    expect(await told()).toEqual([]);
    await poll(9);
    expect(await told()).toEqual([{ note: 'Filled', state: 'closed' }]);
  });
});
