/** Draws the console for docs/images: a nurse at the Mothers' Helpline with somebody in danger, and the map of a ward officer's requests. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Served } from '../packages/server/src/serve.ts';
import { openPhone } from '../tests/support/phone.ts';

const WIDE = { width: 1366, height: 768 };
const NARROW = { width: 390, height: 844 };
const NURSE = 'nurse.shabana@demo.invalid';

export async function shootConsole(served: Served, browser: Browser, images: string): Promise<void> {
  const citizen = served.simulator?.control.addCitizen({ name: 'Asha Kulkarni (demo)' }).id ?? '';
  const phone = await openPhone(browser, { server: served.url, citizen });
  await phone.page.getByText("Mothers' Helpline").first().click();
  await phone.type('Hi');
  await phone.waitFor(/Are you safe to type/);
  await phone.type('1');
  await phone.pick('🌐 भाषा / Language', 'English');
  await phone.waitFor(/right now/);
  await phone.type('bleeding');
  await phone.waitFor(/Call 108/);
  await phone.page.close();
  const page = await enter(served, browser, WIDE);
  await page.getByRole('alert').getByRole('link', { name: 'Open' }).click();
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Give back' }).waitFor();
  await page.getByLabel('Write to the citizen').fill('I am Sister Shabana. How many weeks is it? Is there much blood?');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Conversation' }).getByText('I am Sister Shabana').waitFor();
  await page.screenshot({ path: join(images, 'console-helpline-light.png') });
  await page.context().close();
  const dark = await enter(served, browser, NARROW, 'dark');
  await dark.getByRole('link', { name: /Asha Kulkarni/ }).click();
  await dark.getByRole('list', { name: 'Conversation' }).waitFor();
  await dark.screenshot({ path: join(images, 'console-helpline-narrow-dark.png') });
  await dark.context().close();
}

async function enter(
  served: Served,
  browser: Browser,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${served.url}/console/tickets`);
  await page.getByLabel('E-mail address').fill(NURSE);
  await page.getByRole('textbox', { name: 'Password' }).fill(served.officers?.password ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}
