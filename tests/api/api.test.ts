/** The officers' API as a console uses it: over a real socket, with keys of posts, of two organizations. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_POLICIES } from '../../packages/server/src/web/routes.ts';
import { openTestDatabase } from '../support/database.ts';
import { type Api, openApi, type Reply, referencesIn } from './support.ts';

const HOUR = 3_600_000;
let database: Database;
let api: Api;
let key: string;

beforeAll(async () => {
  database = await openTestDatabase();
  api = await openApi(database);
  key = await api.cities.own.key(['read', 'act', 'details']);
});

const problemOf = ({ status, headers, body }: Reply) => {
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({ status, type: `urn:hazir:problem:${textProperty(body, 'code')}` });
  return `${status} ${textProperty(body, 'code')}`;
};
const act = (reference: string, name: string, body: unknown, headers?: Record<string, string>) => {
  // Nobody does two things at once: the order of the history is that of the time.
  api.clock.now += 1_000;
  return api.post(`/requests/${reference}/${name}`, body, key, headers);
};
const eventsOf = async (reference: string) => {
  const { timeline } = Object((await api.get(`/requests/${reference}`, key)).body);
  return timeline.map(({ type, move }: Record<string, string>) => move ?? type);
};

describe('the description', () => {
  test('is OpenAPI 3.1, for everybody, and has every address', async () => {
    const { status, body } = await api.get('/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      openapi: '3.1.0',
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
    });
    const served = Object.keys(ROUTE_POLICIES).flatMap((route) => /^[A-Z]+ \/api\/v1(\/[^*]+)$/.exec(route)?.[1] ?? []);
    const addresses = new Set(served.map((path) => path.replaceAll(/:(\w+)/g, '{$1}')));
    addresses.delete('/openapi.json');
    expect(Object.keys(Object(property(body, 'paths'))).sort()).toEqual([...addresses].sort());
  });
});

test('the console is made for the description that is served', async () => {
  const kept = new URL('../../packages/console/src/api/generated/', import.meta.url);
  const again = 'npm run console:api -- writes both files anew';
  expect((await api.get('/openapi.json')).body, again).toEqual(JSON.parse(readFileSync(new URL('openapi.json', kept), 'utf8')));
  const types = readFileSync(new URL('schema.d.ts', kept), 'utf8');
  for (const path of Object.keys(Object(property((await api.get('/openapi.json')).body, 'paths'))))
    expect(types, again).toContain(`"${path}": {`);
});

describe('a key', () => {
  test('is needed, with its scope, and not too often', async () => {
    expect(problemOf(await api.get('/requests'))).toBe('401 api:sign-in');
    expect(problemOf(await api.get('/requests', 'hz311_wrong'))).toBe('401 api:key');
    expect(problemOf(await api.get('/requests', await api.cities.own.key(['requests'])))).toBe('403 api:scope');
    const reads = await api.cities.own.key(['read'], { perMinute: 2 });
    const reference = await api.cities.own.open();
    expect(problemOf(await api.post(`/requests/${reference}/notes`, { note: 'x' }, reads))).toBe('403 api:scope');
    expect((await api.get('/requests', reads)).status).toBe(200);
    const third = await api.get('/requests', reads);
    expect([problemOf(third), third.headers.get('retry-after')]).toEqual(['429 api:too-often', '60']);
    api.clock.now += 60_000;
    expect((await api.get('/requests', reads)).status).toBe(200);
  });

  test('shows words and exact places only with "details"', async () => {
    const reads = await api.cities.own.key(['read']);
    const reference = await api.cities.own.open();
    await act(reference, 'notes', { note: 'Asha Rao called' });
    const seen = await api.get(`/requests/${reference}`, reads);
    expect(JSON.stringify(seen.body)).not.toMatch(/Asha|Deep|Shivaji|19\.0268|plate/);
    expect((await api.get(`/requests/${reference}`, key)).body).toMatchObject({
      description: expect.stringContaining('Deep'),
      latitude: 19.0268,
      attributes: [{ code: 'size', label: 'How big is the pothole?', value: 'Larger than a plate' }],
    });
  });
});

describe('one organization', () => {
  test('never sees or changes what is of another one, whatever the address', async () => {
    const reference = await api.cities.other.open();
    const into = await api.cities.own.open();
    const own = await api.cities.own.open();
    const bodies: Record<string, unknown> = {
      moves: { move: 'start' },
      notes: { note: 'x' },
      transfers: { to: { category: 'no-water' }, note: 'x' },
      assignments: { post: 'roads-gn', note: 'x' },
      merges: { into },
    };
    const { paths } = Object((await api.get('/openapi.json')).body);
    let walked = 0;
    for (const [path, methods] of Object.entries(paths)) {
      // What only officers who are signed in may ask is walked in tests/helpline and tests/api.
      if (!path.startsWith('/requests') || /^\/requests\/(vocabulary|counts|boundaries)$/.test(path)) continue;
      for (const method of Object.keys(Object(methods))) {
        walked += 1;
        const address = path.replace('{reference}', reference).replace('{file}', randomUUID());
        const name = path.split('/').at(-1) ?? '';
        const reply = method === 'get' ? await api.get(address, key) : await api.post(address, bodies[name], key);
        if (path === '/requests') expect(referencesIn(reply)).not.toContain(reference);
        else expect(problemOf(reply), path).toBe('404 service-requests:not-found');
      }
    }
    expect(walked).toBe(8);
    expect(problemOf(await act(own, 'merges', { into: reference }))).toBe('404 service-requests:not-found');
    expect(referencesIn(await api.get(`/requests?reference=${reference}`, key))).toEqual([]);
    const foreign = await api.cities.other.key(['read']);
    expect((await api.get(`/requests/${reference}`, foreign)).body).toMatchObject({ version: 1, state: 'open' });
  });
});

describe('the list', () => {
  test('has filters, and pages without gaps', async () => {
    const pages = await api.cities.own.open('pothole');
    const water = await api.cities.own.open('no-water');
    const all = referencesIn(await api.get('/requests?limit=200', key));
    expect(all).toEqual(expect.arrayContaining([pages, water]));
    const paged: string[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page = await api.get(`/requests?limit=2${after === '' ? '' : `&after=${after}`}`, key);
      paged.push(...referencesIn(page));
      after = textProperty(page.body, 'next');
    }
    expect(paged).toEqual(all);
    const listed = async (query: string) => referencesIn(await api.get(`/requests?limit=200&${query}`, key));
    expect(await listed('category=no-water&department=water&area=G%2FN&kind=open')).toEqual([water]);
    expect(await listed('area=A')).toEqual([]);
    expect(await listed(`reference=${water.replaceAll('-', '').toLowerCase()}`)).toEqual([water]);
    expect(await listed('overdue=true')).toEqual([]);
    api.clock.now += 25 * HOUR;
    const overdue = await listed('overdue=true');
    expect([overdue.includes(pages), overdue.includes(water)]).toEqual([true, false]);
    await act(water, 'moves', { move: 'close', note: 'Runs again' });
    expect([(await listed('category=no-water')).length, await listed('category=no-water&kind=closed')]).toEqual([0, [water]]);
    expect(await listed(`reference=${water}`)).toEqual([water]);
  });

  test.each([
    'limit=0',
    'limit=201',
    'kind=shut',
    'overdue=no',
    'dueBefore=soon',
    'department=%00',
    'reference=%00',
    'after=x',
    `after=${'y'.repeat(200)}`,
    "after=' or 1=1_1",
  ])('refuses %s', async (query) => expect(problemOf(await api.get(`/requests?${query}`, key))).toBe('400 api:bad-request'));
});

describe('one request', () => {
  test('comes with its history and with what may be done now, in the language asked for', async () => {
    const reference = await api.cities.own.open();
    const { body } = await api.get(`/requests/${reference}`, key, { 'accept-language': 'hi-IN,en;q=0.5' });
    expect(body).toMatchObject({
      reference,
      categoryName: 'गड्ढा',
      department: 'roads',
      post: 'roads-gn',
      version: 1,
      kind: 'open',
    });
    const moves = Object(body).moves.map(({ code, by }: Record<string, string>) => `${by} ${code}`);
    expect(moves).toEqual(
      expect.arrayContaining(['moves start', 'moves hold', 'transfers transfer', 'merges merge', 'moves close']),
    );
    const stranger = await api.cities.own.key(['read', 'act'], { post: 'water-gn' });
    expect((await api.get(`/requests/${reference}`, stranger)).body).toMatchObject({ moves: [] });
  });
});

describe('changes', () => {
  test('follow the life cycle: what a move requires, and who may make it', async () => {
    const reference = await api.cities.own.open();
    expect((await act(reference, 'moves', { move: 'start' })).body).toMatchObject({ reference, kind: 'working', version: 2 });
    expect(problemOf(await act(reference, 'moves', { move: 'start' }))).toBe('409 service-requests:bad-move');
    expect(problemOf(await act(reference, 'moves', { move: 'hold' }))).toBe('422 service-requests:reason-missing');
    expect(problemOf(await act(reference, 'moves', { move: 'close', note: 'Filled' }))).toBe(
      '422 service-requests:photo-missing',
    );
    const photo = { file: 'p1', latitude: 19.0268, longitude: 72.8386, takenAt: new Date(api.clock.now).toISOString() };
    const far = { ...photo, latitude: 19.2 };
    expect(problemOf(await act(reference, 'moves', { move: 'close', note: 'x', photos: [far] }))).toBe(
      '422 service-requests:photo-far',
    );
    const stranger = await api.cities.own.key(['act'], { post: 'water-gn' });
    const closing = { move: 'close', note: 'Filled', photos: [photo] };
    expect(problemOf(await api.post(`/requests/${reference}/moves`, closing, stranger))).toBe(
      '403 service-requests:wrong-officer',
    );
    expect(problemOf(await api.post(`/requests/${reference}/notes`, { note: 'x' }, stranger))).toBe(
      '403 service-requests:wrong-officer',
    );
    expect((await act(reference, 'moves', closing)).body).toMatchObject({ kind: 'closed', dueAt: expect.any(String) });
    expect(await eventsOf(reference)).toEqual(['service_request_opened', 'start', 'close']);
  });

  test('two officers at once: the second is told', async () => {
    const reference = await api.cities.own.open();
    const both = await Promise.all(
      ['start', 'seek_sanction'].map((move) => act(reference, 'moves', { move, note: 'x', version: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409);
    expect(refused && problemOf(refused)).toBe('409 service-requests:changed-meanwhile');
  });

  test('notes, transfers, assignments and merges go through the shared commands', async () => {
    const [reference, into] = [await api.cities.own.open(), await api.cities.own.open()];
    expect((await act(reference, 'notes', { note: 'We come tomorrow', version: 1 })).body).toMatchObject({
      version: 2,
      kind: 'open',
    });
    const moved = await act(reference, 'transfers', { to: { category: 'no-water' }, note: 'A pipe has burst' });
    expect(moved.body).toMatchObject({ category: 'no-water', department: 'water', post: 'water-gn' });
    expect((await act(reference, 'assignments', { post: 'ward-gn', note: 'For the ward' })).body).toMatchObject({
      post: 'ward-gn',
    });
    expect(problemOf(await act(reference, 'assignments', { post: 'nobody', note: 'x' }))).toBe(
      '422 service-requests:unknown-post',
    );
    expect((await act(reference, 'merges', { into: into.toLowerCase() })).body).toMatchObject({
      kind: 'closed',
      duplicateOf: into,
    });
    expect(await eventsOf(into)).toEqual(['service_request_opened', 'duplicate_joined']);
  });

  test('that come again under their idempotency key are made once, also when they come at the same time', async () => {
    const reference = await api.cities.own.open();
    const headers = { 'idempotency-key': `k-${reference}` };
    const replies = await Promise.all([1, 2, 3].map(() => act(reference, 'notes', { note: 'Once' }, headers)));
    expect(replies.map(({ status, body }) => [status, property(body, 'version')])).toEqual(
      [200, 200, 200].map((each) => [each, 2]),
    );
    expect(await eventsOf(reference)).toEqual(['service_request_opened', 'note_added']);
    expect(problemOf(await act(reference, 'notes', { note: 'Twice' }, headers))).toBe('422 api:key-reused');
    api.clock.now += 49 * HOUR;
    expect((await act(reference, 'notes', { note: 'Later' }, headers)).body).toMatchObject({ version: 3 });
  });

  test('that were refused may be made again under the same key', async () => {
    const reference = await api.cities.own.open();
    const headers = { 'idempotency-key': `again-${reference}` };
    const hold = { move: 'hold', reason: 'weather' };
    await act(reference, 'moves', { move: 'seek_sanction', note: 'x' });
    expect(problemOf(await act(reference, 'moves', hold, headers))).toBe('409 service-requests:bad-move');
    await act(reference, 'moves', { move: 'start' });
    expect((await act(reference, 'moves', hold, headers)).body).toMatchObject({ kind: 'waiting' });
  });

  test.each([
    ['{', '400 api:bad-request'],
    ['[]', '400 api:bad-request'],
    [{}, '400 api:bad-request'],
    [{ note: 'x', actor: 'the mayor' }, '400 api:bad-request'],
    [{ note: 'x', version: 'one' }, '400 api:bad-request'],
    [{ note: 'a\0b' }, '400 api:bad-request'],
    ['{"note":"\\ud800"}', '400 api:bad-request'],
    [{ note: '   ' }, '422 service-requests:note-missing'],
    [{ note: 'a'.repeat(4_001) }, '400 api:bad-request'],
    [{ note: 'a'.repeat(70_000) }, '413 api:too-long'],
  ])('a note %# that is no note', async (body, problem) => {
    expect(problemOf(await act(await api.cities.own.open(), 'notes', body))).toBe(problem);
  });
});

test('what is not there, and nothing else, is not found; nothing was a fault', async () => {
  expect(problemOf(await api.get('/nothing', key))).toBe('404 api:not-found');
  for (const reference of ['MUM-0000-0001', 'x', '%00', "'", '😀'.repeat(20)])
    expect(problemOf(await api.get(`/requests/${encodeURIComponent(reference)}`, key))).toBe('404 service-requests:not-found');
  expect(api.faults).toEqual([]);
});
