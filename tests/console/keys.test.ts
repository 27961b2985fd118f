/** An administrator gives a program a key and takes it back; whoever writes one reads how it is called. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const CHIEF = 'chief@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(CHIEF, { role: 'administrator' });
});

test('a key is shown once, works on its post, and opens nothing when it was taken back', async () => {
  const page = await at.open('/keys');
  await signIn(page, CHIEF);
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Whose key/).fill('App of the field');
  await dialog.getByLabel('work on requests').check();
  await dialog.getByRole('combobox', { name: 'Post' }).fill('roads-gn');
  await page.getByRole('option', { name: /roads-gn/ }).click();
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  const secret = await dialog.getByLabel('Key', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const row = page.getByRole('listitem').filter({ hasText: 'App of the field' });
  await row.getByText(/see requests, work on requests · roads-gn · 60 calls a minute/).waitFor();
  const reference = await at.report();
  const call = (path: string, body?: object) =>
    fetch(`${at.stage.served.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  expect((await call('/requests')).status).toBe(200);
  expect((await call(`/requests/${reference}/moves`, { move: 'start' })).status).toBe(200);
  expect((await call('/tickets')).status).toBe(403);
  expect((await call('/keys')).status).toBe(403);
  await row.getByRole('button', { name: 'Take back the key: App of the field' }).click();
  await row.getByText('taken back').waitFor();
  expect((await call('/requests')).status).toBe(401);
  const { rows } = await at.stage.database.query(
    "select action, details from audit_events where action like 'key.%' order by happened_at",
  );
  expect(rows).toEqual([
    { action: 'key.made', details: { scopes: 'read act', post: 'roads-gn' } },
    { action: 'key.revoked', details: null },
  ]);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('how the API is called is read by anybody, and searched', async () => {
  const page = await at.open('/reference');
  await page.getByRole('heading', { name: 'The API' }).waitFor();
  await page.getByLabel('Address or word').fill('makes a move');
  const entry = page.getByRole('group').filter({ hasText: '/requests/{reference}/moves' });
  await entry.getByText('/requests/{reference}/moves').click();
  await entry.getByText('idempotency-key?').waitFor();
  await entry.getByText(/move: string/).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await page.getByLabel('Address or word').fill('nothing of this kind');
  await page.getByText('Nothing matches this.').waitFor();
});

test.each(FACES)('is clean for axe: %s', async (_, options) => {
  const page = await at.open('/keys', options);
  await signIn(page, CHIEF);
  await page.getByRole('main').getByRole('listitem').first().waitFor();
  expect(await brokenRules(page), 'keys').toEqual([]);
  await page.getByRole('button', { name: /Make a key|कुंजी बनाएँ/ }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
  expect(await brokenRules(page), 'dialog').toEqual([]);
  await page.goto(`${at.stage.served.url}/console/reference`);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  expect(await brokenRules(page), 'reference').toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  expect(at.complaints).toEqual([]);
});
