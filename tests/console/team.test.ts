/** An administrator adds a colleague, who comes in by the link; and keeps the team. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const CHIEF = 'chief@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(CHIEF, { role: 'administrator' });
  await at.officer('roads@demo.invalid', { role: 'officer', post: 'roads-gn' });
});

test('a colleague is added with a post, chooses a password by the link, and works; then is suspended, and is out', async () => {
  const page = await at.open('/team');
  await signIn(page, CHIEF);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('Meera Joshi (demo)');
  await dialog.getByLabel(/^E-mail address/).fill('meera@demo.invalid');
  await dialog.getByRole('combobox', { name: 'Post' }).fill('Solid waste, G/N');
  await page.getByRole('option', { name: /Solid waste, G\/N/ }).click();
  await dialog.getByRole('button', { name: 'Add an officer' }).click();
  const link = await dialog.getByLabel('One-time link').inputValue();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page
    .getByRole('link', { name: /Meera Joshi/ })
    .getByText('Invited')
    .waitFor();

  const hers = await at.open(new URL(link).pathname.replace('/console', '') + new URL(link).hash);
  await hers.getByText('Welcome, Meera Joshi (demo).').waitFor();
  expect(await brokenRules(hers), 'link').toEqual([]);
  await hers.getByLabel(/^New password/).fill('monsoon over the Deccan');
  await hers.getByLabel(/^Once more/).fill('monsoon over the Konkan');
  await hers.getByRole('button', { name: 'Save and sign in' }).click();
  await hers.getByText('The two are not the same.').waitFor();
  await hers.getByLabel(/^Once more/).fill('monsoon over the Deccan');
  await hers.getByRole('button', { name: 'Save and sign in' }).click();
  await hers.getByRole('navigation').getByText('Meera Joshi (demo)').waitFor();
  expect(await hers.getByRole('link', { name: 'Team' }).count()).toBe(0);
  await hers.goto(link);
  await hers.getByRole('alert').filter({ hasText: 'This link was used' }).waitFor();

  await page.getByRole('link', { name: /Meera Joshi/ }).click();
  const panel = page.getByRole('article');
  await panel.getByRole('button', { name: 'Give a role' }).click();
  await panel.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: 'Helpline' }).click();
  await panel.getByText('talks with citizens').waitFor();
  await panel.getByRole('button', { name: 'Give a role' }).click();
  await panel.getByRole('button', { name: 'Take back: Helpline' }).click();
  await panel.getByRole('button', { name: 'Take back: Helpline' }).waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: 'Suspend' }).click();
  await panel.getByRole('button', { name: 'Let them work again' }).waitFor();
  await hers.goto(`${at.stage.served.url}/console/`);
  await hers.getByLabel('E-mail address').waitFor();
});

test('the own last role stays, and the page says why', async () => {
  const page = await at.open('/team?search=chief');
  await signIn(page, CHIEF);
  await page
    .getByRole('region', { name: 'Team' })
    .getByRole('link', { name: /chief@demo/ })
    .click();
  await page.getByRole('button', { name: 'Take back: Administrator' }).click();
  await page.getByRole('alert').filter({ hasText: 'your own last role' }).waitFor();
  await page.getByLabel('Name or e-mail').fill('nobody of this name');
  await page.getByText('Nobody in the team matches this.').waitFor();
  expect(new URL(page.url()).searchParams.get('search')).toBe('nobody of this name');
});

test.each(FACES)('is clean for axe: %s', async (_, options) => {
  const page = await at.open('/team', options);
  await signIn(page, CHIEF);
  await page.getByRole('link', { name: /roads@demo/ }).waitFor();
  expect(await brokenRules(page), 'list').toEqual([]);
  await page.getByRole('button', { name: /Add an officer|अधिकारी जोड़ें/ }).click();
  await page.getByRole('dialog').waitFor();
  expect(await brokenRules(page), 'dialog').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /roads@demo/ }).click();
  await page.getByRole('article').waitFor();
  await page.getByRole('button', { name: /Give a role|भूमिका दें/ }).click();
  expect(await brokenRules(page), 'officer').toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  expect(at.complaints).toEqual([]);
});
