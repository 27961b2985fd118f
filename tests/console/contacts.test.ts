/** A nurse finds a citizen by the end of her number, sees what she asked for, and reads what was said; each of it is in the log. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const NURSE = 'nurse@demo.invalid';

beforeAll(async () => {
  at = await openConsole({ pack: 'desk' });
  await at.officer(NURSE, { role: 'agent' });
});

async function asks(name: string): Promise<string> {
  const citizen = at.stage.control.addCitizen({ name });
  await at.stage.say(citizen.id, 'Hi');
  await at.stage.say(citizen.id, 'A nurse');
  return citizen.phone ?? '';
}

test('by the end of a number or the beginning of a name; nobody is listed before', async () => {
  const phone = await asks('Meena Rao (demo)');
  await asks('Radha Joshi (demo)');
  const page = await at.open('/contacts');
  await signIn(page, NURSE);
  await page.getByText('Type how a name begins').waitFor();
  expect(await page.getByRole('link', { name: /Meena|Radha/ }).count()).toBe(0);
  const field = page.getByLabel('Name, or end of the number');
  await field.fill(phone.slice(-6));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Meena Rao/ }).waitFor();
  expect(await page.getByRole('link', { name: /Radha/ }).count()).toBe(0);
  await field.fill('radh');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Radha Joshi/ }).click();
  const profile = page.getByRole('article');
  await profile.getByRole('link', { name: /A question for a nurse/ }).waitFor();
  expect(await profile.getByText('What do you need?').count()).toBe(0);
  await page.getByRole('button', { name: 'Show what was said' }).click();
  await page.getByRole('list', { name: 'Conversation' }).getByText('What do you need?').waitFor();
  await field.fill('%');
  await page.keyboard.press('Enter');
  await page.getByText('Type how a name begins').waitFor();
  const { rows } = await at.stage.database.query<{ action: string }>('select distinct action from audit_events order by 1');
  expect(rows.map(({ action }) => action)).toEqual(['contact.searched', 'contact.seen', 'contact.talk-seen']);
});

test.each(FACES)('is clean for axe: %s', async (_face, options) => {
  await asks('Asha Patil (demo)');
  const page = await at.open('/contacts?search=asha', options);
  await signIn(page, NURSE);
  await page.getByRole('link', { name: /Asha/ }).first().waitFor();
  expect(await brokenRules(page), 'list').toEqual([]);
  await page.getByRole('link', { name: /Asha/ }).first().click();
  await page.getByRole('article').waitFor();
  expect(await brokenRules(page), 'profile').toEqual([]);
  expect(at.complaints).toEqual([]);
});
