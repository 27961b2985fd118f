/** The first run of a server that is no demo: from the printed link to the first administrator, once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureOrganization } from '@hazir/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasOfficers, setUp } from '../../packages/server/src/auth/set-up.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { type Served, serve } from '../../packages/server/src/serve.ts';
import { brokenRules } from '../support/broken-rules.ts';
import { openBrowser } from '../support/browser.ts';
import { openTestDatabase } from '../support/database.ts';
import { PASSWORD } from '../support/officers.ts';

let served: Served;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let again: () => Promise<Served>;

beforeAll(async () => {
  database = await openTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'hazir-first-run-'));
  const config = readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir, DATABASE_URL: 'postgres://a-server-of-their-own/hazir' });
  again = () => serve({ config, log: () => undefined, database });
  served = await again();
  afterAll(async () => {
    await served.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});

const call = (path: string, body: object) =>
  fetch(`${served.url}/api/v1/set-up${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const officer = { email: 'meera@city.example', name: 'Meera Iyer', password: PASSWORD, language: 'en' };

test('a made-up link opens nothing', async () => {
  expect((await call('/look', { secret: 'guessed' })).status).toBe(403);
  const organization = { slug: 'city', name: 'City' };
  expect((await call('', { secret: 'guessed', organization, officer })).status).toBe(403);
  expect(await hasOfficers(database)).toBe(false);
});

test('the printed link is the same at each start, and makes the first administrator, who is signed in', async () => {
  const link = served.setUp ?? '';
  const secret = new URL(link).hash;
  await served.close();
  served = await again();
  expect(new URL(served.setUp ?? '').hash).toBe(secret);
  const browser = await openBrowser();
  afterAll(() => browser.close());
  const page = await browser.newPage({ locale: 'en-IN' });
  await page.goto(`${served.url}/console/`);
  await page.getByText('This server is new').waitFor();
  await page.goto(served.setUp ?? '');
  await page.getByLabel('Organization').fill('City of Pune');
  expect(await page.getByLabel('Short name').inputValue()).toBe('city-of-pune');
  await page.getByLabel('Your name').fill('Meera Iyer');
  await page.getByLabel('E-mail address').fill('meera@city.example');
  await page.getByLabel(/^New password/).fill(PASSWORD);
  await page.getByLabel(/^Once more/).fill(PASSWORD);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page
    .getByRole('link', { name: /Meera Iyer.*Administrator/ })
    .first()
    .waitFor();
  await page.goto(`${served.url}/console/set-up${secret}`);
  await page.getByRole('alert').filter({ hasText: 'has its first administrator already' }).waitFor();
  expect((await call('/look', { secret: secret.slice(1) })).status).toBe(409);
  const other = { secret: secret.slice(1), organization: { slug: 'other', name: 'Other' }, officer };
  expect((await call('', other)).status).toBe(409);
  await served.close();
  served = await again();
  expect(served.setUp).toBeUndefined();
});

test('of two with the link at once one is the first, and an organization that is there is not made again', async () => {
  const empty = await openTestDatabase();
  const { id } = await ensureOrganization(empty, 'city', 'City');
  const make = (slug: string, email: string) =>
    empty.transaction((tx) => setUp(tx, { organization: { slug, name: 'City' }, officer: { ...officer, email } }, new Date()));
  await expect(make('another', 'a@city.example')).rejects.toThrow('Choose one');
  const made = await Promise.allSettled([make('city', 'a@city.example'), make('city', 'b@city.example')]);
  expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await empty.query('select organization_id as id, role from officer_roles');
  expect(rows).toEqual([{ id, role: 'administrator' }]);
});
