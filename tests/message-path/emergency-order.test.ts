/** What is asked again after an emergency's numbers comes after them, although an emergency goes ahead of everything else. */
import { expect, test } from 'vitest';
import { openStage, textOf } from '../support/stage.ts';

const { control, say } = await openStage({ pack: '../../../packs/mumbai' });

test('the interrupted question stands below the numbers', async () => {
  const { id } = control.addCitizen({ name: 'Caller (demo)' });
  await say(id, 'Hi');
  await say(id, 'English');
  await say(id, 'garbage');
  const sent = await say(id, 'fire brigade number?');
  expect(sent).toHaveLength(4);
  expect(sent.slice(0, 1).map(textOf).join()).toContain('call 112');
  expect(sent.map(({ body }) => body.type)).toEqual(['text', 'contacts', 'buttons', 'list']);
});
