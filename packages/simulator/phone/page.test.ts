/** Lost connections, several people and the page around the phones, in a real browser. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './testing/browser.ts';
import { handOn, openNew } from './testing/hand.ts';

let stage: Stage;
let page: Page;

beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await page.context().close();
  stage.stub.refuse(undefined);
  expect(stage.complaints).toEqual([]);
});
afterAll(() => stage.close());

/** A page with one new citizen; returns the citizen's id. */
async function openFor(name: string, options = {}): Promise<string> {
  const opened = await openNew(stage, name, options);
  page = opened.page;
  return opened.id;
}

const { bubbles, button, say } = handOn(() => page);

describe('trouble', () => {
  test('a refused message says why and can be sent again', async () => {
    await openFor('Trouble One');
    stage.stub.refuse('The simulator is full.');
    await say('Hello?');
    await page.getByText('Not delivered: The simulator is full.').waitFor();
    stage.stub.refuse(undefined);
    await button('Try again').click();
    await page.getByText('You wrote: Hello?').waitFor();
    expect(await page.getByText('Not delivered').count()).toBe(0);
  });

  test('after a lost connection nothing is missing and nothing comes twice', async () => {
    const id = await openFor('Trouble Two');
    stage.stub.push(id, { body: { type: 'text', text: 'before' } });
    await page.getByText('before').waitFor();
    stage.stub.cutStreams();
    stage.stub.push(id, { body: { type: 'text', text: 'meanwhile' } });
    await page.getByText('meanwhile').waitFor();
    stage.stub.push(id, { body: { type: 'text', text: 'afterwards' } });
    await page.getByText('afterwards').waitFor();
    expect(await bubbles().count()).toBe(3);
  });

  test('typing is shown in the header and ends with the message', async () => {
    const id = await openFor('Trouble Three');
    stage.stub.typing(id, true);
    await page.getByText('typing…').waitFor();
    stage.stub.push(id, { body: { type: 'text', text: 'Here I am' } });
    await expect.poll(() => page.getByText('typing…').count()).toBe(0);
  });

  test('an offline phone says so', async () => {
    await openFor('Trouble Four');
    await button('Phone settings').click();
    await page.getByRole('switch', { name: /^Online/ }).click();
    await button('Close').click();
    await page.getByText('This phone is offline').waitFor();
  });
});

describe('several people', () => {
  test('three phones stand side by side, each with its own chat, and the address remembers them', async () => {
    page = await stage.open('citizen=meera&lang=en');
    await button('Add a phone').click();
    await button('Add a phone').click();
    await expect.poll(() => page.getByRole('log').count()).toBe(3);
    expect(page.url()).toContain('citizen=meera&citizen=');
    stage.stub.push('meera', { body: { type: 'text', text: 'only for Meera' } });
    await page.getByText('only for Meera').waitFor();
    expect(await page.getByText('only for Meera').count()).toBe(1);
    await button('Put this phone away: Meera Kulkarni').click();
    await expect.poll(() => page.getByRole('log').count()).toBe(2);
  });

  test('a new citizen known by user id alone gets a phone', async () => {
    page = await stage.open('citizen=meera&lang=en');
    await page.getByLabel('Citizen on this phone').selectOption({ label: 'New citizen…' });
    await page.getByLabel('Name', { exact: true }).fill('Kabir Rao');
    await page.getByRole('radio', { name: /User id only/ }).check();
    await page.getByRole('textbox', { name: 'Username' }).fill('kabir.rao');
    await button('Add citizen').click();
    await page.getByRole('region', { name: 'Phone of Kabir Rao' }).waitFor();
    expect(await page.getByLabel('Citizen on this phone').locator('option:checked').textContent()).toContain('@kabir.rao');
  });

  test('a narrow screen is one phone with a switcher', async () => {
    page = await stage.open('citizen=meera&citizen=imran&lang=en', { viewport: { width: 390, height: 844 } });
    await page.getByRole('log').waitFor();
    expect(await page.getByRole('log').count()).toBe(1);
    await page.getByLabel('Citizen on this phone').selectOption('imran');
    await page.getByRole('region', { name: 'Phone of Imran Qureshi' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('messages that nobody saw are counted in the list of chats', async () => {
    const id = await openFor('Several Four');
    await button('Back to the chats').click();
    stage.stub.push(id, { body: { type: 'text', text: 'unseen' } });
    await page.getByRole('img', { name: '1 unread message' }).waitFor();
    expect(await page.title()).toBe('(1) Hazir phone');
    const reads = () => stage.stub.log.filter((line) => line === `POST /citizens/${id}/reads`).length;
    expect(reads()).toBe(0);
    await button(/MyBMC Assist/).click();
    await expect.poll(reads).toBe(1);
    await expect.poll(() => page.title()).toBe('Hazir phone');
  });
});

describe('the page', () => {
  test('follows the address in theme and language, and changes both', async () => {
    page = await stage.open('citizen=meera&theme=dark&lang=mr');
    await page.getByText('आपल्या शहराला लिहा').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.getByLabel('या पानाची भाषा').selectOption('hi');
    await page.getByText('अपने शहर को लिखिए').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('hi');
    await button('रंग-रूप: गहरा').click();
    await button('रंग-रूप: सिस्टम जैसा').waitFor();
  });

  test('sets faults, moves the clock and shows what is on the wire', async () => {
    page = await stage.open('citizen=meera&lang=en');
    await button('Developer tools').click();
    await page.getByText('POST /v23.0/1001/messages').click();
    await page.getByText('messaging_product').waitFor();
    await page.keyboard.press('Escape');
    await button('Developer tools').click();
    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByLabel('Duplicate webhooks').fill('0.5');
    await button('Apply').click();
    await page.getByText('Faults are set.').waitFor();
    const faults: unknown = await (await fetch(`${stage.stub.origin}/simulator/api/faults`)).json();
    expect(faults).toMatchObject({ duplicate: 0.5, batch: 1 });
    await page.getByRole('tab', { name: 'Faults' }).press('ArrowRight');
    const time = page.locator('.clock-now strong');
    const before = (await time.textContent()) ?? '';
    await button('+24 hours').click();
    await expect.poll(async () => ((await time.textContent()) ?? '').slice(0, 12)).not.toBe(before.slice(0, 12));
    await button('Reset the simulator').click();
    await button('Yes, reset').click();
    await expect.poll(() => stage.stub.log.includes('POST /reset')).toBe(true);
  });
});
