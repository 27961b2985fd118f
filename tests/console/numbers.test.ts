/** A supervisor looks at the figures of the last days, and saves them. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const BOSS = 'boss@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(BOSS, { role: 'supervisor' });
  const late = await at.report();
  const old = await at.report();
  await at.report('no-water');
  const change = (set: string, reference: string) =>
    at.stage.database.query(`update service_requests set ${set} where reference = $1`, [reference]);
  await change(`due_at = now() - interval '1 hour'`, late);
  await change(`created_at = now() - interval '40 days'`, old);
  const citizen = at.stage.control.addCitizen({ name: 'Asha Patil (demo)' }).id;
  for (const text of ['Hi', 'English', 'talk to a person', 'My bill']) await at.stage.say(citizen, text);
  await at.stage.database.query(
    `update tickets set first_answered_at = opened_at + interval '12 minutes', feedback = 'yes', closed_at = now()`,
  );
});

test('counts what came and what is late by department, how long citizens waited and whether it helped', async () => {
  const page = await at.open('/numbers');
  await signIn(page, BOSS);
  const requests = page.getByRole('region', { name: 'Requests' });
  await requests.getByRole('row', { name: 'Roads 1 0 1' }).waitFor();
  await requests.getByRole('row', { name: /^Water.* 1 0 0$/ }).waitFor();
  const talks = page.getByRole('region', { name: 'Helpline' });
  await talks.getByText('12 minutes').first().waitFor();
  await talks.getByText('100%').waitFor();
  await page.getByText('90 days').click();
  await requests.getByRole('row', { name: 'Roads 2 0 1' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv).toContain('requests_late,department,roads,,1\r\n');
  expect(csv).toContain('helped,answer,yes,,1\r\n');
});

test.each(FACES)('is clean for axe: %s', async (_face, options) => {
  const page = await at.open('/numbers', options);
  await signIn(page, BOSS);
  await page.getByRole('region').nth(1).waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(at.complaints).toEqual([]);
});
