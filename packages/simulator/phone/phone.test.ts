/** The phone as a citizen uses it, in a real browser, against the stub of the control API. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './testing/browser.ts';
import { handOn, openNew } from './testing/hand.ts';
import { wardList } from './testing/showcase.ts';

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

const { bubbles, button, dialog, say, attach } = handOn(() => page);

describe('words', () => {
  test('one tap on the suggestion starts a conversation, one on a button goes on', async () => {
    await openFor('Words One');
    await button('Send “Hi”').click();
    await button('मराठी').click();
    await page.getByText('You wrote: मराठी').waitFor();
    expect(await bubbles().count()).toBe(4);
    expect(await bubbles().nth(0).getByRole('img', { name: 'Read' }).count()).toBe(1);
    expect(
      await bubbles()
        .nth(2)
        .getByRole('button', { name: /Namaskar/ })
        .count(),
    ).toBe(1);
  });

  test('Enter sends, Shift and Enter begins a line, focus stays in the field', async () => {
    await openFor('Words Two');
    const field = page.getByLabel('Message', { exact: true });
    await field.focus();
    await page.keyboard.type('one');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('*two*');
    await page.keyboard.press('Enter');
    await page.getByText('You wrote: one').waitFor();
    expect(await bubbles().first().locator('strong').textContent()).toBe('two');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('what looks like a page stays words', async () => {
    const id = await openFor('Words Three');
    stage.stub.push(id, { body: { type: 'text', text: '<img src=x onerror=alert(1)> [a](javascript:alert(1))' } });
    await page.getByText('<img src=x').waitFor();
    stage.stub.push(id, { body: { type: 'link', text: 'Pay', label: 'Pay now', url: 'javascript:alert(1)' } });
    await page.getByText('Pay', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: /Pay now/ }).count()).toBe(0);
  });

  test('Urdu runs from right to left', async () => {
    const id = await openFor('Words Four');
    stage.stub.push(id, { body: { type: 'text', text: 'آپ کی شکایت درج ہو گئی' } });
    const words = page.getByText('آپ کی شکایت');
    expect(await words.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  });

  test('a message can be answered, copied from, changed and deleted; a bubble can be reacted to', async () => {
    await openFor('Words Five');
    await say('first');
    await page.getByText('You wrote: first').waitFor();
    await bubbles().nth(1).hover();
    await button('Actions for the message from MyBMC Assist').click();
    await button('React with 🙏').click();
    await page.getByRole('img', { name: 'Reaction 🙏' }).waitFor();
    await button('Actions for the message from MyBMC Assist').click({ force: true });
    await button('Reply').click();
    await say('second');
    await bubbles()
      .nth(2)
      .getByRole('button', { name: /You wrote: first/ })
      .waitFor();
    await button('Actions for the message from You').first().click({ force: true });
    await button('Edit').click();
    await say('changed');
    await bubbles().first().getByText('edited').waitFor();
    expect(await bubbles().first().textContent()).toContain('changed');
    await button('Actions for the message from You').first().click({ force: true });
    await button('Delete for everyone').click();
    await page.getByText('You deleted this message').waitFor();
  });
});

describe('choices', () => {
  test('a list opens as radio rows, keeps the focus inside, and sends the row', async () => {
    const id = await openFor('Choices One');
    stage.stub.push(id, { body: wardList });
    await button('See services').click();
    expect(await page.getByRole('radio', { name: /Ward officials/ }).evaluate((row) => row === document.activeElement)).toBe(
      true,
    );
    expect(await dialog().getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    for (let count = 0; count < 6; count += 1) await page.keyboard.press('Tab');
    expect(await dialog().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog().count()).toBe(0);
    expect(await button('See services').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await page.getByText('You wrote: Report a problem').waitFor();
  });

  test('a location is chosen with the keyboard, by place or by coordinates', async () => {
    const id = await openFor('Choices Two');
    stage.stub.push(id, { body: { type: 'location_request', text: 'Where?' } });
    await button('Send location').click();
    const where = dialog().getByRole('status');
    await expect.poll(() => where.textContent()).toContain('Ward G/N');
    await dialog().getByRole('button', { name: 'Bhandup' }).click();
    await expect.poll(() => where.textContent()).toContain('Ward S');
    await page.getByLabel('Latitude, longitude').fill('nowhere');
    await page.keyboard.press('Enter');
    await dialog().getByRole('alert').waitFor();
    await page.getByLabel('Latitude, longitude').fill('18.93, 72.83');
    await page.keyboard.press('Enter');
    await expect.poll(() => where.textContent()).toContain('Ward A');
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => where.textContent()).not.toContain('18.93000, 72.83000');
    await button('Send this location').click();
    await page.getByRole('button', { name: /Show on the map/ }).waitFor();
    await page.getByText('Ward G/N office').waitFor();
  });

  test('the own number is shared after a question', async () => {
    const id = await openFor('Choices Three');
    stage.stub.push(id, { body: { type: 'contact_request', text: 'Your number?' } });
    await button('Share phone number').click();
    await button('Share number').click();
    await page.getByRole('log').getByText('+919999900001').waitFor();
  });
});

describe('files', () => {
  test('a sample photo goes with its caption and opens large', async () => {
    await openFor('Files One');
    await attach('Photo');
    await button('Pothole').click();
    await page.getByLabel('Add a caption').fill('Near the station');
    await page.keyboard.press('Enter');
    await button('Open photo: Near the station').click();
    const picture = dialog().getByRole('img', { name: 'Near the station' });
    await expect.poll(() => picture.evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(960);
    await page.keyboard.press('Escape');
    expect(stage.stub.log.some((line) => line === 'POST /media')).toBe(true);
  });

  test('a file of the device, the sample letter, the sample voice and a contact can be sent', async () => {
    await openFor('Files Two');
    await button('Attach').click();
    await button('Document').click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') });
    await page.getByRole('link', { name: 'Open plan.pdf' }).waitFor();
    await attach('Document');
    await button(/Sample letter/).click();
    await page.getByRole('link', { name: 'Open letter-to-ward-office.pdf' }).waitFor();
    await attach('Voice sample');
    await button('Play: Voice message').waitFor();
    await attach('Contact');
    await dialog().getByRole('button').nth(1).click();
    await expect.poll(() => bubbles().count()).toBe(4);
  });

  test('a voice message is recorded; without a microphone the sample is sent', async () => {
    await openFor('Files Three', { permissions: ['microphone'] });
    await button('Record a voice message').click();
    await expect.poll(() => page.getByRole('timer').textContent(), { timeout: 5000 }).toBe('0:01');
    await button('Send the recording').click();
    await button('Play: Voice message').waitFor();
    await page.context().clearPermissions();
    await button('Record a voice message').click();
    await page.getByText('No microphone here').waitFor();
    await expect.poll(() => bubbles().count()).toBe(2);
  });
});
