import type { CallSubject, JsonObject } from '@hazir/core';
import { property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Tell } from '../tell.ts';
import { cancelSession } from './officer.ts';
import { rebookFallen } from './rebook.ts';
import { codeOf, line, listOf, openTestCentre, START, type TestCentre } from './testing.ts';
import { HOUR, later, MINUTE } from './times.ts';

let database: Database;
let centre: TestCentre;
const soon = later(START, MINUTE);

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database, { perWindow: 1 });
});

type Heard = JsonObject & { contactId: string };

/** A session of a kind with so many booked, in this order. */
async function bookedSession(kind: string, people: number, change: Record<string, string> = {}) {
  await centre.importCsv([line({ session: kind, kind, capacity: String(people), ...change })]);
  const slot = await centre.slot(kind);
  const citizens: { subject: CallSubject; reference: string }[] = [];
  for (let index = 0; index < people; index += 1) {
    const subject = centre.somebody();
    const booked = await centre.ok('book', { slot }, subject, { now: later(START, index * 1_000) });
    citizens.push({ subject, reference: textProperty(booked, 'reference') ?? '' });
  }
  const fall = (session = kind, keepMinutes = 24 * 60) =>
    database.transaction((tx) => cancelSession(tx, { organizationId: centre.organizationId, session, keepMinutes, now: soon }));
  return { citizens, slot, fall };
}

async function look(now = soon, tell?: Tell): Promise<Heard[]> {
  const told: Heard[] = [];
  await rebookFallen(database, {
    now,
    tell: tell ?? (async (_tx, { contactId, flow, values }) => void told.push({ contactId, flow, ...values })),
  });
  return told;
}

const holdOf = (heard: Heard | undefined) => textProperty(heard, 'hold') ?? '';

test('who booked first is offered the most suitable seat first; who finds none is told, and is the first when there is one', async () => {
  const { citizens, fall } = await bookedSession('falls', 3);
  const [one, two, three] = citizens;
  await centre.importCsv([
    line({
      session: 'far',
      kind: 'falls',
      date: '2026-11-25',
      capacity: '1',
      resource: 'phc-far',
      latitude: '27.5',
      longitude: '81.5',
    }),
    line({ session: 'near', kind: 'falls', date: '2026-11-26', capacity: '1' }),
    line({ session: 'dear', kind: 'falls', date: '2026-11-25', capacity: '9', fee: '100' }),
    line({ session: 'older', kind: 'falls', date: '2026-11-25', capacity: '9', min_age: '60' }),
  ]);
  expect(await fall()).toMatchObject({ ok: true, value: { appointments: 3 } });
  const told = await look();
  expect(told.map(({ contactId, reference }) => [contactId, reference])).toEqual(
    citizens.map(({ subject, reference }) => [subject.contactId, reference]),
  );
  expect(told[2]).toMatchObject({ flow: 'appointment-fell', hold: '', until: '' });
  const dateOfHold = async (index: number) =>
    property(await centre.ok('held', { hold: holdOf(told[index]) }, citizens[index]?.subject ?? centre.somebody()), 'date');
  expect([await dateOfHold(0), await dateOfHold(1)]).toEqual(['2026-11-26', '2026-11-25']);
  expect(await look()).toEqual([]);
  expect(await fall()).toMatchObject({ value: { appointments: 0 } });

  // Nobody else gets these seats, the limits do not count what fell, and it is offered in the chat's list.
  const book = (hold: string, who: typeof one, now = soon) =>
    centre.run('book', { hold }, who?.subject ?? centre.somebody(), { now }).then(codeOf);
  expect(await centre.ok('offered', {}, one?.subject ?? centre.somebody(), { now: soon })).toEqual([{ hold: holdOf(told[0]) }]);
  expect(await book(holdOf(told[0]), one)).toBe('ok');
  expect(await book(holdOf(told[0]), two)).toBe('unknown-hold');
  expect(listOf(await centre.ok('mine', {}, one?.subject ?? centre.somebody())).map((each) => property(each, 'date'))).toEqual([
    '2026-11-26',
  ]);

  // Not published yet: that is what being first means.
  await centre.importCsv([
    line({ session: 'new', kind: 'falls', date: '2026-11-27', capacity: '1', publish_at: '2026-11-24 20:00' }),
  ]);
  const again = await look(later(soon, MINUTE));
  expect(again).toMatchObject([{ contactId: three?.subject.contactId, reference: three?.reference }]);
  expect(await book(holdOf(again[0]), three)).toBe('ok');

  // Who does not answer in time has lost the seat to everybody, and hears no more.
  expect(await look(later(soon, 25 * HOUR))).toEqual([]);
  expect(await book(holdOf(told[1]), two, later(soon, 25 * HOUR))).toBe('hold-lapsed');
  const { rows } = await database.query(`select status from appointment_rebookings order by booked_at`);
  expect(rows).toEqual([{ status: 'taken' }, { status: 'passed' }, { status: 'taken' }]);
});

test('a step that is broken off is made again, and several who work at once tell everybody once', async () => {
  const { citizens, fall } = await bookedSession('many', 60);
  await centre.importCsv([line({ session: 'instead', kind: 'many', date: '2026-11-25', capacity: '40' })]);
  await fall();
  let told = 0;
  const broken = look(soon, async () => {
    told += 1;
    if (told === 30) throw new Error('killed');
  });
  await expect(broken).rejects.toThrow('killed');
  const rest = (await Promise.all([look(), look(), look()])).flat();
  const last = await look();
  expect([...rest, ...last]).toHaveLength(60 - 25);
  const { rows } = await database.query<{ offered: number; seats: number; left: number }>(
    `select (select count(*)::int from appointment_rebookings b join appointment_sessions s on s.id = b.session_id
              where s.code = 'many' and b.status = 'offered') as offered,
            (select count(distinct e.appointment_id)::int from appointment_seats e join appointment_slots t on t.id = e.slot_id
               join appointment_sessions s on s.id = t.session_id where s.code = 'instead') as seats,
            (select count(*)::int from appointments a join appointment_sessions s on s.id = a.session_id
              where s.code = 'many' and a.status in ('booked', 'held')) as left`,
  );
  expect(rows).toEqual([{ offered: 40, seats: 40, left: 0 }]);
  expect(new Set(citizens.map(({ reference }) => reference)).size).toBe(60);
});

test('the line of a session that fell is told; who declines makes room for the next one', async () => {
  const { citizens, slot, fall } = await bookedSession('declines', 2);
  const waiting = centre.somebody();
  await centre.ok('wait', { slot }, waiting);
  await centre.importCsv([line({ session: 'only-one', kind: 'declines', date: '2026-11-25', capacity: '1' })]);
  await fall();
  const told = await look();
  expect(told).toMatchObject([
    { contactId: waiting.contactId, reference: '', hold: '' },
    { contactId: citizens[0]?.subject.contactId },
    { contactId: citizens[1]?.subject.contactId, hold: '' },
  ]);
  await centre.ok('release', { hold: holdOf(told[1]) }, citizens[0]?.subject ?? waiting);
  expect(await look()).toMatchObject([{ contactId: citizens[1]?.subject.contactId, hold: expect.stringMatching(/.+/) }]);
  expect(codeOf(await centre.run('book', { slot }, waiting))).toBe('session-cancelled');
});

test('who has booked another time meanwhile is left in peace, and an unknown session changes nothing', async () => {
  const { citizens, fall } = await bookedSession('peace', 1);
  await fall();
  expect(await look()).toMatchObject([{ hold: '' }]);
  await centre.importCsv([line({ session: 'peace-2', kind: 'peace', date: '2026-11-25', capacity: '2' })]);
  const [one] = citizens;
  await centre.ok('book', { slot: await centre.slot('peace') }, one?.subject ?? centre.somebody());
  expect(await look()).toEqual([]);
  expect(codeOf(await fall('nothing-of-the-kind').then((result) => (result.ok ? { ok: true, value: null } : result)))).toBe(
    'unknown-session',
  );
});
