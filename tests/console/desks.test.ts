/** Two nurses and a citizen in danger: the console calls, what one does the other sees, and everything that a talk needs is done by hand. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { brokenPdf } from '../support/broken-pdf.ts';
import { brokenRules } from '../support/broken-rules.ts';
import { textOf } from '../support/stage.ts';
import { type ConsoleStage, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const [NURSE, OTHER] = ['nurse@demo.invalid', 'other@demo.invalid'];

beforeAll(async () => {
  at = await openConsole({ pack: 'desk' });
  for (const email of [NURSE, OTHER]) await at.officer(email, { role: 'agent' });
});

async function asks(name: string, need = 'A nurse'): Promise<string> {
  const citizen = at.stage.control.addCitizen({ name }).id;
  await at.stage.say(citizen, 'Hi');
  await at.stage.say(citizen, need);
  return citizen;
}

async function enters(email: string, options?: Parameters<ConsoleStage['open']>[1]): Promise<Page> {
  const page = await at.open('/tickets', options);
  await signIn(page, email);
  return page;
}

const heard = (citizen: string) =>
  at.stage.control
    .messages(citizen)
    .filter((item) => item.from === 'business')
    .map(textOf)
    .join('\n');

test('somebody in danger waits: every console says so at once, and one nurse has her', async () => {
  const [page, other] = [await enters(NURSE), await enters(OTHER)];
  const citizen = await asks('Asha Patil (demo)', 'Help now');
  const alarm = page.getByRole('alert').filter({ hasText: 'In danger: Asha Patil (demo)' });
  await alarm.waitFor();
  await other.getByRole('alert').filter({ hasText: 'Asha Patil (demo)' }).waitFor();
  expect(await brokenRules(page), 'alarm').toEqual([]);
  await alarm.getByRole('link', { name: 'Open' }).click();
  await page.getByText('Quiet: may not be safe').waitFor();
  await page.getByRole('button', { name: 'Take it' }).click();
  await alarm.waitFor({ state: 'detached' });
  await other.getByRole('alert').filter({ hasText: 'Asha Patil (demo)' }).waitFor({ state: 'detached' });
  // The other one looks, and sees who writes.
  await other.getByRole('link', { name: /Asha Patil/ }).click();
  await page.getByLabel('Write to the citizen').pressSequentially('I am ');
  await other.getByText('nurse@demo.invalid (test) writes').waitFor();
  await page.getByLabel('Write to the citizen').fill('I am Sister Rekha. Are you bleeding?');
  await page.keyboard.press('Enter');
  await expect.poll(() => heard(citizen)).toContain('Are you bleeding?');
  await at.stage.say(citizen, 'Yes, since one hour');
  await other.getByRole('list', { name: 'Conversation' }).getByText('Yes, since one hour').waitFor();
});

test('a prepared answer, a prescription, a colleague, another desk, a follow-up and the end', async () => {
  const citizen = await asks('Meena Rao (demo)');
  const page = await enters(NURSE);
  await page.getByLabel('Number or name').fill('Meena');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Meena Rao/ }).click();
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Give back' }).waitFor();
  await page.getByRole('button', { name: 'Replies' }).click();
  await page.getByRole('menuitem', { name: /I am looking it up, Meena Rao \(demo\)/ }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => heard(citizen)).toContain('I am looking it up, Meena Rao (demo).');
  await page.getByLabel('Write to the citizen').fill('Twice a day, after food');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Attach' }).click()]);
  await chooser.setFiles({ name: 'prescription.pdf', mimeType: 'application/pdf', buffer: Buffer.from(brokenPdf()) });
  await page.getByRole('link', { name: 'prescription.pdf' }).waitFor();
  await expect
    .poll(() => JSON.stringify(at.stage.control.messages(citizen).at(-1)), { timeout: 10_000 })
    .toContain('prescription.pdf');
  await page.getByRole('button', { name: '@ Colleague' }).click();
  await page.getByRole('menuitem', { name: /^other@/ }).click();
  await page.getByRole('button', { name: 'Keep as a note' }).click();
  await page.getByRole('list', { name: 'Conversation' }).getByText('@other@demo.invalid (test)').waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Follow up' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Note' }).fill('the tablets');
  await page.getByRole('dialog').getByRole('button', { name: 'Follow up' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('term').filter({ hasText: 'Follow up' }).waitFor();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Hand to another desk' }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'To' }).click();
  await page.getByRole('option', { name: 'Ration' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hand to another desk' }).click();
  await expect.poll(() => heard(citizen)).toContain('Your conversation now goes to the supplies desk.');
  // The colleague who was named finds it, has all of it, and closes it.
  const other = await enters(OTHER);
  await other.getByText('Mentions').click();
  await other.getByRole('link', { name: /Meena Rao/ }).click();
  await other.getByRole('list', { name: 'Conversation' }).getByText('Twice a day, after food').waitFor();
  await other.getByRole('button', { name: 'Take it' }).click();
  await other.getByRole('button', { name: 'Give back' }).waitFor();
  await other.getByRole('button', { name: 'Close', exact: true }).first().click();
  await other.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await expect.poll(() => heard(citizen)).toContain('Did you get help?');
  await at.stage.say(citizen, 'Partly');
  await other.getByText('“It helped partly”').waitFor();
});

test('on duty, a nurse is offered who waits; her console says so', async () => {
  const page = await enters(NURSE);
  await page.getByRole('switch', { name: 'Off duty' }).click();
  await page.getByRole('switch', { name: 'On duty' }).waitFor();
  await asks('Radha Joshi (demo)');
  await at.stage.served.tend();
  await page.getByRole('alert').filter({ hasText: 'For you: Radha Joshi (demo)' }).waitFor();
  await page.getByText('For me', { exact: true }).click();
  await page.getByRole('link', { name: /Radha Joshi/ }).waitFor();
  await page.getByRole('switch', { name: 'On duty' }).click();
  await page.getByRole('switch', { name: 'Off duty' }).waitFor();
  expect(at.complaints).toEqual([]);
});
