import type { CallResult, Json, JsonObject } from '@hazir/core';
import { listProperty, property, textProperty } from '@hazir/core';
import { type Database, ensureOrganization, freshId } from '@hazir/store';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { loadServices } from '../load-services.ts';
import { attempt, citizen } from '../testing.ts';
import { readIdDigits, readNameAndYear } from './read-person.ts';

const now = new Date('2026-11-22T09:00:00Z');
const services = loadServices({ people: {} }, { languages: ['en'], defaultLanguage: 'en', readText: () => undefined });
let database: Database;
let organizationId: number;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'people', 'People')).id;
});

const run = (name: string, input: JsonObject, subject = citizen(organizationId), turn = freshId(now.getTime())) =>
  attempt(services, [`people.${name}`, input], { database, subject, now, turn });
const codeOf = (result: CallResult) => (result.ok ? 'ok' : result.error.code);
const asha = { name: 'Asha Devi', birthYear: 1962, gender: 'female', idType: 'aadhaar', idDigits: '१२३४' };
const peopleOf = (result: CallResult): Json[] => (result.ok ? listProperty(result.value, 'people') : []);

test('a person is added, found and removed; of the document only its kind and four digits are kept', async () => {
  const subject = citizen(organizationId);
  const added = await run('add', asha, subject);
  expect(added).toMatchObject({ value: { name: 'Asha Devi', birthYear: 1962, age: 64, idDigits: '1234' } });
  const id = textProperty(property(added, 'value'), 'id') ?? '';
  expect(await run('list', {}, subject)).toMatchObject({ value: { people: [{ id }], mayAdd: true, most: 4 } });
  expect(codeOf(await run('find', { person: id }, subject))).toBe('ok');
  expect(codeOf(await run('find', { person: id }))).toBe('people:not-found');
  expect(codeOf(await run('remove', { person: id }))).toBe('people:not-found');
  expect(codeOf(await run('remove', { person: id }, subject))).toBe('ok');
  expect(peopleOf(await run('list', {}, subject))).toEqual([]);
});

test('four people and no fifth, also when they come at once; a turn that is run again adds nobody twice', async () => {
  const subject = citizen(organizationId);
  const turns = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => ({ name: `Person ${letter}`, turn: freshId(1) }));
  for (const { name, turn } of turns.slice(0, 3)) {
    await run('add', { ...asha, name }, subject, turn);
    expect(codeOf(await run('add', { ...asha, name }, subject, turn))).toBe('ok');
  }
  const last = await Promise.allSettled(turns.slice(3).map(({ name, turn }) => run('add', { ...asha, name }, subject, turn)));
  expect(last.filter((one) => one.status === 'fulfilled' && one.value.ok)).toHaveLength(1);
  expect(codeOf(await run('add', { ...asha, name: 'Fifth' }, subject))).toBe('people:too-many');
  const listed = await run('list', {}, subject);
  expect(peopleOf(listed)).toHaveLength(4);
  expect(listed).toMatchObject({ value: { mayAdd: false } });
});

test.each([
  ['a birth year in the future', { birthYear: 2027 }, 'people:bad-birth-year'],
  ['a birth year of long ago', { birthYear: 1880 }, 'people:bad-birth-year'],
  ['a whole identity number', { idDigits: '2345 6789 0123' }, 'people:whole-id'],
  ['three digits', { idDigits: '123' }, 'people:bad-id-digits'],
  ['no name', { name: ' 7 ' }, 'people:bad-name'],
  ['a document that is not taken', { idType: 'library-card' }, 'people:bad-id-type'],
  ['an unknown gender', { gender: 'x' }, 'people:bad-input'],
])('%s leaves nothing behind', async (_what, change, code) => {
  const subject = citizen(organizationId);
  expect(codeOf(await run('add', { ...asha, ...change }, subject))).toBe(code);
  expect(peopleOf(await run('list', {}, subject))).toEqual([]);
});

test.each([
  ['Asha Devi 1962', 'Asha Devi', 1962],
  ['आशा देवी, १९६२', 'आशा देवी', 1962],
  ['রহিমা বেগম (১৯৫৫)', 'রহিমা বেগম', 1955],
  ['முருகன் 64', 'முருகன்', 1962],
  ["D'Souza-Rao, J.", "D'Souza-Rao J.", null],
  ['1990', '', 1990],
])('reads %s', (text, name, birthYear) => {
  expect(readNameAndYear(text, 2026)).toEqual({ ok: true, value: { name, birthYear } });
});

test.each(['Asha 2031', 'Asha 1850', 'Asha 12 1962', 'Asha 999'])('asks again for the year of %s', (text) => {
  expect(readNameAndYear(text, 2026)).toMatchObject({ ok: false, error: { code: 'people:bad-birth-year' } });
});

test('never more than four digits of an identity document come through', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const read = readIdDigits(text);
      return !read.ok || /^\d{4}$/.test(read.value);
    }),
  );
});
