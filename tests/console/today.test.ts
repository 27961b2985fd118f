/** The first page: what needs an officer, and one step into it. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const BOSS = 'boss@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(BOSS, { role: 'supervisor', post: 'deputy-commissioner' });
});

test('counts what is open and late, and leads into the list', async () => {
  const reference = await at.report();
  await at.report();
  await at.stage.database.query(`update service_requests set due_at = now() - interval '1 day' where reference = $1`, [
    reference,
  ]);
  const page = await at.open('/');
  await signIn(page, BOSS);
  await page.getByRole('link', { name: '2 open' }).waitFor();
  await page.getByRole('link', { name: '0 wait for somebody' }).waitFor();
  await page.getByRole('link', { name: '1 overdue' }).click();
  await page.getByRole('link', { name: reference }).waitFor();
  // What happens meanwhile is counted without looking again.
  await page.getByRole('link', { name: 'Today' }).click();
  await at.report();
  await page.getByRole('link', { name: '3 open' }).waitFor();
});

test.each(FACES)('is clean for axe: %s', async (_face, options) => {
  const page = await at.open('/', options);
  await signIn(page, BOSS);
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await brokenRules(page)).toEqual([]);
});
