import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelUpdate } from '@hazir/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIntake, type Intake, type IntakeOptions } from './intake.ts';
import { openSpool } from './spool.ts';

let folder: string;
let intake: Intake;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hazir-intake-'));
});
afterEach(async () => {
  await intake.close();
  await rm(folder, { recursive: true, force: true });
});

/** A database that can be away, hang, or refuse one body. */
function fakeDatabase() {
  const stored: string[] = [];
  const asides: string[] = [];
  const events: string[] = [];
  const state = { away: false, hanging: false, refused: '', asked: 0 };
  const options = {
    accept: async (_channelType: string, updates: readonly ChannelUpdate[]) => {
      state.asked += 1;
      const names = updates.map((update) => (update.type === 'unknown_received' ? update.reason : ''));
      if (state.hanging) await new Promise(() => undefined);
      if (state.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      if (names.includes(state.refused)) throw new Error('violates a constraint');
      // As the inbox is: unique by message id.
      stored.push(...names.filter((name) => !stored.includes(name)));
    },
    parse: (_channelType: string, raw: Buffer) => updatesOf(raw.toString()),
    setAside: async ({ raw }: { raw: Buffer }) => void asides.push(raw.toString()),
    log: (_level: string, event: string) => void events.push(event),
    now: Date.now,
  } satisfies Partial<IntakeOptions>;
  return { stored, asides, events, state, options };
}

const updatesOf = (name: string): ChannelUpdate[] => [{ type: 'unknown_received', reason: name, raw: {} }];
const bodyOf = (name: string) => ({ channelType: 'whatsapp', raw: Buffer.from(name), updates: updatesOf(name) });
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `m${from + n}`);

async function openFor(database: ReturnType<typeof fakeDatabase>, changed: Partial<IntakeOptions> = {}) {
  const mostBytes = changed.mostBytes ?? 1e6;
  const { log } = database.options;
  const spool = await openSpool({ folder, mostBytes, now: Date.now, log });
  intake = createIntake({ ...database.options, spool, mostBytes, slowMs: 300, ...changed });
  return intake;
}
const takeAll = (some: readonly string[]) => Promise.all(some.map((name) => intake.take(bodyOf(name))));
const emptied = () => expect.poll(() => intake.state().phase, { timeout: 5_000, interval: 5 }).toBe('direct');

test('with a database nothing touches the disk', async () => {
  const database = fakeDatabase();
  await openFor(database);
  expect(await takeAll(names(0, 10))).toEqual(names(0, 10).map(() => true));
  expect(database.stored).toEqual(names(0, 10));
  expect(intake.state()).toMatchObject({ phase: 'direct', bytes: 0, spooled: 0, oldestAt: undefined });
});

test('while it is away everything is accepted at once, by one that asks and many that do not, and replayed in order', async () => {
  const database = fakeDatabase();
  await openFor(database);
  await takeAll(['m0']);
  database.state.away = true;
  expect(await takeAll(names(1, 200))).toEqual(names(1, 200).map(() => true));
  const asked = database.state.asked;
  expect(await takeAll(names(200, 500))).toEqual(names(200, 500).map(() => true));
  expect(database.state.asked - asked).toBeLessThan(10);
  expect(intake.state()).toMatchObject({ phase: 'spooling', spooled: 499 });
  expect(intake.state().oldestAt).toBeGreaterThan(0);
  database.state.away = false;
  // Newer ones go behind the older.
  const newer = takeAll(names(500, 600));
  await newer;
  await emptied();
  expect(database.stored).toEqual(names(0, 600));
  expect(database.events).toEqual(['spool_entered', 'spool_left']);
  expect(await takeAll(['m600'])).toEqual([true]);
  expect(database.stored.at(-1)).toBe('m600');
});

test('it leaves the spool although webhooks keep coming', async () => {
  const database = fakeDatabase();
  await openFor(database);
  database.state.away = true;
  await takeAll(names(0, 50));
  database.state.away = false;
  let next = 50;
  const taking: Promise<boolean>[] = [];
  const coming = setInterval(() => taking.push(intake.take(bodyOf(`m${next++}`))), 1);
  await emptied();
  clearInterval(coming);
  expect(await Promise.all(taking)).not.toContain(false);
  expect(database.stored).toEqual(names(0, next));
});

test('a database that does not answer is noticed within the patience', async () => {
  const database = fakeDatabase();
  await openFor(database);
  database.state.hanging = true;
  const from = performance.now();
  expect(await takeAll(names(0, 3))).toEqual([true, true, true]);
  expect(performance.now() - from).toBeLessThan(2_000);
  expect(intake.state()).toMatchObject({ phase: 'spooling', spooled: 3 });
});

test('a full spool refuses, and what it refused is not stored', async () => {
  const database = fakeDatabase();
  await openFor(database, { mostBytes: 400 });
  database.state.away = true;
  const answers = await takeAll(names(0, 20));
  expect(answers).toContain(false);
  expect(intake.state()).toMatchObject({ refused: answers.filter((kept) => !kept).length });
  database.state.away = false;
  await emptied();
  expect(database.stored).toEqual(names(0, 20).filter((_, n) => answers[n]));
});

test('a body that the database refuses is set aside, and its neighbours are stored in order', async () => {
  const database = fakeDatabase();
  await openFor(database);
  database.state.away = true;
  await takeAll(names(0, 10));
  Object.assign(database.state, { away: false, refused: 'm4' });
  await emptied();
  expect(database.stored).toEqual(names(0, 10).filter((name) => name !== 'm4'));
  expect(database.asides).toEqual(['m4']);
  await expect(intake.take(bodyOf('m4'))).rejects.toThrow('violates a constraint');
});

test('the next process replays what the last one left, before anything newer', async () => {
  const database = fakeDatabase();
  await openFor(database);
  database.state.away = true;
  await takeAll(names(0, 10));
  await intake.close();
  database.state.away = false;
  await openFor(database);
  expect(intake.state().phase).not.toBe('direct');
  expect(await takeAll(['m10'])).toEqual([true]);
  await emptied();
  expect(database.stored).toEqual(names(0, 11));
});

test('of two processes on one folder the second follows the first into the spool, and the order among them is kept', async () => {
  const database = fakeDatabase();
  const first = await openFor(database);
  const second = await openFor(database);
  database.state.away = true;
  const order: string[] = [];
  const say = async (of: Intake, name: string) => {
    expect(await of.take(bodyOf(name))).toBe(true);
    order.push(name);
  };
  await say(first, 'm0');
  // The second does not know yet that the database is away, and must not overtake when it comes back.
  database.state.away = false;
  for (let n = 1; n < 300; n += 1) await say(n % 2 === 0 ? first : second, `m${n}`);
  await expect.poll(() => [first.state().phase, second.state().phase], { timeout: 5_000 }).toEqual(['direct', 'direct']);
  expect(database.stored).toEqual(order);
  await first.close();
});

test('two processes that both spool for long lose nothing and keep the order', async () => {
  const database = fakeDatabase();
  const first = await openFor(database);
  const second = await openFor(database);
  database.state.away = true;
  const order: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    if (n === 40) database.state.away = false;
    expect(await (n % 3 === 0 ? first : second).take(bodyOf(`m${n}`))).toBe(true);
    order.push(`m${n}`);
  }
  await expect.poll(() => [first.state().phase, second.state().phase], { timeout: 5_000 }).toEqual(['direct', 'direct']);
  expect(database.stored).toEqual(order);
  await first.close();
});
