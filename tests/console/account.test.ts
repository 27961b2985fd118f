/** An officer keeps the own account: a second factor with its paper codes, a passkey, a password, sessions. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { PASSWORD } from '../support/officers.ts';
import { totp } from '../support/totp.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;

beforeAll(async () => {
  at = await openConsole();
  for (const name of ['phone', 'device', 'lost', 'looks'])
    await at.officer(`${name}@demo.invalid`, { role: 'officer', post: 'roads-gn' });
});

const part = (page: Page, name: string) => page.getByRole('region', { name });
const leave = async (page: Page) => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail address').waitFor();
};
const typeIn = async (page: Page, email: string) => {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.keyboard.press('Enter');
};

test('sets up a second factor by its picture, signs in with a code, once with one of paper, and turns it off', async () => {
  const email = 'phone@demo.invalid';
  const page = await at.open('/account');
  await signIn(page, email);
  const factor = part(page, 'Second factor');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByLabel(/^Password/).fill('not the one at all');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByRole('alert').filter({ hasText: 'The password is not right.' }).waitFor();
  await factor.getByLabel(/^Password/).fill(PASSWORD);
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByRole('img', { name: 'Picture to scan with the app' }).waitFor();
  const secret = (await factor.locator('code').innerText()).replaceAll(' ', '');
  await factor.getByLabel(/^Code/).fill('000000');
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByRole('alert').waitFor();
  await factor.getByLabel(/^Code/).fill(totp(secret));
  expect(await brokenRules(page)).toEqual([]);
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByRole('status').waitFor();
  const paper = await factor.getByRole('status').getByRole('listitem').allInnerTexts();
  expect(paper.length).toBeGreaterThanOrEqual(8);
  await leave(page);
  await typeIn(page, email);
  await page.getByLabel(/^Code/).fill(totp(secret));
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  await leave(page);
  await typeIn(page, email);
  await page.getByLabel(/^Code/).fill(paper[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  await page.goto(`${at.stage.served.url}/console/account`);
  await factor.getByRole('button', { name: 'Turn off' }).click();
  await factor.getByLabel(/^Password/).fill(PASSWORD);
  await factor.getByRole('button', { name: 'Turn off' }).click();
  await factor.getByRole('button', { name: 'Set up' }).waitFor();
});

test('adds a passkey, signs in with it alone, and removes it, after which it opens nothing', async () => {
  const page = await at.open('/account');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  // A passkey is of a name, and no number is one.
  const named = at.stage.served.url.replace('127.0.0.1', 'localhost');
  await page.goto(`${named}/console/account`);
  await signIn(page, 'device@demo.invalid');
  const passkeys = part(page, 'Passkeys');
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByLabel(/^Name of this device/).fill('Office computer');
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByText('Office computer').waitFor();
  for (let time = 0; time < 2; time += 1) {
    await leave(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('navigation').getByText('device@demo.invalid (test)').waitFor();
  }
  await page.goto(`${named}/console/account`);
  await passkeys.getByRole('button', { name: 'Remove: Office computer' }).click();
  await passkeys.getByText('Office computer').waitFor({ state: 'detached' });
  await leave(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('alert').filter({ hasText: 'This passkey is not known here.' }).waitFor();
});

test('a device that does not ask who uses it is no passkey', async () => {
  const page = await at.open('/account');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, automaticPresenceSimulation: true },
  });
  await page.goto(`${at.stage.served.url.replace('127.0.0.1', 'localhost')}/console/account`);
  await signIn(page, 'device@demo.invalid');
  const passkeys = part(page, 'Passkeys');
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByRole('alert').filter({ hasText: 'the device said no' }).waitFor();
});

test('sees where the account is signed in, and ends what was lost', async () => {
  const email = 'lost@demo.invalid';
  const lost = await at.open('/requests');
  await signIn(lost, email);
  const page = await at.open('/account');
  await signIn(page, email);
  const sessions = part(page, 'Where you are signed in');
  await sessions.getByText('this one').waitFor();
  expect(await sessions.getByRole('listitem').count()).toBe(2);
  await sessions.getByRole('button', { name: /^End the session: Chrome/ }).click();
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1);
  await lost.reload();
  await lost.getByLabel('E-mail address').waitFor();
  const password = part(page, 'Password');
  await password.getByRole('button', { name: 'Change the password' }).click();
  await password.getByLabel(/^Password until now/).fill(PASSWORD);
  await password.getByLabel(/^New password/).fill('monsoon over the Deccan');
  await password.getByLabel(/^Once more/).fill('monsoon over the Deccan');
  await password.getByRole('button', { name: 'Change the password' }).click();
  await password.getByText('The password is changed.').waitFor();
  await page.reload();
  await sessions.getByText('this one').waitFor();
});

test.each(FACES)('is clean for axe: %s', async (_, options) => {
  const page = await at.open('/account', options);
  await signIn(page, 'looks@demo.invalid');
  await page.getByRole('heading', { name: /Where you are signed in|आप कहाँ/ }).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  expect(at.complaints).toEqual([]);
});
