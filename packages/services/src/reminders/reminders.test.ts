import type { JsonObject } from '@hazir/core';
import { type Database, ensureOrganization } from '@hazir/store';
import { beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { loadServices } from '../load-services.ts';
import type { Told } from '../tell.ts';
import { attempt, citizen, must } from '../testing.ts';
import { sendDueReminders } from './send-due.ts';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const DAY = 86_400_000;
const services = loadServices(
  { reminders: { flows: ['second-dose-due'], most: 2 } },
  { languages: ['en'], defaultLanguage: 'en', readText: () => undefined },
);

let database: Database;
let organizationId: number;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'bihar', 'Bihar')).id;
});

const set = (subject: ReturnType<typeof citizen>, change: JsonObject = {}) =>
  attempt(
    services,
    ['reminders.set', { name: 'second-dose', date: '2026-12-01', flow: 'second-dose-due', inputs: { due: 'x' }, ...change }],
    {
      ...{ database, subject, now: NOW },
    },
  );

/** Looks for what is due, as two workers at once would. */
async function look(now: Date): Promise<Told[]> {
  const told: Told[] = [];
  const tell = async (_tx: unknown, one: Told) => void told.push(one);
  await Promise.all([1, 2].map(() => sendDueReminders(database, { now, tell })));
  return told;
}

test('opens the flow once, on its day at its time in India, with what it was set with', async () => {
  const subject = citizen(organizationId);
  expect(await set(subject)).toEqual({ ok: true, value: { name: 'second-dose', at: '2026-12-01T03:30:00.000Z' } });
  expect(await look(new Date('2026-12-01T03:29:00Z'))).toEqual([]);
  const { contactId } = subject;
  expect(await look(new Date('2026-12-01T03:30:00Z'))).toEqual([
    { organizationId, contactId, channelId: 7, flow: 'second-dose-due', values: { due: 'x' } },
  ]);
  expect(await look(new Date('2026-12-02T03:30:00Z'))).toEqual([]);
});

test('a later one of the same name takes the place of the earlier one; one can be taken back', async () => {
  const subject = citizen(organizationId);
  await set(subject);
  await set(subject, { date: '2026-12-05T20:00:00.000Z', at: '18:15' });
  const turn = { database, subject, now: NOW };
  expect(await must(services, ['reminders.mine', {}], turn)).toEqual([{ name: 'second-dose', at: '2026-12-06T12:45:00.000Z' }]);
  expect(await must(services, ['reminders.cancel', { name: 'second-dose' }], turn)).toEqual({ cancelled: true });
  expect(await must(services, ['reminders.cancel', { name: 'second-dose' }], turn)).toEqual({ cancelled: false });
  expect(await look(new Date('2026-12-07T00:00:00Z'))).toEqual([]);
});

test.each<[string, JsonObject, string]>([
  ['a day that is over', { date: '2026-11-22' }, 'reminders:past'],
  ['a day in many years', { date: '2040-01-01' }, 'reminders:too-far'],
  ['a flow that the pack does not list', { flow: 'menu' }, 'reminders:bad-input'],
  ['a day that is none', { date: '2026-02-30' }, 'reminders:bad-input'],
])('%s is refused', async (_, change, code) => {
  expect(await set(citizen(organizationId), change)).toMatchObject({ ok: false, error: { code } });
});

test('no more than a citizen may have', async () => {
  const subject = citizen(organizationId);
  await set(subject, { name: 'one' });
  await set(subject, { name: 'two' });
  expect(await set(subject, { name: 'three' })).toMatchObject({ ok: false, error: { code: 'reminders:too-many' } });
  expect(await set(subject, { name: 'two', date: '2026-12-09' })).toMatchObject({ ok: true });
});

test('a worker that comes back after days still tells; after weeks it does not', async () => {
  await set(citizen(organizationId), { date: '2027-01-10' });
  const due = new Date('2027-01-10T03:30:00Z').getTime();
  expect(await look(new Date(due + 15 * DAY))).toEqual([]);
  await set(citizen(organizationId), { date: '2027-01-10' });
  expect(await look(new Date(due + 13 * DAY))).toHaveLength(1);
});
