import { property } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { codeOf, line, listOf, openTestCentre, type TestCentre } from './testing.ts';

let database: Database;
let centre: TestCentre;
const FIRST_DAY = new Date('2026-11-24T04:00:00.000Z');

beforeAll(async () => {
  database = await openTestDatabase();
  const doses = { Covishield: { count: 2, gapDays: 84 }, Covaxin: { count: 2, gapDays: 28 } };
  centre = await openTestCentre(database, { doses, bookAheadDays: 120, perPerson: 5 });
  const session = (code: string, date: string, kind: string, more = {}) =>
    line({ session: code, date, kind, capacity: '50', ...more });
  await centre.importCsv([
    session('first', '2026-11-24', 'Covishield'),
    session('day-before', '2027-02-15', 'Covishield'),
    session('on-the-day', '2027-02-16', 'Covishield', { class: 'dose-2' }),
    session('other', '2027-02-17', 'Covaxin'),
    session('later', '2027-02-20', 'Covishield'),
  ]);
});

const now = new Date('2026-11-24T12:00:00.000Z');

async function slotOf(session: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    'select t.id from appointment_slots t join appointment_sessions s on s.id = t.session_id where s.code = $1',
    [session],
  );
  return rows[0]?.id ?? '';
}

/** A citizen one of whose people has had doses in these sessions. */
async function vaccinated(sessions: readonly string[], person = 'asha') {
  const subject = centre.somebody();
  for (const session of sessions) {
    await centre.ok('book', { slot: await slotOf(session), person: { id: person } }, subject, {
      now: session === 'first' ? FIRST_DAY : now,
    });
    await database.query(`update appointments set status = 'checked_in' where contact_id = $1 and status = 'booked'`, [
      subject.contactId,
    ]);
  }
  return subject;
}

test('who has had nothing has no doses, and may come to any', async () => {
  const subject = centre.somebody();
  expect(await centre.ok('doses', {}, subject, { now })).toEqual([]);
  expect(codeOf(await centre.run('book', { slot: await slotOf('other'), person: { id: 'asha' } }, subject, { now }))).toBe('ok');
});

test('the next dose is told with its first date, and sessions before it, or of another kind, are not found', async () => {
  const subject = await vaccinated(['first']);
  expect(await centre.ok('doses', {}, subject, { now, language: 'hi' })).toEqual([
    {
      ...{ person: 'asha', kind: 'Covishield', taken: 1, of: 2, last: '2026-11-24', next: 2, from: '2027-02-16', isDue: false },
      fromDay: expect.stringContaining('फ़र'),
    },
  ]);
  const found = listOf(await centre.ok('sessions', { person: { id: 'asha' } }, subject, { now }));
  expect(found.map((each) => property(each, 'date'))).toEqual(['2027-02-16', '2027-02-20']);
});

test.each([
  ['day-before', 'dose-early'],
  ['other', 'other-kind'],
  // Seats kept for a second dose, without the citizen having said which one it is.
  ['on-the-day', 'ok'],
  ['later', 'ok'],
])('a second dose at "%s": %s', async (session, expected) => {
  const subject = await vaccinated(['first']);
  expect(codeOf(await centre.run('book', { slot: await slotOf(session), person: { id: 'asha' } }, subject, { now }))).toBe(
    expected,
  );
  // Another person of the household has had nothing.
  if (session !== 'on-the-day')
    expect(codeOf(await centre.run('book', { slot: await slotOf(session), person: { id: 'ravi' } }, subject, { now }))).toBe(
      'ok',
    );
});

test('after the last dose there is none to come', async () => {
  const subject = await vaccinated(['first', 'on-the-day']);
  expect(await centre.ok('doses', {}, subject, { now })).toMatchObject([{ taken: 2, next: null, from: null, isDue: false }]);
  expect(codeOf(await centre.run('book', { slot: await slotOf('later'), person: { id: 'asha' } }, subject, { now }))).toBe(
    'doses-done',
  );
  expect(listOf(await centre.ok('sessions', { person: { id: 'asha' } }, subject, { now }))).toEqual([]);
});
