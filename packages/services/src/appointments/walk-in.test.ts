import type { Database } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { listSessions, walkIn } from './officer.ts';
import { line, openTestCentre, START, type TestCentre } from './testing.ts';

let database: Database;
let centre: TestCentre;

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database);
});

const at = (time: string) => new Date(`2026-11-24T${time}:00+05:30`);

async function come(session: string, now: Date): Promise<string> {
  const { organizationId } = centre;
  const result = await database.transaction((tx) => walkIn(tx, { organizationId, session, now, random: Math.random }));
  return result.ok ? 'came' : result.error.code.replace('appointments:', '');
}

test('whoever comes without an appointment has a free seat, now or next, and never one that somebody has', async () => {
  await centre.importCsv([
    line({ session: 'day', capacity: '2' }),
    line({ session: 'day', capacity: '1', from: '11:00', to: '13:00' }),
    line({ session: 'day', capacity: '5', class: 'dose-2' }),
  ]);
  await centre.ok('book', { slot: await centre.slot('day') }, centre.somebody());
  expect(await come('day', START)).toBe('slot-past');
  expect(await Promise.all([1, 2, 3, 4].map(() => come('day', at('09:30'))))).toEqual(
    expect.arrayContaining(['came', 'came', 'full', 'full']),
  );
  const { organizationId } = centre;
  const sessions = await listSessions(database, { organizationId, from: '2026-11-24', now: at('10:00'), limit: 9 });
  expect(sessions).toMatchObject([{ session: 'day', seats: 8, free: 5, checkedIn: 2 }]);
});

test('not while others stand in line, nor after it is over, cancelled or unknown', async () => {
  await centre.importCsv([line({ session: 'line', capacity: '1' })]);
  const slot = await centre.slot('line');
  const owner = centre.somebody();
  await centre.ok('book', { slot }, owner);
  await centre.ok('wait', { slot }, centre.somebody());
  await database.query(`update appointment_seats set contact_id = null, appointment_id = null where slot_id = $1`, [slot]);
  expect(await come('line', at('10:00'))).toBe('full');
  expect(await come('line', at('11:00'))).toBe('slot-past');
  await database.query(`update appointment_sessions set cancelled_at = now() where code = 'line'`);
  expect(await come('line', at('10:00'))).toBe('slot-past');
  expect(await come('nothing', at('10:00'))).toBe('unknown-session');
});
