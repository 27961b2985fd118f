import type { Database } from '@hazir/store';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../tests/support/database.ts';
import { holdLeases, type Leases } from './leases.ts';

const WITHIN = { timeout: 15_000 };
let database: Database;
let holders: { leases: Leases; lost: number[]; returned: number[]; heard: string[] }[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(async () => {
  for (const { leases } of holders) await leases.stop();
  holders = [];
});

/** A process that works what it can get of these numbers. */
async function join(wanted: number[]) {
  const lost: number[] = [];
  const returned: number[] = [];
  const heard: string[] = [];
  const leases = await holdLeases(
    database,
    {
      wanted: () => wanted,
      gained: async () => undefined,
      handBack: async (ids) => void returned.push(...ids),
      lost: (ids) => void lost.push(...ids),
      signals: { lease_test: (payload) => void heard.push(payload) },
    },
    () => undefined,
  );
  const holder = { leases, lost, returned, heard };
  holders.push(holder);
  return holder;
}
const heldBy = (...some: { leases: Leases }[]) => some.flatMap(({ leases }) => leases.held()).sort((a, b) => a - b);

test('one process holds everything at once, and hears what others tell', async () => {
  const only = await join([1, 2, 3]);
  expect(heldBy(only)).toEqual([0, 1, 2, 3]);
  expect([1, 4].map(only.leases.holds)).toEqual([true, false]);
  await database.query(`notify lease_test, '2,3'`);
  await expect.poll(() => only.heard, WITHIN).toEqual(['2,3']);
});

test('a second process gets its half in order, and everything when the first has gone', async () => {
  const first = await join([1, 2, 3, 4, 5]);
  const second = await join([1, 2, 3, 4, 5]);
  await expect.poll(() => [first, second].map((one) => heldBy(one).length), WITHIN).toEqual([3, 3]);
  expect(heldBy(first, second)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(first.returned).toHaveLength(3);
  expect(first.leases.holds(0)).toBe(true);
  await first.leases.stop();
  await expect.poll(() => heldBy(second), WITHIN).toEqual([0, 1, 2, 3, 4, 5]);
});

test('never two hold one number, whatever happens to their connections', async () => {
  const both = [await join([1, 2, 3, 4]), await join([1, 2, 3, 4])];
  for (let round = 0; round < 3; round += 1) {
    await expect.poll(() => heldBy(...both), WITHIN).toEqual([0, 1, 2, 3, 4]);
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'hazir leases' and datname = current_database() order by pid limit 1`,
    );
    await expect.poll(() => both.some(({ lost }) => lost.length > 0), WITHIN).toBe(true);
    const held = heldBy(...both);
    expect(new Set(held).size).toBe(held.length);
    for (const { lost } of both) lost.length = 0;
  }
  await expect.poll(() => heldBy(...both), WITHIN).toEqual([0, 1, 2, 3, 4]);
});

test('a number that is gone is given up, a new one is taken', async () => {
  const numbers = [1, 2];
  const only = await join(numbers);
  numbers.splice(0, 1);
  numbers.push(7);
  await expect.poll(() => heldBy(only), WITHIN).toEqual([0, 2, 7]);
  expect(only.returned).toEqual([1]);
});

test('what could not be taken up is given up, however late that shows, and begun anew', async () => {
  const first = Promise.withResolvers<void>();
  const taken: (readonly number[])[] = [];
  const lost: number[] = [];
  const leases = await holdLeases(
    database,
    {
      wanted: () => [1],
      gained: (ids) => (taken.push(ids) === 1 ? first.promise : Promise.resolve()),
      handBack: async () => undefined,
      lost: (ids) => void lost.push(...ids),
      signals: {},
    },
    () => undefined,
  );
  holders.push({ leases, lost, returned: [], heard: [] });
  first.reject(new Error('its outbox could not be read'));
  await expect
    .poll(() => [lost, taken, leases.held()], WITHIN)
    .toEqual([
      [0, 1],
      [
        [0, 1],
        [0, 1],
      ],
      [0, 1],
    ]);
});
