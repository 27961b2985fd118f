/** Numbers and templates, kept by an administrator, on the fake Graph API. */
import { type Channel, listChannels, stopChannel } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { askGraph } from '../../packages/server/src/numbers/graph.ts';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
let channel: Channel;
const CHIEF = 'chief@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(CHIEF, { role: 'administrator' });
  const [found] = await listChannels(at.stage.database);
  if (found === undefined) throw new Error('the demo has no number');
  channel = found;
});

test('shows how a number stands at Meta, subscribes, and lets a stopped one send again', async () => {
  await askGraph(channel, { method: 'POST', path: `${channel.businessId}/subscribed_apps`, body: {} });
  await stopChannel(at.stage.database, channel.id, '131031: account locked');
  const page = await at.open('/channels');
  await signIn(page, CHIEF);
  await page.getByRole('main').getByRole('link').first().click();
  const panel = page.getByRole('article');
  await panel.getByText('Meta accepts ids and token').waitFor();
  await panel.getByText('Meta sends to this server').waitFor();
  await panel.getByText('An application is subscribed').waitFor();
  await panel.getByText('131031: account locked').waitFor();
  await panel.getByRole('button', { name: 'Send again' }).click();
  await panel.getByText('Hazir sends').waitFor();
  expect((await listChannels(at.stage.database)).find(({ id }) => id === channel.id)?.stoppedReason).toBeNull();
});

test('connects a number step by step: nothing is kept before Meta knows it, and no secret is told again', async () => {
  const page = await at.open('/channels');
  const told: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/api/v1/')) told.push(await response.text().catch(() => ''));
  });
  await signIn(page, CHIEF);
  await page.getByRole('button', { name: 'Connect a number' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Phone-number id/).fill(channel.accountId);
  await dialog.getByLabel(/^WhatsApp business account id/).fill(channel.businessId);
  await dialog.getByLabel(/^Access token/).fill('not a token of Meta');
  await dialog.getByRole('button', { name: 'Ask Meta' }).click();
  await dialog.getByText('Meta does not accept ids and token').waitFor();
  await dialog.getByLabel(/^Access token/).fill(channel.accessToken);
  await dialog.getByRole('button', { name: 'Ask Meta' }).click();
  await dialog.getByText('Step 2 of 3').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  await dialog.getByLabel(/^Name for lists/).fill('City, main number');
  await dialog.getByLabel(/^App secret/).fill('the app secret of a test');
  await dialog.getByRole('button', { name: 'Connect a number' }).click();
  const verifyToken = await dialog.getByLabel('Verify token').inputValue();
  expect(await dialog.getByLabel('Callback URL').inputValue()).toBe(`${at.stage.served.url}/webhooks/whatsapp`);
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: /City, main number/ }).waitFor();
  const kept = (await listChannels(at.stage.database)).find(({ id }) => id === channel.id);
  expect(kept).toMatchObject({ name: 'City, main number', verifyToken, appSecret: 'the app secret of a test' });
  expect(told.join('\n')).not.toContain(channel.accessToken);
  expect(told.join('\n')).not.toContain('the app secret of a test');
  const { rows } = await at.stage.database.query("select details::text from audit_events where action = 'channel.connected'");
  expect(rows).toEqual([{ details: '{}' }]);
});

test('shows every template as the phone does, and gives Meta what it lacks', async () => {
  const page = await at.open('/templates');
  await signIn(page, CHIEF);
  const cards = page.getByRole('list', { name: 'Templates' }).getByRole('listitem');
  await cards.first().waitFor();
  const name = (await cards.first().locator('p').first().innerText()).trim();
  const { baseUrl, version, businessId, accessToken } = channel;
  await fetch(`${baseUrl}/${version}/${businessId}/message_templates?name=${name}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${accessToken}` },
  });
  await page.reload();
  await cards.filter({ hasText: 'not at Meta' }).first().waitFor();
  const missing = await cards.filter({ hasText: 'not at Meta' }).count();
  await page
    .getByRole('button', { name: new RegExp(`^Give to review: ${name}`) })
    .first()
    .click();
  await expect.poll(() => cards.filter({ hasText: 'not at Meta' }).count()).toBe(missing - 1);
  expect(await brokenRules(page)).toEqual([]);
});

test.each(FACES)('is clean for axe: %s', async (_, options) => {
  for (const path of [`/channels/${channel.id}`, '/templates']) {
    const page = await at.open(path, options);
    await signIn(page, CHIEF);
    await (path === '/templates'
      ? page.getByRole('main').getByRole('listitem').first()
      : page.getByRole('article').getByRole('listitem').first()
    ).waitFor();
    expect(await brokenRules(page), path).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  }
  expect(at.complaints).toEqual([]);
});
