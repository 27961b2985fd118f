import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishPack } from '@hazir/store';
import { expect, test } from 'vitest';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';
import { openStage, textOf } from '../support/stage.ts';

test('a new version is for new conversations; whoever is in the middle stays on the old one', async () => {
  const stage = await openStage();
  const newcomer = async () => {
    const { id } = stage.control.addCitizen({ name: 'Newcomer (demo)' });
    await stage.say(id, 'Hi');
    return { id, asked: textOf((await stage.say(id, 'English')).at(-1)) };
  };
  const early = await newcomer();
  expect(early.asked).toContain('Which fruit do you like?');

  const pack = await readPack(join(fileURLToPath(import.meta.url), '../../support/packs/hello'));
  const files = Object.fromEntries(
    [...pack.files].map(([path, text]) => [
      path,
      text.replace('Which fruit do you like?', 'Which fruit today?').replace('You chose', 'You took'),
    ]),
  );
  const { rows } = await stage.database.query<{ id: number }>('select id from organizations');
  await publishPack(stage.database, { organizationId: rows[0]?.id ?? 0, pack: 'hello', version: 'next', files });
  await expect.poll(async () => (await newcomer()).asked, { timeout: 20_000 }).toContain('Which fruit today?');

  expect(textOf((await stage.say(early.id, 'Apple')).at(-1))).toBe('You chose apple.');
  const late = await newcomer();
  expect(textOf((await stage.say(late.id, 'Apple')).at(-1))).toBe('You took apple.');
});
