/** An officer's morning in the console, by keyboard; and every page as axe sees it, in light and dark, English and Hindi, wide and narrow. */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const ROADS = 'roads@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(ROADS, { role: 'officer', post: 'roads-gn' });
  await at.officer('boss@demo.invalid', { role: 'supervisor' });
  await at.officer('figures@demo.invalid', { role: 'manager' });
});

const rowOf = (page: Page, reference: string) => page.getByRole('link', { name: reference });

describe('an officer', () => {
  test('is told kindly of a wrong password, and comes in with the right one where they wanted to go', async () => {
    const reference = await at.report();
    const page = await at.open(`/requests/${reference}`);
    await page.getByLabel('E-mail address').fill(ROADS);
    await page.getByLabel(/^Password/).fill('not the one at all');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'E-mail address or password is not right.' }).waitFor();
    await signIn(page, ROADS);
    await page.getByRole('heading', { name: 'Pothole' }).waitFor();
  });

  test('walks the list, begins work with a note and sees it in the history, with the keyboard alone', async () => {
    const reference = await at.report();
    const page = await at.open('/requests');
    await signIn(page, ROADS);
    await rowOf(page, reference).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(reference);
    await page.keyboard.press('Enter');
    await page.waitForURL(/reference=/);
    await page.getByRole('link').filter({ hasNotText: reference }).filter({ hasText: 'MUM-' }).waitFor({ state: 'detached' });
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Start work' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note').fill('The team leaves at nine');
    await dialog.getByRole('button', { name: 'Start work' }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const history = page.getByRole('region', { name: 'What happened' });
    await history.getByText('The team leaves at nine').waitFor();
    await history.getByText('Roads, G/N').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.pathname.includes(reference));
  });

  test('who is slower is told so, and sees what the other did; nothing is done twice', async () => {
    const reference = await at.report();
    const [first, second] = [await at.open(`/requests/${reference}`), await at.open(`/requests/${reference}`)];
    for (const page of [first, second]) await signIn(page, ROADS);
    for (const page of [first, second]) await page.getByRole('button', { name: 'Put on hold' }).click();
    const holdBy = async (page: Page, note: string) => {
      const dialog = page.getByRole('dialog');
      const reason = dialog.getByLabel(/^Reason/);
      if ((await reason.count()) > 0) {
        await reason.first().click();
        await page.getByRole('option').first().click();
      }
      await dialog.getByLabel(/^Note/).fill(note);
      await dialog.getByRole('button', { name: 'Put on hold' }).click();
    };
    await holdBy(first, 'Waiting for sand');
    await first.getByRole('region', { name: 'What happened' }).getByText('Waiting for sand').waitFor();
    await holdBy(second, 'Waiting for gravel');
    await second.getByRole('alert').filter({ hasText: 'Somebody was faster' }).waitFor();
    const { rows } = await at.stage.database.query("select note from service_request_events where note like 'Waiting for %'");
    expect(rows).toEqual([{ note: 'Waiting for sand' }]);
  });

  test('hands on what is not theirs; then it is in nobody else’s list but theirs to whom it went', async () => {
    await at.officer('waste@demo.invalid', { role: 'officer', post: 'solid-waste-gn' });
    const reference = await at.report();
    const page = await at.open(`/requests/${reference}`);
    await signIn(page, ROADS);
    await page.getByRole('button', { name: 'Not ours' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'To the department' }).fill('Solid');
    await page.getByRole('option', { name: 'Solid waste' }).click();
    await dialog.getByLabel(/^Note/).fill('It is garbage, not a pothole');
    await dialog.getByRole('button', { name: 'Not ours' }).click();
    await page.getByRole('alert').filter({ hasText: 'not yours to see' }).waitFor();
    await rowOf(page, reference).waitFor({ state: 'detached' });
    const other = await at.open(`/requests/${reference}`);
    await signIn(other, 'waste@demo.invalid');
    await other.getByText('It is garbage, not a pothole').waitFor();
  });

  test('sees only what the post answers for, and an address from elsewhere says so', async () => {
    const garbage = await at.report('garbage-not-collected');
    const page = await at.open(`/requests/${garbage}`);
    await signIn(page, ROADS);
    await page.getByRole('alert').filter({ hasText: 'not yours to see' }).waitFor();
    expect(await rowOf(page, garbage).count()).toBe(0);
  });

  test('filters stand in the address, can be sent on, and be taken away', async () => {
    const garbage = await at.report('garbage-not-collected');
    const pothole = await at.report();
    const page = await at.open('/requests?category=pothole');
    await signIn(page, 'boss@demo.invalid');
    await rowOf(page, pothole).waitFor();
    expect(await rowOf(page, garbage).count()).toBe(0);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await rowOf(page, garbage).waitFor();
    await page.getByRole('button', { name: 'Overdue' }).click();
    await page.waitForURL(/overdue=true/);
    await page.getByText('No request matches these filters.').waitFor();
  });

  test('who may only look is offered nothing to do, and reads no words of citizens', async () => {
    const reference = await at.report();
    const page = await at.open(`/requests/${reference}`);
    await signIn(page, 'figures@demo.invalid');
    await page.getByRole('heading', { name: 'Pothole' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add a note' }).count()).toBe(0);
    expect(await page.getByText('Deep, opposite the school').count()).toBe(0);
  });

  test('signs out, and the page forgets what it showed', async () => {
    const page = await at.open('/requests');
    await signIn(page, ROADS);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    await page.goBack().catch(() => undefined);
    await page.getByLabel('E-mail address').waitFor();
  });
});

describe('every page', () => {
  const faces: [string, Parameters<ConsoleStage['open']>[1]][] = [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['Hindi', { locale: 'hi-IN' }],
    ['narrow', { viewport: { width: 390, height: 844 } }],
    ['at 200 %', { viewport: { width: 683, height: 384 } }],
  ];
  test.each(faces)('is clean for axe: %s', async (_, options) => {
    const reference = await at.report();
    const page = await at.open('/requests', options);
    await page.getByLabel(/E-mail|ई-मेल/).waitFor();
    expect(await brokenRules(page), 'sign-in').toEqual([]);
    await signIn(page, ROADS);
    await rowOf(page, reference).waitFor();
    expect(await brokenRules(page), 'list').toEqual([]);
    await rowOf(page, reference).click();
    await page.getByRole('article').waitFor();
    expect(await brokenRules(page), 'request').toEqual([]);
    await page.getByRole('button', { name: /Add a note|टिप्पणी लिखें/ }).click();
    await page.getByRole('dialog').waitFor();
    expect(await brokenRules(page), 'dialog').toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  });

  test('breaks no policy and throws nothing', () => {
    expect(at.complaints).toEqual([]);
  });

  test('comes under a policy that lets no foreign script run', async () => {
    const answer = await fetch(`${at.stage.served.url}/console/requests`);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
    );
    expect((await fetch(`${at.stage.served.url}/console/assets/none.js`)).status).toBe(404);
  });
});
