/** `hazir officer` as an operator runs it. */
import { ensureOrganization } from '@hazir/store';
import { expect, test } from 'vitest';
import { runHazir } from '../support/command.ts';
import { openTestDatabase } from '../support/database.ts';

test('an officer is added with a password that is shown once, given a role, listed, and closed', async () => {
  const database = await openTestDatabase();
  await ensureOrganization(database, 'city', 'City');
  const added = await runHazir(database, ['officer', 'add', 'Asha@city.example', '--name', 'Asha Rao']);
  expect(added.stdout).toMatch(
    /^Asha@city\.example may sign in\. The password is shown this once: [\w-]{20}\nGive a role next: /,
  );
  const again = await runHazir(database, ['officer', 'add', 'asha@city.example', '--name', 'Asha Rao']);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('[usage:officer]')]);
  const role = ['--organization', 'city', '--role'];
  const wrong = await runHazir(database, ['officer', 'grant', 'asha@city.example', ...role, 'king']);
  expect(wrong.stderr).toContain('Roles are officer, agent, supervisor, manager, administrator.');
  await runHazir(database, ['officer', 'grant', 'asha@city.example', ...role, 'officer', '--post', 'roads-gn']);
  expect((await runHazir(database, ['officer', 'list'])).stdout).toMatch(
    /asha@city\.example +Asha Rao +no +open +city: officer roads-gn/,
  );
  const weak = await runHazir(database, ['officer', 'reset-password', 'asha@city.example'], { HAZIR_OFFICER_PASSWORD: 'short' });
  expect(weak.stderr).toContain('at least 12 characters');
  expect((await runHazir(database, ['officer', 'disable', 'asha@city.example'])).stdout).toContain('signed out');
  expect((await runHazir(database, ['officer', 'revoke', 'asha@city.example', ...role, 'officer'])).stdout).toContain(
    'no officer of city any more',
  );
  expect((await runHazir(database, ['officer', 'list', '--json'])).stdout).toContain('"roles": []');
});
