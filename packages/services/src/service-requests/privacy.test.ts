import { property } from '@hazir/core';
import { type Database, ensureOrganization, freshId } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { citizen } from '../testing.ts';
import { after, openTestDesk, POTHOLE, type TestDesk } from './testing.ts';

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

describe('privacy', () => {
  test('the owner sees the whole card', async () => {
    const subject = desk.somebody();
    const attachments = [freshId(1), { messageId: freshId(2), mimeType: 'image/jpeg' }];
    const reference = await desk.open(subject, {}, { ...POTHOLE, attachments });
    expect(await desk.find(reference, subject, { now: after(25) })).toEqual({
      reference,
      own: true,
      follows: false,
      followers: 0,
      status: 'open',
      kind: 'open',
      stateName: 'waiting to be taken up',
      category: 'Pothole',
      department: 'Roads',
      duplicateOf: null,
      canAnswer: false,
      canWithdraw: true,
      categoryCode: 'pothole',
      description: 'Deep, opposite the school',
      area: 'G/N',
      place: { latitude: 19.0268, longitude: 72.8386 },
      address: 'Balmohan, Shivaji Park',
      attachments: 2,
      openedAt: '2026-11-22T09:00:00.000Z',
      expectedAt: '2026-11-23T09:00:00.000Z',
      dueAt: '2026-11-23T09:00:00.000Z',
      closedAt: null,
      overdue: true,
      late: false,
      proof: null,
      paused: false,
      canReopen: false,
      reopenUntil: null,
      canRate: false,
      rating: null,
      events: [
        {
          ...{ type: 'service_request_opened', at: '2026-11-22T09:00:00.000Z', move: null, ledTo: 'open' },
          ...{ said: '', note: null, expectedWas: null, expectedNow: null },
        },
      ],
    });
  });

  test('somebody else with the reference learns category and status, and nothing else', async () => {
    const reference = await desk.open(desk.somebody(), {}, { ...POTHOLE, attachments: [freshId(1)] });
    await desk.close(reference, after(1));
    const card = await desk.find(reference, desk.somebody(), { now: after(2) });
    expect(card).toMatchObject({ reference, own: false, status: 'closed', category: 'Pothole', events: [] });
    const told = Object.entries(typeof card === 'object' && card !== null ? card : {}).filter(
      ([name, value]) => value !== null && value !== false && value !== 0 && name !== 'events',
    );
    expect(told.map(([name]) => name)).toEqual(['reference', 'status', 'kind', 'stateName', 'category']);
  });

  test.each([
    ['reopen', { reason: 'x' }],
    ['rate', { rating: 1 }],
    ['addNote', { note: 'x' }],
    ['addAttachment', { attachment: freshId(1) }],
  ])('nobody may %s for another', async (name, input) => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.close(reference, after(1));
    const before = await desk.find(reference, subject, { now: after(2) });
    expect(await desk.run(name, { reference, ...input }, desk.somebody(), { now: after(2) })).toMatchObject({
      ok: false,
      error: { code: 'service-requests:not-yours' },
    });
    expect(await desk.find(reference, subject, { now: after(2) })).toEqual(before);
  });

  test('another organization does not find it at all', async () => {
    const reference = await desk.open(desk.somebody());
    const other = (await ensureOrganization(database, 'elsewhere', 'Elsewhere')).id;
    expect(await desk.run('find', { reference }, citizen(other))).toMatchObject({
      ok: false,
      error: { code: 'service-requests:not-found' },
    });
  });

  test("the list holds the citizen's own, the latest first, ten at most", async () => {
    const subject = desk.somebody();
    await desk.open(desk.somebody());
    for (let count = 0; count < 12; count += 1)
      await desk.open(subject, { now: after(count) }, { ...POTHOLE, description: `No. ${count}` });
    const list = await desk.ok('mine', {}, subject, { now: after(30) });
    expect(Array.isArray(list) && list.map((each) => property(each, 'description'))).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((count) => `No. ${count}`),
    );
    expect(list).toMatchObject([
      { status: 'open', category: 'Pothole', overdue: false, expectedAt: '2026-11-23T20:00:00.000Z' },
      {},
      {},
      {},
      {},
      {},
      { overdue: true },
      {},
      {},
      {},
    ]);
  });

  test('when two records of one person are joined, the requests go along', async () => {
    const [kept, old] = [desk.somebody(), desk.somebody()];
    for (const { contactId } of [kept, old])
      await database.query('insert into contacts (organization_id, id) values ($1, $2)', [desk.organizationId, contactId]);
    const reference = await desk.open(old, {}, { ...POTHOLE, attachments: [freshId(1)] });
    await database.query("select merge_contacts($1, $2, $3, 'same phone')", [desk.organizationId, old.contactId, kept.contactId]);
    expect(await desk.find(reference, kept)).toMatchObject({ own: true, attachments: 1 });
    expect(await desk.find(reference, old)).toMatchObject({ own: false });
  });
});
