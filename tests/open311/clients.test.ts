/**
 * Two public clients, request by request as they send them: Open311.pm of FixMyStreet (XML, form bodies with jurisdiction and
 * key, one request where it expects one element) and the npm package open311 0.0.12 (JSON, jurisdiction in the address of a POST).
 */
import type { Database } from '@hazir/store';
import { XMLParser } from 'fast-xml-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { type Endpoint, openEndpoint } from './support.ts';

let database: Database;
let city: Endpoint;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await openEndpoint(database, ['north', 'south']);
});

describe('Open311.pm', () => {
  // XML::Simple gives one element as an object and several as a list, as this parser does.
  const parser = new XMLParser({ parseTagValue: false });
  const get = async (path: string) => {
    const response = await fetch(`${city.url}/v2/${path}${path.includes('?') ? '&' : '?'}jurisdiction_id=north`);
    return parser.parse(await response.text());
  };
  const post = async (path: string, form: Record<string, string>, apiKey: string) => {
    const body = new URLSearchParams({ jurisdiction_id: 'north', api_key: apiKey, ...form });
    const response = await fetch(`${city.url}/v2/${path}`, { method: 'POST', body });
    return { ok: response.ok, xml: parser.parse(await response.text()) };
  };

  test('reads services and their questions, reports, asks by token and for updates', async () => {
    const key = await city.key(['requests', 'updates'], { slug: 'north' });
    const { services } = await get('services.xml');
    expect(services.service.map((one: { service_code: string }) => one.service_code)).toEqual(['pothole', 'lamp', 'slow']);
    expect((await get('services/lamp.xml')).service_definition.attributes.attribute[0].code).toBe('POLE');
    const report = {
      ...{
        lat: '19.0268',
        long: '72.8386',
        email: 'test@example.org',
        first_name: 'Test',
        last_name: 'User',
        phone: '0',
        service_code: 'lamp',
      },
      ...{
        description: 'title:  A lamp\n\ndetail: It is dark\n\nurl: http://fms.example/1\n\nSubmitted via FixMyStreet\n',
        'attribute[POLE]': 'P1',
      },
    };
    const sent = await post('requests.xml', report, key);
    const id = sent.xml.service_requests.request.service_request_id;
    expect(id).toMatch(/^MUM-\d{4}-\d{4}$/);
    expect((await get(`requests.xml?service_request_id=${id}`)).service_requests.request.status).toBe('open');
    const { token } = (await post('requests.xml', { ...report, service_code: 'slow', 'attribute[POLE]': '' }, key)).xml
      .service_requests.request;
    expect((await get(`tokens/${token}.xml`)).service_requests.request.service_request_id).toMatch(/^MUM-/);
    const comment = {
      ...{
        update_id_ext: '5',
        updated_datetime: '2026-11-22T14:30:00+05:30',
        service_request_id: id,
        service_request_id_ext: '9',
      },
      ...{ status: 'CLOSED', email: 'test@example.org', description: 'It works now', public_anonymity_required: 'TRUE' },
    };
    expect((await post('servicerequestupdates.xml', comment, key)).xml.service_request_updates.request_update.update_id).toMatch(
      /^[0-9a-f-]{36}$/,
    );
    const range = 'start_date=2026-11-22T00:00:00Z&end_date=2026-11-23T00:00:00Z';
    const updates = await get(`servicerequestupdates.xml?${range}`);
    expect(updates.service_request_updates.request_update).toMatchObject({ service_request_id: id, status: 'closed' });
  });

  test('reads why it was refused', async () => {
    const { ok, xml } = await post('requests.xml', { service_code: 'lamp' }, 'wrong');
    expect(ok).toBe(false);
    expect(xml.errors.error).toEqual({ code: '403', description: 'Invalid api_key.' });
  });
});

describe('open311 of npm', () => {
  test('discovers, lists, defines, submits, looks up and finds', async () => {
    const key = await city.key(['requests'], { slug: 'north' });
    const discovered = await (await fetch(`${city.url}/discovery.json`)).json();
    const [endpoint] = discovered.endpoints.filter(
      (one: { specification: string; type: string }) =>
        one.specification === 'http://wiki.open311.org/GeoReport_v2' && one.type === 'test',
    );
    expect(endpoint.formats).toContain('application/json');
    const ask = async (path: string, query = '') =>
      (await fetch(`${city.url}/v2/${path}.json?jurisdiction_id=north${query}`)).json();
    expect(await ask('services')).toHaveLength(3);
    expect((await ask('services/lamp')).attributes).toHaveLength(7);
    const body = new URLSearchParams({
      service_code: 'lamp',
      lat: '19.0268',
      long: '72.8386',
      api_key: key,
      'attribute[POLE]': '4',
    });
    const submitted = await fetch(`${city.url}/v2/requests.json?jurisdiction_id=north`, { method: 'POST', body });
    expect(submitted.status).toBeLessThan(300);
    const [{ service_request_id }] = await submitted.json();
    const [one] = await ask(`requests/${service_request_id}`);
    expect(new Date(one.requested_datetime).toISOString()).toBe('2026-11-22T09:00:00.000Z');
    expect(await ask('requests', `&service_request_id=${service_request_id},MUM-0`)).toHaveLength(1);
  });
});
