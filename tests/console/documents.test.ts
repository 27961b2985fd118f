/** A supervisor finds a document by its number, corrects a name, and takes it back. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { issueDocument } from '../support/documents.ts';
import { addTestOfficer } from '../support/officers.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
let organizationId: number;
const BOSS = 'boss@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  organizationId = (await issueDocument(at.stage.database)).organizationId;
  await addTestOfficer(at.stage.database, BOSS, [{ role: 'supervisor', organizationId }]);
});

test('a name is corrected once, and the document is taken back with a reason', async () => {
  const { number } = await issueDocument(at.stage.database, { name: 'Sunita Debi' });
  const page = await at.open('/documents');
  await signIn(page, BOSS);
  await page.getByRole('link', { name: number }).waitFor();
  await page.getByLabel('Number').fill(number);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('article');
  await panel.getByText('Sunita Debi').waitFor();
  const correct = async (name: string) => {
    await panel.getByRole('button', { name: 'Correct' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click();
  };
  await correct('Sunita Devi');
  await panel.getByText('Sunita Devi').waitFor();
  await panel.getByText('version 2').waitFor();
  await correct('Sunita');
  await page.getByRole('dialog').getByRole('alert').filter({ hasText: 'corrected once already' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click();
  await panel.getByRole('button', { name: 'Take it back' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Issued to the wrong person');
  await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
  await panel.getByRole('status').filter({ hasText: 'Issued to the wrong person' }).waitFor();
  expect(await panel.getByRole('button', { name: 'Correct' }).count()).toBe(0);
  const { rows } = await at.stage.database.query<{ action: string }>(
    'select action from audit_events where subject = $1 order by happened_at, id',
    [number],
  );
  expect(rows.map(({ action }) => action)).toEqual(['document.seen', 'document.corrected', 'document.revoked']);
});

test('a number of another organization is none here', async () => {
  const page = await at.open('/documents/0000-0000-0000');
  await signIn(page, BOSS);
  await page.getByRole('alert').filter({ hasText: 'There is no document with this number.' }).waitFor();
});

test.each(FACES)('is clean for axe: %s', async (_face, options) => {
  const { number } = await issueDocument(at.stage.database);
  const page = await at.open(`/documents/${number}`, options);
  await signIn(page, BOSS);
  await page.getByRole('article').getByText('2/2').waitFor();
  expect(await brokenRules(page)).toEqual([]);
  expect(at.complaints).toEqual([]);
});
