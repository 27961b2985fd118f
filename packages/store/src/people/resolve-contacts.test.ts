import type { Identity } from '@hazir/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Database } from '../database.ts';
import { ensureOrganization } from '../setup/organizations.ts';
import type { Person } from './identities.ts';
import { applyIdentityChange } from './identity-change.ts';
import { resolveContacts } from './resolve-contacts.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 22);

let database: Database;
let organizationId: number;
let people = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  organizationId = (await ensureOrganization(database, 'people', 'People')).id;
});

const phone = (value: string): Identity => ({ kind: 'phone', value });
const bsuid = (value: string): Identity => ({ kind: 'bsuid', value });
/** Values of their own for each test, so that cases do not meet. */
const fresh = () => {
  people += 1;
  return {
    phone: phone(`9199900${String(people).padStart(5, '0')}`),
    other: phone(`9188800${String(people).padStart(5, '0')}`),
    id: bsuid(`IN.A${people}`),
    id2: bsuid(`IN.B${people}`),
  };
};
const person = (identities: Identity[], seenAt = START): Person => ({
  organizationId,
  channelType: 'whatsapp',
  scope: 'portfolio',
  identities,
  seenAt: new Date(seenAt),
});
const resolve = async (identities: Identity[], seenAt = START) =>
  (await resolveContacts(database, [person(identities, seenAt)])).contactIds[0];
const change = (before: Identity[], after: Identity[], reason: 'number' | 'user_id') =>
  applyIdentityChange(
    database,
    { organizationId, channelType: 'whatsapp', scope: 'portfolio' },
    {
      type: 'identity_changed',
      accountId: 'n',
      externalId: `w${people}`,
      timestamp: START + 1_000,
      before,
      after,
      reason,
    },
  );

describe('many first messages at once', () => {
  test('each newcomer has one record, also one who wrote twice, by phone and by both', async () => {
    const [a, b, c] = [fresh(), fresh(), fresh()];
    const known = await resolve([c.phone]);
    const batch = [[a.phone, a.id], [b.phone], [a.phone, a.id], [b.phone, b.id], [c.phone], [b.id]];
    const { contactIds } = await resolveContacts(
      database,
      batch.map((identities) => person(identities)),
    );
    const [first, second, again, both, third, scoped] = contactIds;
    expect([again, both, scoped, third]).toEqual([first, second, second, known]);
    expect(new Set(contactIds).size).toBe(3);
    expect((await resolveContacts(database, [person([a.id]), person([b.phone])])).contactIds).toEqual([first, second]);
  });

  test('two processes that meet the same newcomers make one record of each', async () => {
    const people = Array.from({ length: 40 }, () => fresh()).map(({ phone, id }) => person([phone, id]));
    const [one, other] = await Promise.all([resolveContacts(database, people), resolveContacts(database, people.toReversed())]);
    expect(one.contactIds).toEqual(other.contactIds.toReversed());
    expect(new Set(one.contactIds).size).toBe(40);
  });
});

describe('who wrote', () => {
  test('the same person by phone, by user id or by both is one record', async () => {
    const { phone, id } = fresh();
    const first = await resolve([phone, id]);
    expect(await resolve([phone])).toBe(first);
    expect(await resolve([id])).toBe(first);
  });

  test('a record known by phone learns its user id', async () => {
    const { phone, id } = fresh();
    const first = await resolve([phone]);
    expect(await resolve([phone, id])).toBe(first);
    expect(await resolve([id])).toBe(first);
  });

  test('a phone that comes with another user id has a new owner, who sees nothing of the old one', async () => {
    const { phone, id, id2 } = fresh();
    const old = await resolve([phone, id]);
    const next = await resolve([phone, id2]);
    expect(next).not.toBe(old);
    expect(await resolve([phone])).toBe(next);
    expect(await resolve([id])).toBe(old);
  });

  test('a user id and a recent phone-only record are joined when the provider names both', async () => {
    const { phone, id } = fresh();
    const byPhone = await resolve([phone]);
    const byId = await resolve([id]);
    expect(byId).not.toBe(byPhone);
    expect(await resolve([phone, id])).toBe(byId);
    const { rows } = await database.query('select merged_into from contacts where id = $1', [byPhone]);
    expect(rows).toEqual([{ merged_into: byId }]);
  });

  test('a phone-only record that was silent for long is not joined: the number may have a new owner', async () => {
    const { phone, id } = fresh();
    const byPhone = await resolve([phone], START - 90 * DAY);
    const byId = await resolve([id]);
    expect(await resolve([phone, id])).toBe(byId);
    const { rows } = await database.query('select merged_into from contacts where id = $1', [byPhone]);
    expect(rows).toEqual([{ merged_into: null }]);
  });

  test('twenty first messages of one person at once make one record', async () => {
    const { phone, id } = fresh();
    const found = await Promise.all(Array.from({ length: 20 }, (_, n) => resolve(n % 2 === 0 ? [phone, id] : [phone])));
    expect(new Set(found).size).toBe(1);
  });

  test('another organization never meets the record', async () => {
    const { phone } = fresh();
    const here = await resolve([phone]);
    const other = await ensureOrganization(database, 'other', 'Other');
    const there = await resolveContacts(database, [{ ...person([phone]), organizationId: other.id }]);
    expect(there.contactIds[0]).not.toBe(here);
  });
});

describe('identifiers that change', () => {
  test('a new number keeps the record and gives the old number back', async () => {
    const { phone, other, id } = fresh();
    const first = await resolve([phone, id]);
    await change([phone], [other], 'number');
    expect(await resolve([other])).toBe(first);
    expect(await resolve([phone])).not.toBe(first);
  });

  test('a new number forgets what the old one had proven', async () => {
    const { phone, other } = fresh();
    const first = await resolve([phone]);
    await database.query('update contacts set phone_verified_at = now() where id = $1', [first]);
    await change([phone], [other], 'number');
    const { rows } = await database.query('select phone_verified_at from contacts where id = $1', [first]);
    expect(rows).toEqual([{ phone_verified_at: null }]);
  });

  test('a new user id is the same person, also when a message under it came first', async () => {
    const { phone, id, id2 } = fresh();
    const first = await resolve([phone, id]);
    const early = await resolve([id2]);
    expect(early).not.toBe(first);
    await change([id], [id2], 'user_id');
    expect(await resolve([id2])).toBe(first);
    expect(await resolve([id2, phone])).toBe(first);
  });

  test.each([
    ['number first', ['number', 'user_id']],
    ['user id first', ['user_id', 'number']],
  ] as const)('a new number comes as two notices, %s: still one record', async (_order, reasons) => {
    const { phone, other, id, id2 } = fresh();
    const first = await resolve([phone, id]);
    for (const reason of reasons)
      await (reason === 'number' ? change([id, phone], [other], 'number') : change([id], [id2], 'user_id'));
    expect(await resolve([other, id2], START + 9_000)).toBe(first);
  });

  test('a message that overtakes both notices ends in the same record', async () => {
    const { phone, other, id, id2 } = fresh();
    const first = await resolve([phone, id]);
    await resolve([other, id2], START + 500);
    await change([id, phone], [other], 'number');
    await change([id], [id2], 'user_id');
    expect(await resolve([other, id2], START + 9_000)).toBe(first);
  });

  test('a notice that comes twice changes nothing more', async () => {
    const { phone, other } = fresh();
    const first = await resolve([phone]);
    await change([phone], [other], 'number');
    const newOwner = await resolve([phone], START + 5_000);
    await change([phone], [other], 'number');
    expect(await resolve([other])).toBe(first);
    expect(await resolve([phone])).toBe(newOwner);
  });
});

describe('a number that was silent for long', () => {
  test.each([
    ['comes back with a user id: it may have a new owner, who gets a record of his own', [0, 700], false],
    ['wrote by phone alone all the time: the record is kept and gets the user id', [0, 50, 100, 110], true],
  ])('%s', async (_what, days, same) => {
    const { phone, id } = fresh();
    const before = days.slice(0, -1);
    const records: (string | undefined)[] = [];
    for (const day of before) records.push(await resolve([phone], START + day * DAY));
    const now = await resolve([phone, id], START + (days.at(-1) ?? 0) * DAY);
    expect(new Set(records).size).toBe(1);
    expect(now === records[0]).toBe(same);
    expect(await resolve([phone], START + 701 * DAY)).toBe(now);
  });
});
