import { textProperty } from '@hazir/core';
import { type Database, freshId } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { checkIn } from './check-in.ts';
import { listSessions, markNoShows } from './officer.ts';
import { codeOf, line, openTestCentre, START, type TestCentre } from './testing.ts';
import { HOUR, later, MINUTE } from './times.ts';

let database: Database;
let centre: TestCentre;

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database, { perHousehold: 3, changeBeforeHours: 24, lockOutDays: 10 });
});

const referenceOf = (value: unknown) => textProperty(value, 'reference') ?? '';
const at = (time: string) => new Date(`2026-11-${time}:00+05:30`);

describe('booking', () => {
  test('gives a reference of eight digits, a secret of four, and all that the citizen must know', async () => {
    await centre.importCsv([line({ session: 'plain', fee: '49.50' })]);
    const subject = centre.somebody();
    const booked = await centre.ok('book', { slot: await centre.slot('plain') }, subject);
    expect(booked).toMatchObject({
      reference: expect.stringMatching(/^[1-9]\d{7}$/),
      secret: expect.stringMatching(/^\d{4}$/),
      status: 'booked',
      person: 'self',
      name: 'PHC Gomti Nagar',
      address: 'Vibhuti Khand',
      date: '2026-11-24',
      time: '09:00-11:00',
      startsAt: '2026-11-24T03:30:00.000Z',
      fee: 49.5,
      canChange: true,
      position: { latitude: 26.86, longitude: 81.01 },
    });
    expect(await centre.ok('mine', {}, subject)).toEqual([booked]);
    expect(
      await centre.ok(
        'find',
        { reference: referenceOf(booked).replace(/\d/g, (digit) => '०१२३४५६७८९'[Number(digit)] ?? '') },
        subject,
      ),
    ).toEqual(booked);
    expect(codeOf(await centre.run('find', { reference: referenceOf(booked) }, centre.somebody()))).toBe('not-found');
    expect(codeOf(await centre.run('find', { reference: '12345678' }, subject))).toBe('bad-reference');
  });

  test('200 people at once for 7 seats: exactly 7 have one, and none has two', async () => {
    await centre.importCsv([line({ session: 'rush', capacity: '7' })]);
    const slot = await centre.slot('rush');
    const people = Array.from({ length: 200 }, () => centre.somebody());
    const turns = people.flatMap((subject) => {
      const turn = freshId(START.getTime());
      return [subject, subject, subject].map((each) => ({ each, turn }));
    });
    const codes = await Promise.all(
      turns.map(({ each, turn }) => centre.run('book', { slot }, each, { turn }).then(codeOf, () => 'turn is run again')),
    );
    expect(new Set(codes)).toEqual(new Set(['ok', 'full']));
    const { rows } = await database.query<{ people: number; booked: number }>(
      `select count(distinct contact_id)::int as people, count(*)::int as booked from appointments where slot_id = $1 and status = 'booked'`,
      [slot],
    );
    expect(rows).toEqual([{ people: 7, booked: 7 }]);
  });

  test('the database itself refuses a second holder, a second seat and a second place in a session', async () => {
    await centre.importCsv([line({ session: 'refused', capacity: '3' })]);
    const slot = await centre.slot('refused');
    const subject = centre.somebody();
    await centre.ok('book', { slot }, subject);
    const taken =
      'select organization_id, slot_id, contact_id, appointment_id from appointment_seats where slot_id = $1 and appointment_id is not null';
    await expect(
      database.query(
        `update appointment_seats s set contact_id = o.contact_id, appointment_id = o.appointment_id from (${taken}) o where s.slot_id = o.slot_id`,
        [slot],
      ),
    ).rejects.toThrow('appointment_seats_one_each');
    await expect(
      database.query(
        `insert into appointments (organization_id, contact_id, id, person, session_id, slot_id, status, language, held_until, changed_at)
         select organization_id, contact_id, $2, person, session_id, slot_id, 'held', language, now(), now() from appointments where slot_id = $1`,
        [slot, freshId(0)],
      ),
    ).rejects.toThrow('appointments_once');
    await expect(
      database.query(
        `insert into appointment_seats select organization_id, slot_id, seat from appointment_seats where slot_id = $1`,
        [slot],
      ),
    ).rejects.toThrow('appointment_seats_pkey');
  });

  test('a turn that is run again books nothing twice and says the same', async () => {
    await centre.importCsv([line({ session: 'replay' })]);
    const input = { slot: await centre.slot('replay') };
    const subject = centre.somebody();
    const turn = freshId(1);
    const first = await centre.ok('book', input, subject, { turn });
    expect(await centre.ok('book', input, subject, { turn })).toEqual(first);
  });

  test('a hold keeps the seat for ten minutes, the last moment counts; then it is free for others', async () => {
    await centre.importCsv([line({ session: 'hold', capacity: '1' })]);
    const slot = await centre.slot('hold');
    const [one, other] = [centre.somebody(), centre.somebody()];
    const hold = textProperty(await centre.ok('hold', { slot }, one), 'hold') ?? '';
    expect(codeOf(await centre.run('book', { slot }, other, { now: later(START, 10 * MINUTE) }))).toBe('full');
    const late = later(START, 10 * MINUTE + 1);
    expect(codeOf(await centre.run('book', { hold }, one, { now: late }))).toBe('hold-lapsed');
    expect(codeOf(await centre.run('book', { hold }, one, { now: later(START, 10 * MINUTE) }))).toBe('ok');
    expect(codeOf(await centre.run('book', { hold }, other))).toBe('unknown-hold');
    expect(codeOf(await centre.run('book', {}, other))).toBe('bad-input');
  });

  test('whoever holds another time gives the first one back', async () => {
    await centre.importCsv([line({ session: 'first', capacity: '1' }), line({ session: 'second', capacity: '1' })]);
    const [one, other] = [centre.somebody(), centre.somebody()];
    await centre.ok('hold', { slot: await centre.slot('first') }, one);
    await centre.ok('hold', { slot: await centre.slot('second') }, one);
    expect(codeOf(await centre.run('book', { slot: await centre.slot('first') }, other))).toBe('ok');
  });

  test.each([
    ['one person, two at a time', ['self', 'self'], ['ok', 'person-limit']],
    ['a household of four', ['a', 'b', 'c', 'd'], ['ok', 'ok', 'ok', 'household-limit']],
  ])('%s', async (_, people, expected) => {
    await centre.importCsv(people.map((__, index) => line({ session: `limit-${people.length}-${index}` })));
    const subject = centre.somebody();
    const codes: string[] = [];
    for (const [index, id] of people.entries())
      codes.push(
        codeOf(await centre.run('book', { slot: await centre.slot(`limit-${people.length}-${index}`), person: { id } }, subject)),
      );
    expect(codes).toEqual(expected);
  });

  test('who books and cancels again and again is stopped, for some days', async () => {
    await centre.importCsv([line({ session: 'churn' })]);
    const slot = await centre.slot('churn');
    const subject = centre.somebody();
    for (let round = 0; round < 5; round += 1)
      await centre.ok('cancel', { reference: referenceOf(await centre.ok('book', { slot }, subject)) }, subject);
    expect(codeOf(await centre.run('book', { slot }, subject))).toBe('window-limit');
  });
});

describe('moving and cancelling', () => {
  test.each([
    ['24 hours before', at('23T09:00'), 'ok'],
    ['a millisecond later', later(at('23T09:00'), 1), 'change-late'],
  ])('%s: %s', async (what, now, expected) => {
    await centre.importCsv([
      line({ session: `move-${expected}`, capacity: '1' }),
      line({ session: `to-${expected}`, capacity: '1', from: '12:00', to: '13:00' }),
    ]);
    const subject = centre.somebody();
    const slot = await centre.slot(`move-${expected}`);
    const to = await centre.slot(`to-${expected}`);
    const booked = await centre.ok('book', { slot }, subject);
    const reference = referenceOf(booked);
    const moved = await centre.run('reschedule', { reference, slot: to }, subject, { now });
    expect(codeOf(moved), what).toBe(expected);
    expect(codeOf(await centre.run('book', { slot: expected === 'ok' ? slot : to }, centre.somebody(), { now }))).toBe('ok');
    expect(codeOf(await centre.run('cancel', { reference }, subject, { now }))).toBe(expected);
    if (moved.ok) expect(moved.value).toMatchObject({ reference, secret: textProperty(booked, 'secret'), time: '12:00-13:00' });
  });

  test('to a full slot changes nothing', async () => {
    await centre.importCsv([line({ session: 'keep', capacity: '1' }), line({ session: 'full', capacity: '1' })]);
    const subject = centre.somebody();
    const booked = await centre.ok('book', { slot: await centre.slot('keep') }, subject);
    const full = await centre.slot('full');
    await centre.ok('book', { slot: full }, centre.somebody());
    expect(codeOf(await centre.run('reschedule', { reference: referenceOf(booked), slot: full }, subject))).toBe('full');
    expect(await centre.ok('mine', {}, subject)).toEqual([booked]);
  });

  test('cancelling twice cancels once, and the seat is free at once', async () => {
    await centre.importCsv([line({ session: 'cancel', capacity: '1' })]);
    const slot = await centre.slot('cancel');
    const subject = centre.somebody();
    const reference = referenceOf(await centre.ok('book', { slot }, subject));
    for (let times = 0; times < 2; times += 1)
      expect(await centre.ok('cancel', { reference }, subject)).toMatchObject({ status: 'cancelled', canChange: false });
    expect(codeOf(await centre.run('reschedule', { reference, slot }, subject))).toBe('not-booked');
    expect(codeOf(await centre.run('book', { slot }, centre.somebody()))).toBe('ok');
  });
});

describe('the day itself', () => {
  test('nobody is let in without the secret, and not after five wrong ones; who did not come waits ten days', async () => {
    await centre.importCsv([
      line({ session: 'day', capacity: '3' }),
      line({ session: 'later', date: '2026-12-04', from: '09:00', to: '10:00' }),
    ]);
    const slot = await centre.slot('day');
    const [one, other, absent] = [centre.somebody(), centre.somebody(), centre.somebody()];
    const booked = [
      await centre.ok('book', { slot }, one),
      await centre.ok('book', { slot }, other),
      await centre.ok('book', { slot }, absent),
    ];
    const { organizationId } = centre;
    const enter = (index: number, secret: string, now = at('24T09:00')) =>
      database
        .transaction((tx) => checkIn(tx, { organizationId, reference: referenceOf(booked[index]), secret, now }))
        .then((result) => (result.ok ? 'ok' : result.error.code.replace('appointments:', '')));
    const secret = (index: number) => textProperty(booked[index], 'secret') ?? '';
    expect(await enter(0, secret(0), at('24T04:59'))).toBe('check-in-early');
    expect(await enter(0, secret(0))).toBe('ok');
    expect(await enter(0, secret(0))).toBe('ok');
    for (let tries = 0; tries < 5; tries += 1) expect(await enter(1, 'x')).toBe('wrong-secret');
    expect(await enter(1, secret(1))).toBe('secret-locked');
    const over = at('24T11:00');
    const listed = await listSessions(database, { organizationId, from: '2026-11-24', now: over, limit: 100 });
    expect(listed.find(({ session }) => session === 'day')).toMatchObject({ seats: 3, free: 0, checkedIn: 1, cancelled: false });
    expect(await markNoShows(database, { organizationId, session: 'day', now: later(over, -1) })).toBe(0);
    expect(await markNoShows(database, { organizationId, session: 'day', now: over })).toBe(2);
    const again = await centre.slot('later');
    const locked = at('24T09:00').getTime() + 240 * HOUR;
    expect(codeOf(await centre.run('book', { slot: again }, absent, { now: new Date(locked - 1) }))).toBe('locked-out');
    expect(codeOf(await centre.run('book', { slot: again }, absent, { now: new Date(locked) }))).toBe('ok');
  });
});
