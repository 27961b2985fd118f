/** servicerequestupdates: what a contractor's or another authority's program says becomes a move, a note, and news for the citizen. */
import type { Database } from '@hazir/store';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { type Endpoint, NOW, openEndpoint, openForCitizen } from './support.ts';

const HOUR = 3_600_000;
let database: Database;
let city: Endpoint;
let key: string;
let details: string;
let reference: string;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await openEndpoint(database, ['city']);
  key = await city.key(['updates']);
  details = await city.key(['details']);
});
beforeEach(async () => {
  city.clock.now = NOW.getTime();
  await database.query('delete from service_request_notices');
  reference = await openForCitizen(database, city, 'pothole');
  city.clock.now += HOUR;
});

const update = (form: Record<string, string>) =>
  city.post('/v2/servicerequestupdates.json', { api_key: key, service_request_id: reference, ...form });
const request = async () => JSON.parse((await city.get(`/v2/requests/${reference}.json?api_key=${details}`)).text)[0];
const told = async () =>
  (
    await database.query<{ event: string }>(
      `select inputs ->> 'event' as event from service_request_notices where contact_id is not null`,
    )
  ).rows;

describe('an update', () => {
  test('that closes a request closes it, and the citizen is told the words', async () => {
    const reply = await update({
      status: 'CLOSED',
      description: 'Filled with hot mix',
      updated_datetime: '2026-11-22T10:00:00Z',
    });
    expect(reply.status).toBe(200);
    const [{ update_id }] = JSON.parse(reply.text);
    expect(await request()).toMatchObject({
      status: 'closed',
      status_notes: 'Filled with hot mix',
      updated_datetime: '2026-11-22T10:00:00Z',
    });
    expect(await told()).toEqual([{ event: update_id }]);
  });

  test('that says that work has begun moves it there', async () => {
    expect((await update({ status: 'IN_PROGRESS' })).status).toBe(200);
    expect(await request()).toMatchObject({ status: 'open', status_notes: 'work began' });
  });

  test('that changes nothing is noted, and told', async () => {
    expect((await update({ status: 'OPEN', description: 'Crew comes tomorrow' })).status).toBe(200);
    expect(await request()).toMatchObject({ status: 'open', status_notes: 'Crew comes tomorrow' });
    expect(await told()).toHaveLength(1);
  });

  test('that comes again, also at the same time, is the same one', async () => {
    const again = () => update({ status: 'CLOSED', description: 'Done', update_id: '77' });
    const replies = await Promise.all([again(), again(), again()]);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(await told()).toHaveLength(1);
  });

  test.each<[Record<string, string>, string]>([
    [{}, '400 One of status and description is needed.'],
    [{ status: 'lost' }, '400 There is no status lost.'],
    [
      { status: 'open', updated_datetime: 'now' },
      '400 updated_datetime must be a date with time and zone, for example 2010-01-01T00:00:00Z.',
    ],
    [{ status: 'open', service_request_id: 'MUM-1' }, '404 service_request_id MUM-1 was not found.'],
    [{ status: 'open', service_request_id: '' }, '400 service_request_id was not provided.'],
    [{ status: 'open', api_key: 'guess' }, '403 Invalid api_key.'],
  ])('%j is refused', async (form, refusal) => {
    const { status, text } = await update(form);
    expect(`${status} ${JSON.parse(text)[0].description}`).toBe(refusal);
  });

  test('is not for a key that may only report', async () => {
    const other = await city.key(['requests']);
    expect((await update({ status: 'closed', api_key: other })).status).toBe(403);
  });
});

describe('updates are read', () => {
  test('by their time, the oldest first, with the words for a key for details only', async () => {
    await update({ status: 'IN_PROGRESS', description: 'Asha Rao called' });
    city.clock.now += HOUR;
    await update({ status: 'CLOSED', description: 'Done' });
    const read = async (query: string) => JSON.parse((await city.get(`/v2/servicerequestupdates.json?${query}`)).text);
    const mine = `service_request_id=${reference}&end_date=2026-11-22T12:00:00Z`;
    expect(await read(mine)).toMatchObject([
      {
        service_request_id: reference,
        status: 'open',
        updated_datetime: '2026-11-22T10:00:00Z',
        description: null,
        media_url: null,
      },
      { service_request_id: reference, status: 'closed', updated_datetime: '2026-11-22T11:00:00Z' },
    ]);
    expect((await read(`${mine}&api_key=${details}`))[0].description).toBe('Asha Rao called');
    expect(await read(`${mine}&start_date=2026-11-22T10:30:00Z`)).toHaveLength(1);
    expect((await city.get(`/v2/servicerequestupdates.xml?${mine}`)).text).toMatch(
      /<service_request_updates>\s*<request_update>\s*<update_id>[0-9a-f-]{36}<\/update_id>/,
    );
  });
});
