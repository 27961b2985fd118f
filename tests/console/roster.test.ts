/** A supervisor says who is at which desk, and puts a nurse on call. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const SUPERVISOR = 'supervisor@demo.invalid';

beforeAll(async () => {
  at = await openConsole({ pack: 'desk' });
  await at.officer(SUPERVISOR, { role: 'supervisor' });
  await at.officer('nurse@demo.invalid', { role: 'agent' });
});

test('an officer gets a desk and a phone, is put on call, taken off, and put back', async () => {
  const page = await at.open('/roster');
  await signIn(page, SUPERVISOR);
  await page.getByText('Nobody is on call in this week by name').waitFor();
  await page
    .getByRole('row', { name: /^nurse@/ })
    .getByRole('button', { name: 'Change' })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Desks' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'our nurses' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Phone').fill('12');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('Phone').fill('+91 99900 00001');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /our nurses .*\+919990000001/ }).waitFor();
  await page.getByRole('button', { name: 'Put on call' }).click();
  await dialog.getByRole('combobox', { name: 'Name' }).click();
  await page.getByRole('option', { name: /^nurse@/ }).click();
  await dialog.getByRole('button', { name: 'Put on call' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('order 1').waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('nurse@demo.invalid (test) is off that shift.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('order 1').waitFor();
  expect(at.complaints).toEqual([]);
});

test.each(FACES)('is clean for axe: %s', async (_face, options) => {
  const page = await at.open('/roster', options);
  await signIn(page, SUPERVISOR);
  await page.getByRole('table').waitFor();
  expect(await brokenRules(page)).toEqual([]);
});
