/** GeoReport v2 over a real socket, line by line: what a client gets for what it asks, in XML and in JSON. */

import type { Database } from '@hazir/store';
import { XMLParser } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { type Endpoint, NOW, openEndpoint, openForCitizen, type Reply } from './support.ts';

const PLACE = { lat: '19.0268', long: '72.8386' };
const parser = new XMLParser({ parseTagValue: false });
let database: Database;
let city: Endpoint;
let key: string;
let details: string;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await openEndpoint(database, ['city']);
  key = await city.key(['requests']);
  details = await city.key(['details']);
});

const post = (form: Record<string, string> | [string, string][], headers?: Record<string, string>) =>
  city.post('/v2/requests.json', Array.isArray(form) ? [['api_key', key], ...form] : { api_key: key, ...form }, headers);
const idOf = (reply: Reply): string => {
  expect(reply).toMatchObject({ status: 200 });
  return String(JSON.parse(reply.text)[0].service_request_id);
};
const errorOf = ({ status, text }: Reply) => {
  const [error] = JSON.parse(text);
  expect(error.code).toBe(status);
  return `${status} ${error.description}`;
};

describe('discovery', () => {
  test('says where the endpoint is, in JSON and in XML', async () => {
    const json = await city.get('/discovery.json');
    expect(json.type).toBe('application/json; charset=utf-8');
    expect(JSON.parse(json.text)).toEqual({
      ...{ changeset: '2026-11-22T09:00:00Z', contact: 'api@example.gov.in', key_service: 'Ask us' },
      endpoints: [
        {
          ...{ specification: 'http://wiki.open311.org/GeoReport_v2', url: 'https://city.example/open311/v2' },
          ...{ changeset: '2026-11-22T09:00:00Z', type: 'test', formats: ['text/xml', 'application/json'] },
        },
      ],
    });
    const xml = await city.get('/discovery.xml');
    expect(xml.type).toBe('text/xml; charset=utf-8');
    expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<discovery>/);
    expect(parser.parse(xml.text).discovery.endpoints.endpoint.formats.format).toEqual(['text/xml', 'application/json']);
  });
});

describe('services', () => {
  test('are the categories without children', async () => {
    expect(await city.json('/v2/services.json')).toMatchObject([
      {
        ...{ service_code: 'pothole', service_name: 'Pothole & <crater> en', metadata: false, type: 'realtime' },
        ...{ keywords: 'pothole, deep  deep hole', group: 'Roads en' },
      },
      { service_code: 'lamp', metadata: true, type: 'realtime' },
      { service_code: 'slow', metadata: false, type: 'batch' },
    ]);
    const { service } = parser.parse((await city.get('/v2/services.xml')).text).services;
    expect(service[0]).toMatchObject({ service_code: 'pothole', service_name: 'Pothole & <crater> en', metadata: 'false' });
  });

  test('are named in the language of the client, where the pack has it', async () => {
    const named = async (language: string) =>
      JSON.parse((await city.get('/v2/services.json', { 'accept-language': language })).text)[1].service_name;
    expect([await named('hi-IN,en;q=0.5'), await named('fr, mr;q=0.4'), await named('fr')]).toEqual([
      'Lamp hi',
      'Lamp mr',
      'Lamp en',
    ]);
  });

  test('have definitions with attributes of every type', async () => {
    const values = ['a', 'b', 'c'].map((each) => ({ key: each, name: `${each} en` }));
    const common = { variable: true, required: false, datatype_description: null };
    expect(await city.json('/v2/services/lamp.json')).toEqual({
      service_code: 'lamp',
      attributes: [
        {
          ...common,
          code: 'POLE',
          datatype: 'string',
          required: true,
          datatype_description: 'On the pole en',
          order: 1,
          description: 'Pole en',
        },
        { ...common, code: 'HEIGHT', datatype: 'number', order: 2, description: 'Height en' },
        { ...common, code: 'SINCE', datatype: 'datetime', order: 3, description: 'Since en' },
        { ...common, code: 'STORY', datatype: 'text', order: 4, description: 'Story en' },
        { ...common, code: 'COLOUR', datatype: 'singlevaluelist', order: 5, description: 'Colour en', values },
        { ...common, code: 'FAULTS', datatype: 'multivaluelist', order: 6, description: 'Faults en', values },
        { ...common, code: 'NOTE', datatype: 'string', variable: false, order: 7, description: 'Keep away en' },
      ],
    });
    const { attribute } = parser.parse((await city.get('/v2/services/lamp.xml')).text).service_definition.attributes;
    expect(attribute[4].values.value[2]).toEqual({ key: 'c', name: 'c en' });
    expect(await city.json('/v2/services/pothole.json')).toEqual({ service_code: 'pothole', attributes: [] });
  });
});

describe('a request', () => {
  test('is taken with everything that may come along, and shown without what names people', async () => {
    const id = idOf(
      await post({
        ...{ ...PLACE, service_code: 'pothole', address_string: '12 Elm, Dadar, 400028', address_id: '77', email: 'a@b.example' },
        ...{ device_id: 'd1', account_id: 'acc9', first_name: 'Asha', last_name: 'Rao', phone: '+919812345678' },
        ...{ description: 'Deep\nIn front of Asha Rao', media_url: 'https://pictures.example/1.jpg' },
      }),
    );
    const open = await city.get(`/v2/requests/${id}.json`);
    expect(JSON.parse(open.text)).toEqual([
      {
        ...{
          service_request_id: id,
          status: 'open',
          status_notes: 'waiting to be taken up',
          service_name: 'Pothole & <crater> en',
          service_code: 'pothole',
        },
        ...{ description: null, agency_responsible: 'Roads', service_notice: null },
        ...{
          requested_datetime: '2026-11-22T09:00:00Z',
          updated_datetime: '2026-11-22T09:00:00Z',
          expected_datetime: '2026-11-23T09:00:00Z',
        },
        ...{ address: null, address_id: null, zipcode: '400028', lat: 19.027, long: 72.839, media_url: null },
      },
    ]);
    expect(open.text).not.toMatch(/Asha|Elm|9812345678|a@b|acc9|pictures/);
    const [full] = JSON.parse((await city.get(`/v2/request/${id}.json?api_key=${details}`)).text);
    expect(full).toMatchObject({
      ...{ description: 'Deep\nIn front of Asha Rao', address: '12 Elm, Dadar, 400028', address_id: '77', lat: 19.0268 },
      media_url: 'https://pictures.example/1.jpg',
    });
    const xml = parser.parse((await city.get(`/v2/request/${id}.xml`)).text);
    expect(xml.service_requests.request).toMatchObject({
      service_request_id: id,
      description: '',
      zipcode: '400028',
      lat: '19.027',
    });
  });

  test('keeps words of any script, also those that look like code, and 4,000 of their letters', async () => {
    const words = `<script>alert("&amp;")</script> गड्ढा \u0000\u0007]]> ${'ब'.repeat(3_900)}`;
    const id = idOf(await post({ ...PLACE, service_code: 'pothole', description: words }));
    const told = parser.parse((await city.get(`/v2/requests/${id}.xml?api_key=${details}`)).text).service_requests.request;
    expect(told.description).toBe(words.replace('\u0000\u0007', ''));
    expect(errorOf(await post({ ...PLACE, service_code: 'pothole', description: 'x'.repeat(4_001) }))).toContain('4000');
  });

  test('carries the attributes that its service asks for', async () => {
    const lamp = (more: [string, string][]) =>
      post([['service_code', 'lamp'], ['lat', PLACE.lat], ['long', PLACE.long], ...more]);
    const id = idOf(
      await lamp([
        ['attribute[POLE]', 'P 7'],
        ['attribute[HEIGHT]', '4.5'],
        ['attribute[SINCE]', '2026-11-20T10:00:00+05:30'],
        ['attribute[COLOUR]', 'b'],
        ['attribute[FAULTS][]', 'a'],
        ['attribute[FAULTS][]', 'c'],
      ]),
    );
    const [full] = JSON.parse((await city.get(`/v2/requests/${id}.json?extensions=true&api_key=${details}`)).text);
    expect(full.attributes).toContainEqual({ code: 'FAULTS', label: 'Faults en', value: 'a, c' });
    expect(full.notes).toEqual([{ datetime: '2026-11-22T09:00:00Z', description: null, type: 'service_request_opened' }]);
    expect(((await city.json(`/v2/requests/${id}.json?extensions=true`)) as { attributes: unknown[] }[])[0]?.attributes).toEqual(
      [],
    );
    const said = await openForCitizen(database, city, 'lamp', { attributes: { POLE: 'P 8', FAULTS: ['b'] } });
    const [told] = JSON.parse((await city.get(`/v2/requests/${said}.json?extensions=true&api_key=${details}`)).text);
    expect(told.attributes).toEqual([
      { code: 'POLE', label: 'Pole en', value: 'P 8' },
      { code: 'FAULTS', label: 'Faults en', value: 'b' },
    ]);
    expect(errorOf(await lamp([]))).toBe('400 Required attributes are missing: POLE.');
    const wrong = async (code: string, value: string) =>
      errorOf(
        await lamp([
          ['attribute[POLE]', '1'],
          [`attribute[${code}]`, value],
        ]),
      );
    expect([
      ...[await wrong('HEIGHT', 'tall'), await wrong('SINCE', 'yesterday'), await wrong('COLOUR', 'z')],
      ...[await wrong('NOTE', 'x'), await wrong('NOBODY', 'x')],
    ]).toEqual([
      '400 attribute[HEIGHT] must be a number.',
      '400 attribute[SINCE] must be a date with time and zone, for example 2010-01-01T00:00:00Z.',
      '400 attribute[COLOUR] must be one of the keys of its list.',
      '400 This service has no attribute NOTE.',
      '400 This service has no attribute NOBODY.',
    ]);
  });

  test('of a service that answers later gets a token, for which its id is asked', async () => {
    const [{ token, service_request_id }] = JSON.parse((await post({ ...PLACE, service_code: 'slow' })).text);
    expect(service_request_id).toBeUndefined();
    const [found] = JSON.parse((await city.get(`/v2/tokens/${token}.json`)).text);
    expect(found).toEqual({ service_request_id: expect.stringMatching(/^MUM-/), token });
    expect(errorOf(await city.get('/v2/tokens/nothing.json'))).toBe('404 token was not found.');
  });

  test('that is posted again with the same key of idempotency is the same one', async () => {
    const again = { 'idempotency-key': 'lost answer' };
    const form = { ...PLACE, service_code: 'pothole', description: 'once' };
    const ids = await Promise.all([post(form, again), post(form, again), post(form, again)]);
    expect(new Set(ids.map(idOf)).size).toBe(1);
  });

  test.each<[string, Record<string, string>, string]>([
    ['without a service', PLACE, '400 service_code was not provided.'],
    ['of an unknown service', { ...PLACE, service_code: 'moon' }, '404 service_code moon was not found.'],
    ['of a group', { ...PLACE, service_code: 'roads' }, '404 service_code roads was not found.'],
    ['without a place', { service_code: 'pothole' }, '400 One of lat and long, address_string or address_id is needed.'],
    ['with half a place', { service_code: 'pothole', lat: '19' }, '400 lat and long go together.'],
    ['at no place on earth', { service_code: 'pothole', lat: '190', long: '1' }, '400 lat and long are no place on earth.'],
    ['at sea', { service_code: 'pothole', lat: '18.5', long: '71' }, '400 lat and long are outside this jurisdiction.'],
    ['with words for numbers', { service_code: 'pothole', lat: 'x', long: '1' }, '400 lat must be a number.'],
    [
      'with a script for a picture',
      { ...PLACE, service_code: 'pothole', media_url: 'javascript:1' },
      '400 media_url must be an http address.',
    ],
  ])('%s is refused', async (_, form, refusal) => {
    expect(errorOf(await post(form))).toBe(refusal);
  });

  test('is found by address alone', async () => {
    expect(idOf(await post({ service_code: 'pothole', address_string: 'Shivaji Park gate 3' }))).toMatch(/^MUM-/);
    expect(idOf(await post({ service_code: 'pothole', address_id: '4711', lat: '', long: '' }))).toMatch(/^MUM-/);
  });
});

describe('keys', () => {
  const form = { ...PLACE, service_code: 'pothole' };
  test('are needed to report, and must be right', async () => {
    expect(errorOf(await city.post('/v2/requests.json', form))).toBe('403 api_key is missing.');
    expect(errorOf(await city.post('/v2/requests.json', { ...form, api_key: 'guess' }))).toBe('403 Invalid api_key.');
    expect(errorOf(await city.post('/v2/requests.json', { ...form, api_key: details }))).toBe(
      '403 This api_key is not for requests.',
    );
    expect((await city.post('/v2/requests.xml', form)).text).toContain('<code>403</code>');
  });

  test('are refused when they were revoked, and kept as hashes only', async () => {
    const gone = await city.key(['requests']);
    await database.query('update open311_keys set revoked_at = now() where key_hash = sha256($1)', [Buffer.from(gone)]);
    expect(errorOf(await city.post('/v2/requests.json', { ...form, api_key: gone }))).toBe('403 Invalid api_key.');
    const { rows } = await database.query<{ row: string }>('select k::text as row from open311_keys k');
    expect(rows.map(({ row }) => row).join()).not.toContain('hz311');
  });

  test('work so often in a minute, and again in the next one', async () => {
    const slow = await city.key(['requests'], { perMinute: 2 });
    const call = () => city.get(`/v2/services.json?api_key=${slow}`);
    expect([(await call()).status, (await call()).status, (await call()).status]).toEqual([200, 200, 429]);
    city.clock.now += 60_000;
    expect((await call()).status).toBe(200);
    city.clock.now = NOW.getTime();
  });
});

describe('requests are found', () => {
  let ids: string[] = [];
  beforeAll(async () => {
    ids = [];
    for (const [days, lat] of [
      [200, '19.0268'],
      [80, '19.0300'],
      [10, '19.1200'],
    ] as const) {
      city.clock.now = NOW.getTime() - days * 86_400_000;
      ids.push(
        idOf(
          await post({
            service_code: days === 10 ? 'slow' : 'pothole',
            lat,
            long: lat === '19.1200' ? '72.8500' : '72.8386',
          }).then(named),
        ),
      );
    }
    city.clock.now = NOW.getTime();
    const [old = ''] = ids;
    await database.query(
      `update service_requests set status = 'closed', kind = 'closed', closed_at = created_at + interval '1 day', updated_at = created_at + interval '1 day' where reference = $1`,
      [old],
    );
  });
  // A token's id stands for the request, as a client would look it up.
  async function named(reply: Reply): Promise<Reply> {
    const [{ token }] = JSON.parse(reply.text);
    return token === undefined ? reply : city.get(`/v2/tokens/${token}.json`);
  }
  const found = async (query: string) => {
    const reply = await city.get(`/v2/requests.json?${query}`);
    const body = JSON.parse(reply.text);
    return reply.status === 200
      ? ids.flatMap((id, index) =>
          body.some((one: { service_request_id: string }) => one.service_request_id === id) ? [index] : [],
        )
      : errorOf(reply);
  };

  test.each<[string, string, number[] | string]>([
    ['of the last 90 days when nothing is said', '', [1, 2]],
    ['by their ids, whatever else is asked', 'service_request_id=ID0,ID2&status=open', [0, 2]],
    ['by service', 'service_code=slow,moon', [2]],
    ['by several services, named twice', 'service_code=slow&service_code=pothole', [1, 2]],
    ['by range', 'start_date=2026-05-01T00:00:00Z&end_date=2026-06-30T00:00:00Z', [0]],
    [
      'by range with an offset whose plus is not encoded',
      'start_date=2026-05-01T00:00:00+05:30&end_date=2026-06-30T00:00:00+05:30',
      [0],
    ],
    ['from a start alone, for 90 days', 'start_date=2026-05-01T00:00:00Z', [0]],
    ['up to an end alone, of 90 days', 'end_date=2026-11-01T00:00:00Z', [1]],
    [
      'in no longer range',
      'start_date=2026-01-01T00:00:00Z&end_date=2026-06-30T00:00:00Z',
      '400 start_date and end_date may not span more than 90 days.',
    ],
    [
      'in no range backwards',
      'start_date=2026-06-01T00:00:00Z&end_date=2026-05-01T00:00:00Z',
      '400 start_date is after end_date.',
    ],
    [
      'by no date without a zone',
      'start_date=2026-05-01',
      '400 start_date must be a date with time and zone, for example 2010-01-01T00:00:00Z.',
    ],
    ['closed', 'status=closed&start_date=2026-05-01T00:00:00Z', [0]],
    ['open', 'status=OPEN&start_date=2026-05-01T00:00:00Z', []],
    ['open or closed', 'status=open,closed', [1, 2]],
    ['in no other status', 'status=lost', '400 status must be open or closed.'],
    ['near a place', 'lat=19.03&long=72.8386&radius=500', [1]],
    ['near a place, farther', 'lat=19.03&long=72.8386&radius=12000', [1, 2]],
    [
      'on no day that is none',
      'start_date=2026-02-31T00:00:00Z',
      '400 start_date must be a date with time and zone, for example 2010-01-01T00:00:00Z.',
    ],
    ['near no place without a radius', 'lat=19.03&long=72.8386', '400 lat and long need radius, in metres.'],
    ['when they changed', 'updated_after=2026-05-01T00:00:00Z&updated_before=2026-07-01T00:00:00Z&status=open', []],
    ['in pages', 'service_code=slow,pothole&page=99&page_size=1', []],
    ['in no page nought', 'page=0', '400 page must be a whole number from 1 to 10000.'],
    ['in no larger pages', 'page_size=1001', '400 page_size must be a whole number from 1 to 1000.'],
    ['when an argument is empty, as if it were not there', 'service_code=&status=&start_date=', [1, 2]],
  ])('%s', async (_, query, wanted) => {
    expect(await found(query.replace('ID0', ids[0] ?? '').replace('ID2', ids[2] ?? ''))).toEqual(wanted);
  });

  test('the latest first, a thousand at most, a page after the other', async () => {
    await database.query(
      `insert into service_requests (organization_id, contact_id, id, reference, service_code, status, kind, description, language, created_at, updated_at, entered_at)
       select $1, gen_random_uuid(), gen_random_uuid(), 'X-' || n, 'lamp', 'open', 'open', '', 'en', $2::timestamptz - n * interval '1 minute', $2, $2
         from generate_series(1, 1100) n`,
      [city.jurisdictions[0]?.organizationId, NOW],
    );
    const page = async (query: string) =>
      ((await city.json(`/v2/requests.json?service_code=lamp&status=open&${query}`)) as { service_request_id: string }[]).map(
        (one) => one.service_request_id,
      );
    const all = await page('');
    expect(all).toHaveLength(1_000);
    expect((await page('page=2')).at(-1)).toBe('X-1100');
    expect(await page('page=3&page_size=5')).toEqual(all.slice(10, 15));
  });
});

test('a jurisdiction may be called as its website is', async () => {
  expect((await city.get('/v2/services.json?jurisdiction_id=city.example')).status).toBe(200);
});

describe('what is not there', () => {
  test.each<[string, string]>([
    ['/v2/requests/MUM-0000-0000.json', '404 service_request_id MUM-0000-0000 was not found.'],
    ['/v2/services/moon.json', '404 service_code moon was not found.'],
    ['/v2/moon.json', '404 There is nothing at this address. Formats are xml and json.'],
    ['/v3/services.json', '404 There is nothing at this address. Formats are xml and json.'],
    ['/v2/services.json?jurisdiction_id=elsewhere', '404 jurisdiction_id elsewhere was not found.'],
  ])('%s says so', async (path, refusal) => {
    expect(errorOf(await city.get(path))).toBe(refusal);
  });

  test.each([
    '/v2/services.csv',
    '/v2/services',
    '/v2/requests/a/b.xml',
    '/v2/tokens.xml',
    '/v2/services/%ff.xml',
    '/discovery.html',
  ])('%s says so in XML, which every client reads', async (path) => {
    const reply = await city.get(path);
    expect(reply).toMatchObject({ status: 404, type: 'text/xml; charset=utf-8' });
    expect(parser.parse(reply.text).errors.error.code).toBe('404');
  });

  test('is not posted to, nor is anything but a form', async () => {
    expect(errorOf(await city.post('/v2/services.json', {}))).toBe('400 Nothing is posted to this address.');
    const send = (type: string, body: string) =>
      fetch(`${city.url}/v2/requests.json`, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await send('application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')).status).toBe(400);
    expect((await send('application/x-www-form-urlencoded', 'description='.padEnd(70_000, 'x'))).status).toBe(400);
    const many = Array.from({ length: 400 }, (_, n) => `a${n}=1`).join('&');
    expect((await send('application/x-www-form-urlencoded', many)).status).toBe(400);
  });
});

describe('several jurisdictions', () => {
  test('are told apart: none is guessed, a wrong one is not found, and nobody sees the other', async () => {
    const both = await openEndpoint(database, ['north', 'south']);
    expect(errorOf(await both.get('/v2/services.json'))).toBe('400 jurisdiction_id was not provided.');
    expect(errorOf(await both.get('/v2/services.json?jurisdiction_id=west'))).toBe('404 jurisdiction_id west was not found.');
    const north = await both.key(['requests'], { slug: 'north' });
    const form = { ...PLACE, service_code: 'pothole', api_key: north };
    const id = idOf(await both.post('/v2/requests.json?jurisdiction_id=north', form));
    expect(errorOf(await both.post('/v2/requests.json', { ...form, jurisdiction_id: 'south' }))).toBe('403 Invalid api_key.');
    expect((await both.get(`/v2/requests/${id}.json?jurisdiction_id=north`)).status).toBe(200);
    expect((await both.get(`/v2/requests/${id}.json?jurisdiction_id=south`)).status).toBe(404);
  });
});
