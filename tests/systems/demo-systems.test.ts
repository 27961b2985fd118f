/** The simulated Co-WIN and DigiLocker issuer, asked as flows ask them, with the quirks of the real ones; and the file that names others. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json, type JsonObject, property } from '@hazir/core';
import { createSimulator, DEMO_SYSTEMS, demoIssuerKey, listenSimulator } from '@hazir/simulator';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createHttpClient, type SystemBook, systemAdapters } from '../../packages/runtime/src/index.ts';
import { createAskSystem } from '../../packages/runtime/src/systems/ask.ts';
import { createFileStore } from '../../packages/server/src/setup/file-store.ts';
import { readSystems } from '../../packages/server/src/setup/read-systems.ts';

const MINUTE = 60_000;
const folder = await mkdtemp(join(tmpdir(), 'hazir-systems-'));
const files = createFileStore(folder);
const http = createHttpClient(10_000);
let clock = Date.parse('2026-11-23T04:00:00Z');
const simulator = createSimulator({ seed: 1, numbers: [], publicUrl: 'http://127.0.0.1', now: () => clock });
const server = await listenSimulator(simulator, 0);
const url = `http://127.0.0.1:${server.port}`;
let issuerKey = demoIssuerKey;
const systems: SystemBook = (host) => {
  const demo = DEMO_SYSTEMS.find((each) => each.host === host);
  const adapter = systemAdapters.get(demo?.speaks ?? '');
  if (demo === undefined || adapter === undefined) return undefined;
  return { adapter, account: { address: `${url}${demo.path}`, headers, key: issuerKey }, timeoutMs: 2_000, keepMs: 0 };
};
const ask = createAskSystem({ systems, files, now: () => clock }, http);
let headers: Record<string, string> = {};
let calls = 0;

afterAll(async () => {
  await simulator.close();
  await server.close();
  await http.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  headers = {};
  issuerKey = demoIssuerKey;
  // Past every limit and every page that is kept.
  clock += 60 * MINUTE;
});

async function get(path: string): Promise<Json> {
  return sent('co-win', 'GET', path);
}

async function sent(system: string, method: 'GET' | 'POST', path: string, body?: JsonObject): Promise<Json> {
  const host = system === 'co-win' ? 'co-win.demo.invalid' : 'issuer.demo.invalid';
  calls += 1;
  const call = {
    id: `call-${calls}`,
    kind: 'http' as const,
    method,
    url: `https://${host}${path}`,
    headers: {},
    timeoutMs: 1_000,
  };
  const { result } = await ask({ ...call, ...(body && { body }) }, 1);
  return result.ok ? result.value : result.error.code;
}

const textOf = (value: Json, key: string): string => String(property(value, key) ?? '');
const sessionsOf = (value: Json): Json[] => {
  const list = property(value, 'sessions');
  return Array.isArray(list) ? list : [];
};
const PIN = '/v2/appointment/sessions/public/findByPin?pincode=800001&date=';

async function signedIn(mobile: string): Promise<void> {
  const asked = await sent('co-win', 'POST', '/v2/auth/public/generateOTP', { mobile });
  const otp = createHash('sha256').update('123456').digest('hex');
  const token = await sent('co-win', 'POST', '/v2/auth/public/confirmOTP', { otp, txnId: textOf(asked, 'txnId') });
  headers = { authorization: `Bearer ${textOf(token, 'token')}` };
}

describe('the simulated Co-WIN', () => {
  test('names states, districts and the sessions of a PIN code', async () => {
    expect(textOf(await get('/v2/admin/location/states'), 'ttl')).toBe('24');
    expect(JSON.stringify(await get('/v2/admin/location/districts/5'))).toContain('Patna');
    expect(sessionsOf(await get(`${PIN}24-11-2026`))[0]).toMatchObject({
      pincode: '800001',
      fee_type: 'Free',
      vaccine: 'COVAXIN',
    });
    expect(await get('/v2/appointment/sessions/public/findByPin?pincode=000000&date=24-11-2026')).toBe('fetch:status-400');
  });

  test('shows seats that may be half an hour old, and blames the letters when they are gone', async () => {
    await signedIn('9990000001');
    const before = sessionsOf(await get(`${PIN}27-11-2026`))[0] ?? null;
    const seats = Number(property(before, 'available_capacity_dose1'));
    const book = (person: string) =>
      sent('co-win', 'POST', '/v2/appointment/schedule', {
        ...{ session_id: textOf(before, 'session_id'), slot: '09:00AM-11:00AM', dose: 1, beneficiaries: [person] },
      });
    for (let at = 0; at < seats; at += 1)
      expect(textOf(await book(`person-${at}`), 'appointment_confirmation_no')).toMatch(/^\d{8}$/);
    expect(await book('one-too-many')).toBe('fetch:status-409');
    // Asked again, somebody who has a place has the same one.
    expect(await book('person-0')).toEqual(await book('person-0'));
    expect(property(sessionsOf(await get(`${PIN}27-11-2026`))[0] ?? null, 'available_capacity_dose1')).toBe(seats);
    clock += 30 * MINUTE;
    expect(property(sessionsOf(await get(`${PIN}27-11-2026`))[0] ?? null, 'available_capacity_dose1')).toBe(0);
  });

  test('takes a code once, for three minutes, and none that is wrong', async () => {
    const asked = await sent('co-win', 'POST', '/v2/auth/public/generateOTP', { mobile: '9990000002' });
    expect(await sent('co-win', 'POST', '/v2/auth/public/generateOTP', { mobile: '9990000002' })).toBe('fetch:status-400');
    const confirm = (code: string) =>
      sent('co-win', 'POST', '/v2/auth/public/confirmOTP', {
        otp: createHash('sha256').update(code).digest('hex'),
        txnId: textOf(asked, 'txnId'),
      });
    expect(await confirm('000000')).toBe('fetch:status-401');
    clock += 4 * MINUTE;
    expect(await confirm('123456')).toBe('fetch:status-401');
    expect(await sent('co-win', 'POST', '/v2/appointment/schedule', {})).toBe('fetch:status-401');
  });

  test('blocks who asks more than a hundred times in five minutes', async () => {
    const answers = await Promise.all(Array.from({ length: 101 }, () => get('/v2/admin/location/states')));
    expect(answers.filter((answer) => answer === 'fetch:status-403')).toHaveLength(1);
    clock += 5 * MINUTE;
    expect(textOf(await get('/v2/admin/location/states'), 'ttl')).toBe('24');
  });

  test.each([
    [{ delayMs: 1_500 }, 'fetch:timeout'],
    [{ status: 503 }, 'fetch:status-503'],
    [{ garbled: true }, 'fetch:not-json'],
  ])('can be told to misbehave: %j is %s', async (fault, code) => {
    const put = (faults: object) =>
      fetch(`${url}/simulator/systems/faults`, { method: 'PUT', body: JSON.stringify(faults) }).then(({ status }) => status);
    expect(await put({ 'co-win': fault })).toBe(204);
    expect(await get('/v2/admin/location/states')).toBe(code);
    expect(await put({ nobody: fault })).toBe(400);
    expect(await put({})).toBe(204);
    expect(textOf(await get('/v2/admin/location/states'), 'ttl')).toBe('24');
  });
});

describe('the simulated DigiLocker issuer', () => {
  const find = (number: string, name = 'Asha Kulkarni') =>
    sent('digilocker', 'POST', '/pull-uri', {
      ...{ request: 'PullURIRequest', orgId: 'demo', at: '2026-11-23T10:00:00+05:30' },
      details: { DocType: 'DRVLC', DigiLockerId: 'demo', FullName: name, UDF1: number },
    });

  test('finds a document by its number and the name of its owner, and hands it out as a file', async () => {
    const found = await find('MH0120260000001', '  asha  KULKARNI ');
    expect(found).toMatchObject({ found: true, URI: 'in.demo.invalid-DRVLC-MH0120260000001' });
    const brought = await sent('digilocker', 'POST', '/pull-doc', {
      ...{ request: 'PullDocRequest', orgId: 'demo', at: '', details: { URI: textOf(found, 'URI'), DigiLockerId: 'demo' } },
    });
    const bytes = await files.get(textOf(brought, 'file'));
    expect(Buffer.from(bytes ?? []).toString('latin1')).toMatch(/^%PDF-1\.4[\s\S]*Driving licence \\\(synthetic\\\)[\s\S]*%%EOF/);
    expect(JSON.stringify(brought)).not.toContain('DocContent');
  });

  test('has nothing for another name, a wrong number, or markup instead of one', async () => {
    expect(await find('MH0120260000001', 'Somebody Else')).toEqual({ found: false });
    expect(await find('MH0')).toEqual({ found: false });
    expect(await find('<x/>&lol;"')).toEqual({ found: false });
  });

  test('answers nobody who signs with another key', async () => {
    issuerKey = 'wrong';
    expect(await find('MH0120260000001')).toBe('fetch:status-401');
  });
});

describe('an issuer that answers strangely', () => {
  const read = (body: string) =>
    systemAdapters.get('digilocker-issuer')?.result({ status: 200, headers: {}, body }, async () => ({ hash: 'h', bytes: 1 }));

  test.each([
    ['', 'no XML'],
    ['{"ok":true}', 'JSON'],
    ['<html><body>Bad gateway</body></html>', 'a page'],
    ['<PullURIResponse>', 'half of it'],
    [
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><PullURIResponse><ResponseStatus>&b;</ResponseStatus></PullURIResponse>',
      'entities',
    ],
  ])('%#: is told so', async (body) => {
    const result = await read(body);
    expect(result?.ok === false ? result.error.code : result?.value).toEqual(
      body.includes('ENTITY') ? expect.anything() : 'fetch:not-xml',
    );
  });

  test.each([
    ['<ResponseStatus Status="1" ts="" txn=""/>', true],
    ['<ResponseStatus ts="" txn="">1</ResponseStatus>', true],
    ['<ResponseStatus>1</ResponseStatus>', true],
    ['<ResponseStatus Status="0" ts="" txn=""/>', false],
  ])('both ways to write a status are read: %s', async (status, found) => {
    const result = await read(`<PullURIResponse>${status}<DocDetails><URI>u</URI></DocDetails></PullURIResponse>`);
    expect(result).toMatchObject({ ok: true, value: { found } });
  });
});

describe('the file of systems', () => {
  const file = join(folder, 'systems.yaml');
  const load = async (text: string, environment: Record<string, string> = {}) => {
    await writeFile(file, text);
    return readSystems(file, environment);
  };

  test('says where a host is, who may ask it, how often, and takes secrets from the environment', async () => {
    const read = await load(
      'prices.example.org: { address: "https://10.0.0.5/api/", headers: { Authorization: "Bearer {PRICES}" }, limit: { calls: 100, seconds: 300 }, keepSeconds: 60, organizations: [demo-mumbai] }',
      { PRICES: 'abc' },
    );
    expect(read.get('prices.example.org')).toMatchObject({
      account: { address: 'https://10.0.0.5/api', headers: { authorization: 'Bearer abc' } },
      ...{ timeoutMs: 10_000, keepMs: 60_000, limit: { calls: 100, perMs: 300_000 }, organizations: ['demo-mumbai'] },
    });
  });

  test.each([
    ['prices.example.org: { headers: { Authorization: "Bearer {PRICES}" } }', 'PRICES is not set'],
    ['"https://prices.example.org": {}', 'without https://'],
    ['prices.example.org: { speaks: soap }', 'speaks'],
    ['prices.example.org: { key: "abc-secret" }', 'never the secret itself'],
    ['prices.example.org: [', 'are wrong'],
  ])('is refused: %s', async (text, why) => {
    await expect(load(text)).rejects.toThrow(why);
    await expect(load(text)).rejects.toMatchObject({ code: 'config:systems' });
  });
});
