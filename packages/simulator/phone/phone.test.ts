/** The phone as a citizen uses it, in a real browser, against the stub of the control API. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './testing/browser.ts';
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

/** A page with one new citizen, so that each test has an empty chat. */
async function openNew(name: string, options = {}): Promise<string> {
  const answer = await fetch(`${stage.stub.origin}/simulator/api/citizens`, { method: 'POST', body: JSON.stringify({ name }) });
  const { id }: { id: string } = Object(await answer.json());
  page = await stage.open(`citizen=${id}&lang=en&theme=light`, options);
  await expect.poll(() => stage.stub.log, { timeout: 10_000 }).toContain(`GET /citizens/${id}/messages`);
  return id;
}

const bubbles = () => page.getByRole('article');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const dialog = () => page.getByRole('dialog');

async function say(words: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(words);
  await page.keyboard.press('Enter');
}

async function attach(kind: string): Promise<void> {
  await button('Attach').click();
  await dialog().getByRole('button', { name: kind, exact: true }).click();
}

describe('words', () => {
  test('one tap on the suggestion starts a conversation, one on a button goes on', async () => {
    await openNew('Words One');
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
    await openNew('Words Two');
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
    const id = await openNew('Words Three');
    stage.stub.push(id, { body: { type: 'text', text: '<img src=x onerror=alert(1)> [a](javascript:alert(1))' } });
    await page.getByText('<img src=x').waitFor();
    stage.stub.push(id, { body: { type: 'link', text: 'Pay', label: 'Pay now', url: 'javascript:alert(1)' } });
    await page.getByText('Pay', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: /Pay now/ }).count()).toBe(0);
  });

  test('Urdu runs from right to left', async () => {
    const id = await openNew('Words Four');
    stage.stub.push(id, { body: { type: 'text', text: 'آپ کی شکایت درج ہو گئی' } });
    const words = page.getByText('آپ کی شکایت');
    expect(await words.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  });

  test('a message can be answered, copied from, changed and deleted; a bubble can be reacted to', async () => {
    await openNew('Words Five');
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
    const id = await openNew('Choices One');
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
    const id = await openNew('Choices Two');
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
    const id = await openNew('Choices Three');
    stage.stub.push(id, { body: { type: 'contact_request', text: 'Your number?' } });
    await button('Share phone number').click();
    await button('Share number').click();
    await page.getByRole('log').getByText('+919999900001').waitFor();
  });
});

describe('files', () => {
  test('a sample photo goes with its caption and opens large', async () => {
    await openNew('Files One');
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
    await openNew('Files Two');
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
    await openNew('Files Three', { permissions: ['microphone'] });
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

describe('trouble', () => {
  test('a refused message says why and can be sent again', async () => {
    await openNew('Trouble One');
    stage.stub.refuse('The simulator is full.');
    await say('Hello?');
    await page.getByText('Not delivered: The simulator is full.').waitFor();
    stage.stub.refuse(undefined);
    await button('Try again').click();
    await page.getByText('You wrote: Hello?').waitFor();
    expect(await page.getByText('Not delivered').count()).toBe(0);
  });

  test('after a lost connection nothing is missing and nothing comes twice', async () => {
    const id = await openNew('Trouble Two');
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
    const id = await openNew('Trouble Three');
    stage.stub.typing(id, true);
    await page.getByText('typing…').waitFor();
    stage.stub.push(id, { body: { type: 'text', text: 'Here I am' } });
    await expect.poll(() => page.getByText('typing…').count()).toBe(0);
  });

  test('an offline phone says so', async () => {
    await openNew('Trouble Four');
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
    const id = await openNew('Several Four');
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
