/** What flows may do with the people of a contact. */
import type { CallSubject } from '@hazir/core';
import type { Operation } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { isBirthYear, isName, readIdDigits, readNameAndYear } from './read-person.ts';
import { deletePerson, type Household, insertPerson, listPeople, type PersonRow } from './records.ts';
import type { PeopleSettings } from './settings.ts';

const badInput = 'people:bad-input';
const gender = z.enum(['female', 'male', 'other']);
const personId = z.uuid().describe('Of people.list.');
const personShape = z.object({
  id: z.string(),
  name: z.string(),
  birthYear: z.number().int(),
  age: z.number().int().describe('As old as they become this year.'),
  gender,
  idType: z.string(),
  idDigits: z.string().describe('The last four digits.'),
});

const IST_MS = 5.5 * 3_600_000;

/** The operations of this pack's people. */
export function peopleOperations(settings: PeopleSettings): Operation[] {
  return [list(settings), find(), readName(), readDigits(), add(settings), remove()];
}

function list({ most }: PeopleSettings): Operation {
  return defineOperation({
    name: 'people.list',
    summary: 'The people of the contact, in the order in which they were added, and whether one more may be.',
    input: z.object({}),
    output: z.object({ people: z.array(personShape), mayAdd: z.boolean(), most: z.number().int() }),
    badInput,
    run: async (_given, { tx, subject, now }) => {
      const rows = await listPeople(tx, householdOf(subject));
      return done({ people: rows.map((row) => personOf(row, now)), mayAdd: rows.length < most, most });
    },
  });
}

function find(): Operation {
  return defineOperation({
    name: 'people.find',
    summary: 'One person of the contact.',
    input: z.object({ person: z.string().max(64).describe('The id of a person.') }),
    output: personShape,
    badInput,
    run: async ({ person }, { tx, subject, now }) => {
      const row = (await listPeople(tx, householdOf(subject))).find(({ id }) => id === person);
      return row === undefined ? failed('people:not-found', 'The contact has no such person.') : done(personOf(row, now));
    },
  });
}

function readName(): Operation {
  return defineOperation({
    name: 'people.read',
    summary: 'Reads a name, a year of birth or an age, or both of them, as people write them.',
    input: z.object({ text: z.string().max(500) }),
    output: z.object({ name: z.string().describe('Empty when none was written.'), birthYear: z.number().int().nullable() }),
    badInput,
    run: async ({ text }, { now }) => {
      const found = readNameAndYear(text, yearOf(now));
      if (!found.ok) return found;
      const { name, birthYear } = found.value;
      return birthYear === null && !isName(name) ? failed('people:bad-name', 'This is no name.') : found;
    },
  });
}

function readDigits(): Operation {
  return defineOperation({
    name: 'people.readDigits',
    summary: 'Reads the last four digits of an identity document.',
    input: z.object({ text: z.string().max(500) }),
    output: z.object({ digits: z.string() }),
    badInput,
    run: async ({ text }) => {
      const digits = readIdDigits(text);
      return digits.ok ? done({ digits: digits.value }) : digits;
    },
  });
}

const newPerson = z.object({
  name: z.string().max(80),
  birthYear: z.number().int(),
  gender,
  idType: z.string().max(40),
  idDigits: z.string().max(500).describe('The last four digits, as typed.'),
});

function add({ most, idTypes }: PeopleSettings): Operation {
  return defineOperation({
    name: 'people.add',
    summary: 'Adds a person to the contact.',
    input: newPerson,
    output: personShape,
    badInput,
    run: async (given, { tx, subject, now, newId }) => {
      const checked = check(given, { idTypes, year: yearOf(now), id: newId() });
      if (!checked.ok) return checked;
      const added = await insertPerson(tx, householdOf(subject), { person: checked.value, most, now });
      return added === undefined
        ? failed('people:too-many', 'The contact has as many people as one may have.')
        : done(personOf(added, now));
    },
  });
}

function remove(): Operation {
  return defineOperation({
    name: 'people.remove',
    summary: 'Removes a person from the contact; appointments that they have stay.',
    input: z.object({ person: personId }),
    output: z.object({ person: z.string() }),
    badInput,
    run: async ({ person }, { tx, subject }) =>
      (await deletePerson(tx, householdOf(subject), person))
        ? done({ person })
        : failed('people:not-found', 'The contact has no such person.'),
  });
}

function check(
  { name, birthYear, gender, idType, idDigits }: z.output<typeof newPerson>,
  { idTypes, year, id }: { idTypes: readonly string[]; year: number; id: string },
): Outcome<PersonRow> {
  const plain = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (!isName(plain) || /\p{Nd}/u.test(plain)) return failed('people:bad-name', 'This is no name.');
  if (!isBirthYear(birthYear, year)) return failed('people:bad-birth-year', 'Nobody who is alive was born in this year.');
  if (!idTypes.includes(idType)) return failed('people:bad-id-type', 'This kind of document is not taken.');
  const digits = readIdDigits(idDigits);
  if (!digits.ok) return digits;
  return done({ id, name: plain, birth_year: birthYear, gender, id_type: idType, id_digits: digits.value });
}

function personOf(row: PersonRow, now: Date): z.output<typeof personShape> {
  return {
    id: row.id,
    name: row.name,
    birthYear: row.birth_year,
    age: yearOf(now) - row.birth_year,
    gender: row.gender,
    idType: row.id_type,
    idDigits: row.id_digits,
  };
}

function householdOf({ organizationId, contactId }: CallSubject): Household {
  return { organizationId, contactId };
}

/** The year in India. */
function yearOf(now: Date): number {
  return new Date(now.getTime() + IST_MS).getUTCFullYear();
}
