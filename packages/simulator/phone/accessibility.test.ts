/** axe on each face of the page: chats, sheets, dialogs and tools, light and dark, in three languages. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../../../tests/support/broken-rules.ts';
import { type Stage, setStage } from './testing/browser.ts';
import {
  everyKind,
  hindiConversation,
  marathiConversation,
  pushShowcase,
  urduConversation,
  wardConversation,
} from './testing/showcase.ts';

let stage: Stage;
const narrow = { viewport: { width: 390, height: 844 } };

beforeAll(async () => {
  stage = await setStage();
  pushShowcase(stage.stub, 'meera', [...wardConversation, ...everyKind]);
  pushShowcase(stage.stub, 'imran', [...hindiConversation, ...marathiConversation]);
  pushShowcase(stage.stub, 'sunita', urduConversation);
});
afterAll(() => stage.close());

const press = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click({ force: true });
const attach = (kind: string) => async (page: Page) => {
  await press('Attach')(page);
  await page.getByRole('dialog').getByRole('button', { name: kind, exact: true }).click();
};
const tool = (name: string) => async (page: Page) => {
  await press('Developer tools')(page);
  await page.getByRole('tab', { name }).click();
};
const nothing = async () => undefined;

test.each<[string, string, object, (page: Page) => Promise<unknown>]>([
  ['one phone, light', 'citizen=meera&lang=en&theme=light', {}, nothing],
  ['one phone, dark', 'citizen=meera&lang=en&theme=dark', {}, nothing],
  ['one phone, as a dark system has it', 'citizen=meera&lang=en', { colorScheme: 'dark' }, nothing],
  ['three phones in Hindi', 'citizen=meera&citizen=imran&citizen=sunita&lang=hi&theme=light', {}, nothing],
  ['a narrow screen in Marathi, dark', 'citizen=imran&lang=mr&theme=dark', narrow, nothing],
  ['the list sheet', 'citizen=meera&lang=en&theme=light', narrow, press('See services')],
  ['the list sheet, dark', 'citizen=meera&lang=en&theme=dark', narrow, press('See services')],
  ['the location picker', 'citizen=meera&lang=en&theme=light', narrow, attach('Location')],
  ['the location picker, dark', 'citizen=meera&lang=en&theme=dark', narrow, attach('Location')],
  ['the photo sheet', 'citizen=meera&lang=en&theme=light', narrow, attach('Photo')],
  ['the document sheet', 'citizen=meera&lang=en&theme=dark', narrow, attach('Document')],
  ['the contact sheet', 'citizen=meera&lang=en&theme=light', narrow, attach('Contact')],
  ['sharing the own number', 'citizen=meera&lang=en&theme=light', narrow, press('Share phone number')],
  ['the actions of a message', 'citizen=meera&lang=en&theme=dark', narrow, press('Actions for the message from MyBMC Assist')],
  ['the business profile', 'citizen=meera&lang=en&theme=light', narrow, press(/^MyBMC Assist/)],
  ['a place', 'citizen=meera&lang=en&theme=light', narrow, press(/Show on the map/)],
  ['the settings of a phone', 'citizen=sunita&lang=en&theme=dark', {}, press('Phone settings')],
  ['the chats', 'citizen=meera&lang=en&theme=light', narrow, press('Back to the chats')],
  [
    'a new citizen',
    'citizen=meera&lang=en&theme=light',
    {},
    (page) => page.getByLabel('Citizen on this phone').selectOption({ label: 'New citizen…' }),
  ],
  ['requests', 'citizen=meera&lang=en&theme=light', {}, tool('Graph requests')],
  ['webhooks, dark', 'citizen=meera&lang=en&theme=dark', {}, tool('Webhooks')],
  ['faults', 'citizen=meera&lang=en&theme=light', {}, tool('Faults')],
  ['the clock, dark', 'citizen=meera&lang=en&theme=dark', {}, tool('Clock')],
])('%s breaks no rule', async (_face, query, options, act) => {
  const page = await stage.open(query, { reducedMotion: 'reduce', ...options });
  await page.getByRole('log').first().waitFor();
  await page.getByRole('article').first().waitFor();
  await act(page);
  await page.evaluate(() => document.fonts.ready);
  expect(await brokenRules(page)).toEqual([]);
  await page.context().close();
});

test('the page can be used with the keyboard from its first stop', async () => {
  const page = await stage.open('citizen=sunita&lang=en', {});
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the phone');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('Message', { exact: true });
  for (let stops = 0; stops < 40 && !(await field.evaluate((element) => element === document.activeElement)); stops += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => document.activeElement?.matches(':focus-visible'));
    expect(outline).toBe(true);
  }
  await page.keyboard.type('by keyboard');
  await page.keyboard.press('Enter');
  await page.getByText('You wrote: by keyboard').waitFor();
  await page.context().close();
});
