/** A clerk of the helpline in the browser, and a citizen on the fake Graph API. */
import { beforeAll, expect, test } from 'vitest';
import { brokenRules } from '../support/broken-rules.ts';
import { textOf } from '../support/stage.ts';
import { type ConsoleStage, FACES, openConsole, signIn } from './support.ts';

let at: ConsoleStage;
const CLERK = 'clerk@demo.invalid';

beforeAll(async () => {
  at = await openConsole();
  await at.officer(CLERK, { role: 'agent' });
});

async function asksForPerson(name: string): Promise<string> {
  const { control, say } = at.stage;
  const citizen = control.addCitizen({ name }).id;
  await say(citizen, 'Hi');
  await say(citizen, 'English');
  await say(citizen, 'talk to a person');
  await say(citizen, 'My bill');
  return citizen;
}

const heard = (citizen: string) =>
  at.stage.control
    .messages(citizen)
    .filter((item) => item.from === 'business')
    .map(textOf);

test('somebody waits; the clerk takes the talk, writes, keeps a note and closes it, and the citizen reads what was meant for them', async () => {
  const citizen = await asksForPerson('Asha Patil (demo)');
  const page = await at.open('/');
  await signIn(page, CLERK);
  await page.getByRole('link', { name: '1 wait for somebody' }).click();
  await page.getByRole('link', { name: 'Asha Patil (demo)' }).click();
  const write = page.getByLabel('Write to the citizen');
  expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Give back' }).waitFor();
  await write.fill('Namaste, how can I help?');
  await page.keyboard.press('Enter');
  const talk = page.getByRole('list', { name: 'Conversation' });
  await talk.getByText('Namaste, how can I help?').waitFor();
  expect(await write.inputValue()).toBe('');
  await expect
    .poll(() => heard(citizen).slice(-2))
    .toEqual(['A person from our team is with you now. Write here as usual.', 'Namaste, how can I help?']);
  await at.stage.say(citizen, 'My bill is wrong');
  await talk.getByText('My bill is wrong').waitFor();
  await write.fill('Bill of ward G/N, ask assessment');
  await page.getByRole('button', { name: 'Keep as a note' }).click();
  await talk.getByText('Bill of ward G/N, ask assessment').waitFor();
  expect(heard(citizen).join(' ')).not.toContain('assessment');
  await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'What came of it' }).click();
  await page.getByRole('option', { name: 'Handed over' }).click();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await write.waitFor({ state: 'detached' });
  await expect.poll(() => heard(citizen).at(-1)).toContain('Our team has closed this conversation.');
});

test('what was typed and not sent is there again after the page was closed', async () => {
  await asksForPerson('Ravi More (demo)');
  const page = await at.open('/tickets');
  await signIn(page, CLERK);
  await page.getByRole('link', { name: 'Ravi More (demo)' }).click();
  await page.getByLabel('Write to the citizen').fill('I am looking it up');
  await page.reload();
  expect(await page.getByLabel('Write to the citizen').inputValue()).toBe('I am looking it up');
});

test.each(FACES)('is clean for axe: %s', async (face, options) => {
  const name = `Somebody ${face} (demo)`;
  await asksForPerson(name);
  const page = await at.open('/tickets', options);
  await signIn(page, CLERK);
  await page.getByRole('link', { name }).waitFor();
  expect(await brokenRules(page), 'list').toEqual([]);
  await page.getByRole('link', { name }).click();
  await page.getByRole('article').waitFor();
  await page.getByRole('button', { name: /Take it|मैं देखूँगा/ }).click();
  await page.getByRole('button', { name: /Give back|लौटाएँ/ }).waitFor();
  expect(await brokenRules(page), 'talk').toEqual([]);
  expect(at.complaints).toEqual([]);
});
