/** An answer from the knowledge in a model's words, through the whole house; and the passage itself whenever that may not be sent. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenFakeProvider } from '@hazir/simulator';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openStage, textOf } from '../support/stage.ts';

const fake = await listenFakeProvider();
const folder = await mkdtemp(join(tmpdir(), 'hazir-rephrase-'));
const file = join(folder, 'providers.yaml');
await writeFile(
  file,
  `providers: { fake: { type: openai, url: "${fake.url}/openai", timeout: 1000 } }\norganizations: { demo-mumbai: { chat: [fake], rephrase: true } }\n`,
);
const pack = '../../../packs/mumbai';
const [allowed, plain] = [await openStage({ pack, environment: { HAZIR_PROVIDERS: file } }), await openStage({ pack })];
afterAll(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  fake.requests.length = 0;
  fake.modes = ['ok'];
});

const QUESTION = 'within how many days must i register the birth of my newborn?';

/** What a citizen reads; providers are asked by a job, so the answer may come after the turn. */
async function told({ control, say, quiet }: typeof allowed): Promise<string> {
  const { id } = control.addCitizen({ name: 'Asker (demo)' });
  await say(id, 'Hi');
  await say(id, 'English');
  const after = Math.max(...control.messages(id).map(({ seq }) => seq));
  await say(id, QUESTION);
  const read = () => control.messages(id, { after }).filter(({ from }) => from === 'business');
  const settled = async () => {
    await quiet();
    return read().length > 0;
  };
  await expect.poll(settled, { timeout: 20_000 }).toBe(true);
  return read().map(textOf).join('\n');
}

test('the words of the model are sent, with source and date below them', async () => {
  fake.answers.chat = JSON.stringify({ text: 'You have 21 days to register the birth.', passages: ['passage'] });
  const said = await told(allowed);
  expect(said).toContain('You have 21 days to register the birth.');
  expect(said).toContain('Registration of Births and Deaths Act');
  expect(said).toContain('Noted on 22 November 2026');
  expect(fake.requests).toHaveLength(1);
});

test('the passage itself is sent when the model says another number, fails, or is not allowed', async () => {
  const passage = await told(plain);
  expect(passage).toContain('21 days');
  expect(fake.requests).toEqual([]);
  fake.answers.chat = JSON.stringify({ text: 'You have 45 days to register the birth.', passages: ['passage'] });
  expect(await told(allowed)).toBe(passage);
  fake.modes = ['failing'];
  expect(await told(allowed)).toBe(passage);
});
