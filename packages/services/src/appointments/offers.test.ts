import type { CallSubject } from '@hazir/core';
import { property, textProperty } from '@hazir/core';
import { type Database, freshId } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Told } from '../tell.ts';
import { offerSeats } from './offers.ts';
import { codeOf, line, listOf, openTestCentre, START, type TestCentre } from './testing.ts';
import { later, MINUTE } from './times.ts';

let database: Database;
let centre: TestCentre;
const soon = later(START, MINUTE);

beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database);
});

/** A full slot with one seat, and people in line before it. */
async function fullSlot(session: string, people: number) {
  await centre.importCsv([line({ session, capacity: '1' })]);
  const slot = await centre.slot(session);
  const owner = centre.somebody();
  const reference = textProperty(await centre.ok('book', { slot }, owner), 'reference') ?? '';
  const waiting = Array.from({ length: people }, () => centre.somebody());
  for (const [index, one] of waiting.entries())
    expect(await centre.ok('wait', { slot }, one)).toMatchObject({ position: index + 1, slot });
  const cancel = () => centre.ok('cancel', { reference }, owner);
  return { slot, waiting, cancel };
}

async function look(now = soon): Promise<Told[]> {
  const offers: Told[] = [];
  await offerSeats(database, { now, tell: async (_tx, offer) => void offers.push(offer) });
  return offers;
}

const holdOf = (offers: readonly Told[]) => textProperty(offers[0]?.values, 'hold') ?? '';
const bookHeld = (hold: string, subject: CallSubject | undefined, now = soon) =>
  centre.run('book', { hold }, subject ?? centre.somebody(), { now }).then(codeOf);

test('a seat that becomes free is offered to the head of the line for a quarter of an hour, then to the next', async () => {
  const { slot, waiting, cancel } = await fullSlot('line', 3);
  expect(await look()).toEqual([]);
  await cancel();
  expect(codeOf(await centre.run('book', { slot }, centre.somebody()))).toBe('full');
  const first = await look();
  expect(first.map(({ contactId }) => contactId)).toEqual([waiting[0]?.contactId]);
  expect(await look()).toEqual([]);
  expect(await centre.ok('waiting', {}, waiting[1] ?? centre.somebody())).toMatchObject([{ position: 1 }]);
  const until = later(soon, 15 * MINUTE);
  expect(await look(until)).toEqual([]);
  const second = await look(later(until, 1));
  expect(second.map(({ contactId }) => contactId)).toEqual([waiting[1]?.contactId]);
  expect(await bookHeld(holdOf(first), waiting[0], later(until, 2))).toBe('hold-lapsed');
  expect(await bookHeld(holdOf(second), waiting[1], later(until, 2))).toBe('ok');
  expect(await bookHeld(holdOf(second), waiting[1], later(until, 2))).toBe('ok');
  expect(await look(later(until, 3))).toEqual([]);
  expect(listOf(await centre.ok('waiting', {}, waiting[1] ?? centre.somebody()))).toEqual([]);
});

test('nobody stands in a line twice; who leaves it makes room, also with an offer', async () => {
  const { slot, waiting, cancel } = await fullSlot('leave', 3);
  const [one, two, three] = waiting;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three wait');
  expect(await centre.ok('wait', { slot }, two)).toMatchObject({ position: 2 });
  await centre.ok('stopWaiting', { slot }, two);
  expect(codeOf(await centre.run('stopWaiting', { slot }, two))).toBe('not-waiting');
  expect(await centre.ok('wait', { slot }, three)).toMatchObject({ position: 2 });
  await cancel();
  expect(await look()).toMatchObject([{ contactId: one.contactId }]);
  await centre.ok('stopWaiting', { slot }, one);
  expect(await look()).toMatchObject([{ contactId: three.contactId }]);
});

test('an offer does not lift a limit, and who has a place elsewhere in the session is passed over', async () => {
  const { slot, waiting, cancel } = await fullSlot('limits', 2);
  await centre.importCsv([
    line({ session: 'elsewhere' }),
    line({ session: 'limits', capacity: '1' }),
    line({ session: 'limits', capacity: '1', from: '12:00', to: '13:00' }),
  ]);
  const subject = centre.somebody();
  const slots = listOf(
    await centre.ok(
      'slots',
      { session: property(listOf(await centre.ok('sessions', { kind: 'limits' }, subject))[0], 'session') ?? '' },
      subject,
    ),
  );
  await centre.ok('book', { slot: textProperty(slots[1], 'slot') ?? '' }, waiting[0] ?? subject);
  await centre.ok('book', { slot: await centre.slot('elsewhere') }, waiting[1] ?? subject);
  await cancel();
  const offers = await look();
  expect(offers).toMatchObject([{ contactId: waiting[1]?.contactId }]);
  expect(await bookHeld(holdOf(offers), waiting[1])).toBe('person-limit');
  expect(codeOf(await centre.run('wait', { slot }, waiting[0] ?? subject))).toBe('already-booked');
});

test('two processes that look at once offer each seat once; a turn that is run again waits once', async () => {
  const { slot, waiting, cancel } = await fullSlot('twice', 2);
  const turn = freshId(2);
  const last = centre.somebody();
  const again = await Promise.all([1, 2, 3].map(() => centre.run('wait', { slot }, last, { turn })));
  expect(again.map((each) => (each.ok ? property(each.value, 'position') : codeOf(each)))).toEqual([3, 3, 3]);
  await cancel();
  const offers = (await Promise.all([look(), look(), look(), look()])).flat();
  expect(offers).toMatchObject([{ contactId: waiting[0]?.contactId }]);
});
