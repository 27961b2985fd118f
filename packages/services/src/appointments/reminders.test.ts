import type { JsonObject } from '@hazir/core';
import { property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { sendReminders } from './reminders.ts';
import { codeOf, line, listOf, openTestCentre, type TestCentre } from './testing.ts';

let database: Database;
let centre: TestCentre;

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database);
});

/** Of November; everything is booked on the 22nd at 14:30, for the 24th at 9:00. */
const at = (time: string) => new Date(`2026-11-${time}:00+05:30`);

async function book(session: string, subject = centre.somebody(), now?: Date) {
  await centre.importCsv([line({ session })]);
  const slot = await centre.slot(session, undefined, now);
  const reference = textProperty(await centre.ok('book', { slot }, subject, now && { now }), 'reference') ?? '';
  return { subject, reference };
}

/** Whom a look at this time tells, by reference. */
async function look(now: Date): Promise<JsonObject[]> {
  const told: JsonObject[] = [];
  await sendReminders(database, { now, tell: async (_tx, { flow, values }) => void told.push({ flow, ...values }) });
  return told;
}

const reminder = (reference: string, days: number) => ({ flow: 'appointment-reminder', reference, days });

test('the evening before at six and in the morning at seven, each once', async () => {
  const { reference } = await book('both');
  expect(await look(at('23T17:59'))).toEqual([]);
  expect(await look(at('23T18:00'))).toEqual([reminder(reference, 1)]);
  expect(await look(at('23T18:00'))).toEqual([]);
  expect(await look(at('24T06:59'))).toEqual([]);
  expect(await look(at('24T07:00'))).toEqual([reminder(reference, 0)]);
  expect(await look(at('24T08:00'))).toEqual([]);
});

test('of two processes that look at once one tells, and a look that is broken off is made again', async () => {
  const { reference } = await book('twice');
  const broken = sendReminders(database, {
    now: at('23T18:01'),
    tell: async () => {
      throw new Error('killed');
    },
  });
  await expect(broken).rejects.toThrow('killed');
  const looks = await Promise.all([1, 2, 3, 4].map(() => look(at('23T18:01'))));
  expect(looks.flat()).toEqual([reminder(reference, 1)]);
  await look(at('24T07:00'));
});

test('nobody is reminded of what was cancelled, and who moved it is reminded of the new time only', async () => {
  const gone = await book('gone');
  await centre.ok('cancel', { reference: gone.reference }, gone.subject);
  const moved = await book('moved');
  await centre.importCsv([line({ session: 'later', date: '2026-11-26' })]);
  await centre.ok('reschedule', { reference: moved.reference, slot: await centre.slot('later') }, moved.subject);
  expect(await look(at('23T18:00'))).toEqual([]);
  expect(await look(at('24T07:00'))).toEqual([]);
  expect(await look(at('25T18:00'))).toEqual([reminder(moved.reference, 1)]);
  expect(await look(at('26T07:00'))).toEqual([reminder(moved.reference, 0)]);
});

test('who books after six in the evening is reminded in the morning; after a long silence one reminder is enough, and none at night', async () => {
  const late = await book('late', centre.somebody(), at('23T19:00'));
  const night = await book('night');
  expect(await look(at('23T23:00'))).toEqual([]);
  expect((await look(at('24T07:30'))).map((each) => each.reference).sort()).toEqual([late.reference, night.reference].sort());
  await book('over');
  expect(await look(at('24T11:30'))).toEqual([]);
});

test('a session that was cancelled reminds nobody', async () => {
  await book('cancelled');
  await database.query(`update appointment_sessions set cancelled_at = now() where code = 'cancelled'`);
  expect(await look(at('23T18:00'))).toEqual([]);
});

test('a pack may remind at other times, or not at all', async () => {
  const often = await openTestCentre(database, { reminders: [{ daysBefore: 2, at: '20:15' }] });
  await centre.importCsv([line({ session: 'often', date: '2026-11-26' })]);
  const subject = centre.somebody();
  const booked = await often.ok('book', { slot: await often.slot('often') }, subject);
  expect(await look(at('24T20:15'))).toEqual([reminder(textProperty(booked, 'reference') ?? '', 2)]);
  expect(await look(at('25T18:00'))).toEqual([]);
  const never = await openTestCentre(database, { reminders: [] });
  await never.ok('book', { slot: await never.slot('often') }, centre.somebody());
  expect(await look(at('26T08:00'))).toEqual([]);
});

test('who says that they are coming is known to come, until it is moved', async () => {
  const { subject, reference } = await book('coming');
  expect(await centre.ok('coming', { reference }, subject)).toMatchObject({ coming: true, canChange: true });
  expect(listOf(await centre.ok('mine', {}, subject)).map((each) => property(each, 'coming'))).toEqual([true]);
  await centre.importCsv([line({ session: 'coming-later', date: '2026-11-26' })]);
  const moved = await centre.ok('reschedule', { reference, slot: await centre.slot('coming-later') }, subject);
  expect(moved).toMatchObject({ coming: false });
  await centre.ok('cancel', { reference }, subject);
  expect(codeOf(await centre.run('coming', { reference }, subject))).toBe('not-booked');
  expect(codeOf(await centre.run('coming', { reference }, centre.somebody()))).toBe('not-found');
});
