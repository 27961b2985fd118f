/** The control API over HTTP, as the phone page and scripts use it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json, listProperty, property } from '@hazir/core';
import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../create-simulator.ts';
import { demoCitizens, demoNumbers } from '../demo-numbers.ts';
import { listenSimulator } from '../listen-simulator.ts';
import { type Bench, messagesOf, startBench } from '../testing.ts';

let on: Bench;

beforeEach(async () => {
  on = await startBench();
});

afterEach(() => on.close());

async function api(method: string, path: string, body?: Json): Promise<{ status: number; body: Json; type: string | null }> {
  const response = await fetch(`${on.base}/simulator/api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), type: response.headers.get('content-type') };
}

const hello = () => api('POST', '/citizens/asha/messages', { numberId: on.number.numberId, type: 'text', text: 'hello' });

/** Events of a stream; `next` resolves with the next one. */
async function events(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ next: () => Promise<{ id?: string; data: Json }>; close: () => void }> {
  const abort = new AbortController();
  const response = await fetch(`${on.base}/simulator/api${path}`, { headers, signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<{ id?: string; data: Json }> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        const id = field('id');
        if (data !== undefined) return { data: JSON.parse(data), ...(id === undefined ? {} : { id }) };
        continue;
      }
      const read = await reader?.read();
      if (read?.done !== false) throw new Error('the stream ended');
      text += read.value;
    }
  };
  return { next, close: () => abort.abort() };
}

test('the state shows numbers without secrets', async () => {
  const { body } = await api('GET', '/state');
  expect(body).toMatchObject({
    seed: 7,
    now: Date.UTC(2026, 10, 22, 9, 30),
    numbers: [{ name: 'MyBMC Assist', verified: true }],
  });
  for (const secret of [on.number.accessToken, on.number.appSecret, on.number.verifyToken])
    expect(JSON.stringify(body)).not.toContain(secret);
});

test('a citizen is added, changed and writes', async () => {
  const added = await api('POST', '/citizens', { name: 'Ravi' });
  expect(added).toMatchObject({
    status: 201,
    body: { name: 'Ravi', online: true, identityMode: 'phone_and_user_id', marketing: 'resumed' },
  });
  const id = String(property(added.body, 'id'));
  expect((await api('PATCH', `/citizens/${id}`, { online: false })).body).toMatchObject({ id, online: false });
  expect(await api('POST', `/citizens/${id}/messages`, { numberId: on.number.numberId, type: 'text', text: 'hi' })).toMatchObject(
    {
      status: 202,
      body: { id: expect.stringMatching(/^wamid\./) },
    },
  );
  expect((await api('GET', `/citizens/${id}/messages`)).body).toMatchObject({
    items: [{ ticks: 'pending', body: { text: 'hi' } }],
  });
});

test('messages are read by number and by what is new', async () => {
  await hello();
  await on.control.settled();
  const { body } = await api('GET', `/citizens/asha/messages?numberId=${on.number.numberId}`);
  const seq = Number(property(listProperty(body, 'items')[0], 'seq'));
  expect((await api('GET', `/citizens/asha/messages?after=${seq}`)).body).toEqual({ items: [] });
  expect((await api('GET', '/citizens/asha/messages?numberId=other')).body).toEqual({ items: [] });
  await on.send({ type: 'text', text: { body: 'hi' } });
  await on.control.advance(5_000);
  expect((await api('GET', `/citizens/asha/messages?after=${seq}`)).body).toMatchObject({ items: [{ from: 'business' }] });
  expect((await api('POST', '/citizens/asha/reads', { numberId: on.number.numberId })).status).toBe(204);
  expect((await api('GET', `/citizens/asha/messages?after=${seq}`)).body).toMatchObject({
    items: [{ from: 'business', ticks: 'read' }],
  });
});

describe('the stream of events', () => {
  test('tells of new and changed bubbles and of typing', async () => {
    const stream = await events('/citizens/asha/events');
    await hello();
    const seen = [await stream.next(), await stream.next(), await stream.next()];
    expect(seen.map((event) => property(event.data, 'ticks'))).toEqual(['pending', 'sent', 'delivered']);
    expect(seen.map((event) => event.id)).toEqual(seen.map((event) => String(property(event.data, 'seq'))));
    const message_id = String(property(messagesOf(on.receiver)[0], 'id'));
    await on.send({ status: 'read', message_id, typing_indicator: { type: 'text' } });
    expect((await stream.next()).data).toMatchObject({ ticks: 'read' });
    expect((await stream.next()).data).toEqual({ typing: true, numberId: on.number.numberId });
    stream.close();
  });

  test('goes on after the last event that was seen', async () => {
    await hello();
    await on.control.settled();
    const first = await events('/citizens/asha/events?after=0');
    const { id } = await first.next();
    first.close();
    await on.send({ type: 'text', text: { body: 'hi' } });
    await on.control.advance(5_000);
    const again = await events('/citizens/asha/events', { 'last-event-id': id ?? '' });
    expect((await again.next()).data).toMatchObject({ from: 'business', body: { type: 'text', text: 'hi' } });
    again.close();
  });

  test('ends when the citizens are reset', async () => {
    const stream = await events('/citizens/asha/events');
    await api('POST', '/reset');
    await expect(stream.next()).rejects.toThrow('the stream ended');
  });
});

test('media are uploaded and read', async () => {
  const url = `${on.base}/simulator/api/media`;
  const uploaded = await fetch(url, {
    method: 'POST',
    body: 'bytes',
    headers: { 'content-type': 'image/png', 'x-file-name': encodeURIComponent('चित्र.png') },
  });
  const { mediaId } = JSON.parse(await uploaded.text());
  const read = await fetch(`${url}/${mediaId}`);
  expect([read.headers.get('content-type'), read.headers.get('x-content-type-options'), await read.text()]).toEqual([
    'image/png',
    'nosniff',
    'bytes',
  ]);
  expect(read.headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${encodeURIComponent('चित्र.png')}`);
});

test('a page as media is not shown by the browser', async () => {
  const url = `${on.base}/simulator/api/media`;
  const uploaded = await fetch(url, { method: 'POST', body: '<script>', headers: { 'content-type': 'text/html' } });
  const read = await fetch(`${url}/${JSON.parse(await uploaded.text()).mediaId}`);
  expect(read.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(read.headers.get('content-security-policy')).toContain('sandbox');
});

test('faults are set as a whole, and left out is none', async () => {
  expect((await api('PUT', '/faults', { duplicate: 0.5, fail: { code: 131000, probability: 1 } })).body).toMatchObject({
    duplicate: 0.5,
    batch: 1,
  });
  expect((await api('GET', '/faults')).body).toMatchObject({ duplicate: 0.5, fail: { code: 131000 } });
  expect((await api('PUT', '/faults', {})).body).toMatchObject({ duplicate: 0, fail: null });
});

test('the clock is moved, requests and deliveries are read', async () => {
  const now = Number(property((await api('GET', '/state')).body, 'now'));
  expect((await api('POST', '/clock', { advanceMs: 1_000 })).body).toEqual({ now: now + 1_000 });
  await hello();
  await on.send({ type: 'text', text: { body: 'hi' } });
  await on.control.settled();
  expect((await api('GET', '/requests')).body).toMatchObject({ items: [{ seq: 1, method: 'POST', status: 200 }] });
  const { body } = await api('GET', '/deliveries');
  expect(body).toMatchObject({ items: [{ seq: 1, attempt: 1, status: 200, at: now + 1_000 }] });
  expect((await api('GET', '/deliveries?after=1')).body).toEqual({ items: [] });
});

test('a reset brings back the citizens of the start', async () => {
  await hello();
  await api('POST', '/citizens', { name: 'Ravi' });
  await api('PUT', '/faults', { drop: 1 });
  expect((await api('POST', '/reset')).status).toBe(204);
  const { body } = await api('GET', '/state');
  expect(listProperty(body, 'citizens').map((one) => property(one, 'id'))).toEqual(['asha', 'imran', 'phoneOnly']);
  expect(body).toMatchObject({ faults: { drop: 0 } });
  expect((await api('GET', '/citizens/asha/messages')).body).toEqual({ items: [] });
});

describe('a request is refused for', () => {
  test.each<[string, string, string, Json | undefined, number, string]>([
    ['an unknown citizen', 'GET', '/citizens/nobody/messages', undefined, 404, 'There is no such citizen.'],
    [
      'an unknown number',
      'POST',
      '/citizens/asha/messages',
      { numberId: '1', type: 'text', text: 'x' },
      404,
      'There is no such number.',
    ],
    ['an unknown path', 'GET', '/nothing', undefined, 404, 'There is no such path.'],
    ['unknown media', 'GET', '/media/1', undefined, 404, 'There is no such media.'],
    [
      'a phone that is taken',
      'POST',
      '/citizens',
      { name: 'A', phone: '919990000001' },
      409,
      'Another citizen has this phone number.',
    ],
    ['a phone with a plus', 'POST', '/citizens', { name: 'A', phone: '+91999' }, 400, 'phone: E.164 digits without "+"'],
    ['a field too many', 'POST', '/citizens', { name: 'A', age: 5 }, 400, 'age'],
    ['an unknown type of message', 'POST', '/citizens/asha/messages', { numberId: '1', type: 'poll' }, 400, 'type'],
    ['a probability of 2', 'PUT', '/faults', { drop: 2 }, 400, 'drop'],
    ['a clock that goes back', 'POST', '/clock', { advanceMs: -1 }, 400, 'advanceMs'],
    ['a number that is none', 'GET', '/requests?after=x', undefined, 400, 'after: a whole number.'],
    ['no JSON type', 'POST', '/clock', undefined, 400, 'Send application/json.'],
  ])('%s', async (_, method, path, body, status, title) => {
    const answer = await api(method, path, body);
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json',
      body: { status, title: expect.stringContaining(title) },
    });
  });

  test('a tap on nothing', async () => {
    const id = String(property((await hello()).body, 'id'));
    const tap = { numberId: on.number.numberId, type: 'tap', replyTo: id, choiceId: 'a' };
    expect(await api('POST', '/citizens/asha/messages', tap)).toMatchObject({
      status: 422,
      body: { code: 'simulator:invalid-message' },
    });
  });

  test('a body that is too large', async () => {
    const message = { numberId: on.number.numberId, type: 'text', text: 'x'.repeat(300_000) };
    expect((await api('POST', '/citizens/asha/messages', message)).status).toBe(413);
  });

  test.each([[{ origin: 'https://evil.example' }], [{ 'sec-fetch-site': 'cross-site' }], [{ origin: 'null' }]])(
    'a page of another site: %j',
    async (headers) => {
      const response = await fetch(`${on.base}/simulator/api/reset`, { method: 'POST', headers });
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('nothing of the page itself', async () => {
    const response = await fetch(`${on.base}/simulator/api/state`, { headers: { origin: on.base } });
    expect(response.status).toBe(200);
  });
});

describe('the phone page', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phone-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'assets', 'index-Ab3dEf9h.js'), 'export {};');
    await writeFile(join(folder, '..', 'phone-secret.txt'), 'secret');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await rm(join(folder, '..', 'phone-secret.txt'));
  });

  async function get(path: string): Promise<Response> {
    const simulator = createSimulator({
      seed: 1,
      numbers: demoNumbers('http://x'),
      citizens: demoCitizens,
      publicUrl: 'http://x',
      phoneDir: folder,
    });
    const response = await simulator.fetch(new Request(`http://x${path}`));
    await simulator.close();
    return response;
  }

  test.each([
    ['/phone/', 'text/html; charset=utf-8', 'no-cache'],
    ['/phone/assets/index-Ab3dEf9h.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ])('%s is served', async (path, type, caching) => {
    const response = await get(path);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      type,
      caching,
    ]);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('without its slash it is redirected', async () => {
    expect((await get('/phone')).headers.get('location')).toBe('/phone/');
  });

  test.each(['/phone/nothing.js', '/phone/..%2fphone-secret.txt', '/phone/%2e%2e/phone-secret.txt', '/phone/%00', '/phone/%ff'])(
    '%s is not there',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});

test('it works inside another server', async () => {
  const outer = new Hono();
  outer.get('/readyz', (c) => c.text('ready'));
  outer.all('*', (c) => on.simulator.fetch(c.req.raw, c.env));
  const listening = await listenSimulator({ fetch: (request, env) => outer.fetch(request, env ?? {}) }, 0);
  const base = `http://127.0.0.1:${listening.port}`;
  on.control.setFaults({ acceptThenTimeout: 1 });
  expect((await fetch(`${base}/simulator/api/state`)).status).toBe(200);
  on.control.say('asha', { numberId: on.number.numberId, type: 'text', text: 'hello' });
  const send = fetch(`${base}/simulator/graph/v25.0/${on.number.numberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${on.number.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: '+919990000001', type: 'text', text: { body: 'hi' } }),
  });
  await expect(send).rejects.toThrow();
  expect(on.control.requests().at(-1)).toMatchObject({ status: 200, response: null });
  await listening.close();
});

test('a port that is taken is said', async () => {
  const port = Number(new URL(on.base).port);
  await expect(listenSimulator(on.simulator, port)).rejects.toThrow('EADDRINUSE');
});
