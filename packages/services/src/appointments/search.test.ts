import type { JsonObject } from '@hazir/core';
import { textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { codeOf, line, listOf, openTestCentre, START, type TestCentre } from './testing.ts';

let database: Database;
let centre: TestCentre;

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database);
});

describe('who may come', () => {
  test.each<[string, Record<string, string>, JsonObject, string]>([
    ['no age given', { min_age: '18' }, {}, 'needs-birth-year'],
    ['17 in that year', { min_age: '18' }, { birthYear: 2009 }, 'too-young'],
    ['18 in that year', { min_age: '18' }, { birthYear: 2008 }, 'ok'],
    ['44 at most', { max_age: '44' }, { birthYear: 1982 }, 'ok'],
    ['45', { max_age: '44' }, { birthYear: 1981 }, 'too-old'],
    ['born in the future', {}, { birthYear: 2031 }, 'bad-birth-year'],
    ['born in 1800', {}, { birthYear: 1800 }, 'bad-birth-year'],
    ['no dose given', { doses: '2;3' }, {}, 'needs-dose'],
    ['the first dose', { doses: '2;3' }, { dose: 1 }, 'other-dose'],
    ['the third dose', { doses: '2;3' }, { dose: 3 }, 'ok'],
    ['no residence given', { residence: '226010;Unnao' }, {}, 'needs-residence'],
    ['a PIN in Devanagari', { residence: '226010;Unnao' }, { pin: '२२६ ०१०' }, 'ok'],
    ['the district, written small', { residence: '226010;Unnao' }, { district: ' unnao' }, 'ok'],
    ['another place', { residence: '226010;Unnao' }, { pin: '700001', district: 'Kolkata' }, 'other-residence'],
    ['for health workers and pregnant women', { allowances: 'health-worker;pregnant' }, { classes: ['pregnant'] }, 'ok'],
    ['for health workers', { allowances: 'health-worker' }, { classes: ['pregnant'] }, 'not-allowed'],
    ['seats for a second dose', { class: 'dose-2' }, { dose: 2 }, 'ok'],
    ['seats for a second dose, the first one', { class: 'dose-2' }, { dose: 1 }, 'not-allowed'],
    ['seats for elders', { class: 'elder' }, { classes: ['elder'] }, 'ok'],
  ])('%s', async (what, session, person, expected) => {
    const code = `who-${what.replace(/\W/g, '-')}-${expected}`;
    await centre.importCsv([line({ session: code, kind: code, ...session })]);
    const { rows } = await database.query<{ id: string }>(
      'select t.id from appointment_slots t join appointment_sessions s on s.id = t.session_id where s.code = $1',
      [code],
    );
    const who = { id: 'self', ...person };
    const subject = centre.somebody();
    const found = listOf(await centre.ok('sessions', { kind: code, person: who }, subject));
    expect(found).toHaveLength(expected === 'ok' ? 1 : 0);
    expect(codeOf(await centre.run('book', { slot: rows[0]?.id ?? '', person: who }, subject))).toBe(expected);
  });
});

describe('searching', () => {
  const at = (code: string, more: Record<string, string>) => line({ session: code, kind: 'search', resource: code, ...more });
  const names = async (input: JsonObject, now = START) =>
    listOf(await centre.ok('sessions', { kind: 'search', ...input }, centre.somebody(), { now })).map((one) =>
      textProperty(one, 'resource'),
    );

  beforeAll(async () => {
    await centre.importCsv([
      at('aliganj', { pin: '226024', latitude: '26.89', longitude: '80.94', date: '2026-11-25' }),
      at('kakori', { pin: '226101', district: 'Lucknow', latitude: '26.87', longitude: '80.79', date: '2026-11-24' }),
      at('unnao', { pin: '209801', district: 'Unnao', latitude: '26.55', longitude: '80.49', date: '2026-11-23' }),
      at('night', { pin: '226001', date: '2026-11-23', publish_at: '2026-11-22 20:00' }),
      at('far', { date: '2027-02-01' }),
    ]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['the next ones first', {}, ['unnao', 'kakori', 'aliganj']],
    ['by PIN code in another script', { pin: '२२६०२४' }, ['aliganj']],
    ['by district', { district: 'lucknow' }, ['kakori', 'aliganj']],
    ['the nearest first', { near: { latitude: 26.88, longitude: 80.93 } }, ['aliganj', 'kakori', 'unnao']],
    ['by date', { date: '2026-11-25' }, ['aliganj']],
    ['by resource', { resource: 'kakori' }, ['kakori']],
    ['a PIN code of nowhere', { pin: '999999' }, []],
  ])('%s', async (_, input, expected) => {
    expect(await names(input)).toEqual(expected);
  });

  test('what is published at eight in the evening is there at eight, and cannot be booked before', async () => {
    const eight = new Date('2026-11-22T20:00:00+05:30');
    expect(await names({ pin: '226001' }, new Date(eight.getTime() - 1))).toEqual([]);
    expect(await names({ pin: '226001' }, eight)).toEqual(['night']);
  });

  test('a full session stays in sight with nothing free', async () => {
    await centre.importCsv([line({ session: 'tight', capacity: '1' })]);
    await centre.ok('book', { slot: await centre.slot('tight') }, centre.somebody());
    expect(await centre.ok('sessions', { kind: 'tight' }, centre.somebody())).toMatchObject([{ free: 0, times: 1 }]);
  });
});

describe('files of sessions', () => {
  test('every bad line is named, and what is wrong with it', async () => {
    const { problems, sessions } = await centre.importCsv([
      line({ session: 'good' }),
      line({ session: 'bad-date', date: '2026-02-30' }),
      line({ session: 'bad-time', from: '9:00' }),
      line({ session: 'backwards', from: '11:00', to: '09:00' }),
      line({ session: 'seats', capacity: 'many' }),
      line({ session: 'pin', pin: '22601' }),
      line({ session: 'fee', fee: '-5' }),
      line({ session: 'publish', publish_at: 'tonight' }),
      line({ session: 'no-name', name: '' }),
      line({ session: 'good' }),
      line({ session: 'good', from: '12:00', to: '13:00', min_age: '18' }),
    ]);
    expect(sessions).toBe(0);
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      '3: "date": must be a date, for example 2026-11-23',
      '4: "from": must be a time of day, for example 09:30',
      '5: "to": must be later than "from"',
      '6: "capacity": must be a whole number',
      '7: "pin": must have six digits',
      '8: "fee": must be rupees, for example 780 or 49.50',
      '9: "publish_at": must be a date and a time, for example 2026-11-22 20:00',
      '10: No text in name_en, name_hi',
      '11: "good 09:00 " stands in line 2 already',
      '12: "min_age" of session good differs from line 2',
    ]);
  });

  test('read again it changes nothing; with other numbers it does, and never below what is taken', async () => {
    const file = (capacity: string, more: Record<string, string> = {}) =>
      centre.importCsv([line({ session: 'again', capacity, ...more })]);
    const free = async () => listOf(await centre.ok('sessions', { kind: 'again' }, centre.somebody()));
    for (let times = 0; times < 2; times += 1) {
      expect(await file('3')).toEqual({ problems: [], sessions: 1, slots: 1, seats: 3 });
      expect(await free()).toMatchObject([{ free: 3 }]);
    }
    const slot = await centre.slot('again');
    for (let people = 0; people < 2; people += 1) await centre.ok('book', { slot }, centre.somebody());
    await file('5');
    expect(await free()).toMatchObject([{ free: 3 }]);
    await file('2');
    expect(await free()).toMatchObject([{ free: 0 }]);
    expect((await file('1')).problems).toMatchObject([
      { line: 2, message: 'The capacity cannot fall to 1: 1 more seats are taken' },
    ]);
    expect((await file('2', { date: '2026-11-26' })).problems).toMatchObject([
      { message: 'Session again has appointments: its resource, date and kind cannot be changed' },
    ]);
  });

  test('no table at all', async () => {
    expect((await centre.importCsv(['"a quote that does not end'])).problems).toMatchObject([{ code: 'data:csv' }]);
  });
});
