/** Open311 over a real socket, with Mumbai's data and attributes of every type. */
import { createServer } from 'node:http';
import { type JsonObject, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { ensureOrganization, freshId } from '@hazir/store';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll } from 'vitest';
import { addOpen311 } from '../../packages/server/src/web/open311.ts';
import { createOpen311, type Jurisdiction, makeKey, open311Desk, type Scope } from '../../packages/services/src/index.ts';
import { type LoadedServices, loadServices } from '../../packages/services/src/load-services.ts';
import { citizen, MUMBAI_LANGUAGES, MUMBAI_SETTINGS, readMumbai } from '../../packages/services/src/testing.ts';

export const NOW = new Date('2026-11-22T09:00:00.000Z');

const texts = (text: string) => Object.fromEntries(MUMBAI_LANGUAGES.map((language) => [language, `${text} ${language}`]));
const values = ['a', 'b', 'c'].map((key) => ({ key, name: texts(key) }));
const CATEGORIES = {
  categories: [
    {
      ...{ code: 'roads', name: texts('Roads'), department: 'roads' },
      children: [
        {
          code: 'pothole',
          name: texts('Pothole & <crater>'),
          keywords: { en: ['pothole', 'deep, deep hole'] },
          expectedHours: 24,
        },
        {
          ...{ code: 'lamp', name: texts('Lamp') },
          attributes: [
            { code: 'POLE', datatype: 'string', required: true, description: texts('Pole'), hint: texts('On the pole') },
            { code: 'HEIGHT', datatype: 'number', description: texts('Height') },
            { code: 'SINCE', datatype: 'datetime', description: texts('Since') },
            { code: 'STORY', datatype: 'text', description: texts('Story') },
            { code: 'COLOUR', datatype: 'singlevaluelist', description: texts('Colour'), values },
            { code: 'FAULTS', datatype: 'multivaluelist', description: texts('Faults'), values },
            { code: 'NOTE', datatype: 'string', variable: false, description: texts('Keep away') },
          ],
        },
        { code: 'slow', name: texts('Slow') },
      ],
    },
  ],
};
const OPEN311 = { jurisdiction: 'city.example', contact: 'api@example.gov.in', keyService: 'Ask us', batch: ['slow'] };

function loadTestServices(forward: readonly JsonObject[]): LoadedServices {
  const reference = { prefix: 'MUM', digits: 8 };
  const requests = {
    categories: 'data/test.yaml',
    departments: 'data/departments.yaml',
    reference,
    open311: OPEN311,
    forward: [...forward],
  };
  return loadServices(
    { ...MUMBAI_SETTINGS, 'service-requests': requests },
    {
      ...{ languages: MUMBAI_LANGUAGES, defaultLanguage: 'en' },
      readText: (path) => (path === 'data/test.yaml' ? JSON.stringify(CATEGORIES) : readMumbai(path)),
    },
  );
}

export interface Reply {
  status: number;
  type: string;
  text: string;
}

export interface Endpoint {
  url: string;
  jurisdictions: Jurisdiction[];
  key: (scopes: readonly Scope[], options?: { slug?: string; perMinute?: number }) => Promise<string>;
  get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  post: (path: string, form: Record<string, string> | [string, string][], headers?: Record<string, string>) => Promise<Reply>;
  json: (path: string) => Promise<unknown>;
  clock: { now: number };
}

/** `forward`: departments with a server of their own, as pack.yaml has them. */
export async function openEndpoint(
  database: Database,
  slugs: readonly string[],
  forward: readonly JsonObject[] = [],
): Promise<Endpoint> {
  const services = loadTestServices(forward);
  const { requestDesk, operations } = services;
  const desk = requestDesk && open311Desk(requestDesk, MUMBAI_LANGUAGES);
  if (desk === undefined) throw new Error(JSON.stringify(services.problems));
  const jurisdictions = await Promise.all(
    slugs.map(async (id) => ({ id, organizationId: (await ensureOrganization(database, id, id)).id, desk, operations })),
  );
  const clock = { now: NOW.getTime() };
  const app = new Hono();
  addOpen311(
    app,
    createOpen311({
      ...{
        database,
        jurisdictions: () => jurisdictions,
        url: 'https://city.example/open311/v2',
        type: 'test',
        now: () => clock.now,
      },
      ...{ random: Math.random, failed: (error) => process.stderr.write(`${String(error)}\n`) },
    }),
  );
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/open311`;
  const replied = async (response: Response) => ({
    ...{ status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() },
  });
  const get: Endpoint['get'] = async (path, headers = {}) => replied(await fetch(`${url}${path}`, { headers }));
  return {
    ...{ url, jurisdictions, clock, get },
    key: async (scopes, { slug = slugs[0], perMinute = 1_000 } = {}) => {
      const organizationId = jurisdictions.find(({ id }) => id === slug)?.organizationId ?? 0;
      return (await makeKey(database, { organizationId, name: 'a client', scopes, perMinute, now: NOW })).key;
    },
    post: async (path, form, headers = {}) =>
      replied(await fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(form), headers })),
    json: async (path) => JSON.parse((await get(path)).text),
  };
}

/** A citizen of the WhatsApp number reports something; the reference. */
export async function openForCitizen(
  database: Database,
  { jurisdictions: [city] }: Endpoint,
  category: string,
  { now = NOW, attributes = {} }: { now?: Date; attributes?: JsonObject } = {},
): Promise<string> {
  const opened = await database.transaction(async (tx) => {
    const subject = citizen(city?.organizationId ?? 0, freshId(now.getTime()));
    const place = { latitude: 19.0268, longitude: 72.8386, address: 'Shivaji Park' };
    const context = { tx, subject, now, newId: () => freshId(now.getTime()), random: Math.random };
    const input = { category, place, area: 'G/N', description: 'Deep', attributes };
    return city?.operations.get('serviceRequests.open')?.run(input, context);
  });
  return (opened?.ok === true ? textProperty(opened.value, 'reference') : undefined) ?? '';
}

/** Whoever asked does something with the request. */
export async function actAsCitizen(
  database: Database,
  { jurisdictions: [city] }: Endpoint,
  { reference, operation, input, now }: { reference: string; operation: string; input: JsonObject; now: Date },
): Promise<void> {
  const { rows } = await database.query<{ contact: string }>(
    'select contact_id as contact from service_request_references where organization_id = $1 and reference = $2',
    [city?.organizationId, reference],
  );
  const done = await database.transaction(async (tx) => {
    const context = {
      tx,
      subject: citizen(city?.organizationId ?? 0, rows[0]?.contact),
      now,
      newId: () => freshId(now.getTime()),
    };
    return city?.operations
      .get(`serviceRequests.${operation}`)
      ?.run({ reference, ...input }, { ...context, random: Math.random });
  });
  if (done?.ok !== true) throw new Error(JSON.stringify(done));
}
