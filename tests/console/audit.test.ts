/** A supervisor asks the log who looked at what. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;

beforeAll(async () => {
  at = await openConsole();
  await at.officer('roads@demo.invalid', { role: 'officer', post: 'roads-gn' });
  await at.officer('boss@demo.invalid', { role: 'supervisor' });
});

test('who looked at a request is found by its number, saved as a file, and that stands in the log as well', async () => {
  const reference = await at.report();
  const officer = await at.open(`/requests/${reference}`);
  await signIn(officer, 'roads@demo.invalid');
  await officer.getByRole('article').waitFor();
  const page = await at.open('/audit');
  await signIn(page, 'boss@demo.invalid');
  await page.keyboard.press('/');
  await page.keyboard.type(reference);
  await page.keyboard.press('Enter');
  const list = page.getByRole('list', { name: 'Log' });
  await list.getByRole('listitem').filter({ hasText: 'looked at a request' }).getByText('roads@demo.invalid (test)').waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const file = await readFile(await (await saving).path(), 'utf8');
  // The officer's look, and the supervisor's into the log.
  expect(file.trim().split('\n')).toHaveLength(3);
  expect(file).toContain(`request.seen,${reference}`);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await list.getByText('exported the log').waitFor();
  await page.getByLabel('From').fill('2031-01-01');
  await page.getByText('Nothing in the log matches this.').waitFor();
});

test.each(FACES)('is clean for axe: %s', async (_, options) => {
  const page = await at.open('/audit', options);
  await signIn(page, 'boss@demo.invalid');
  await page
    .getByRole('list', { name: /^(Log|लॉग)$/ })
    .getByRole('listitem')
    .first()
    .waitFor();
  expect(await brokenRules(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width, 'nothing to scroll sideways').toBeLessThanOrEqual(0);
  expect(at.complaints).toEqual([]);
});
