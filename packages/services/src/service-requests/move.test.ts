/** What officers may do, and what stops them. */
import { type Database, freshId } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { mergeRequests } from './merge.ts';
import type { RequestRow } from './records.ts';
import { after, openTestDesk, POTHOLE, START, type TestDesk } from './testing.ts';
import { type TransferInput, transferRequest } from './transfer.ts';

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

const outcome = (result: { ok: true; value: RequestRow } | { ok: false; error: { code: string } }) =>
  result.ok ? result.value.status : result.error.code.replace('service-requests:', '');

function acting(now: Date, post?: string) {
  const actor = post === undefined ? { as: 'system' as const, id: 'desk' } : { as: 'officer' as const, id: 'officer-1', post };
  return { organizationId: desk.organizationId, actor, now, newId: () => freshId(now.getTime()) };
}

function transfer(reference: string, to: TransferInput['to'], { hour, post }: { hour: number; post?: string }) {
  return database.transaction((tx) =>
    transferRequest(tx, desk.desk, { reference, to, note: 'Not ours', ...acting(after(hour), post) }),
  );
}

describe('the life cycle', () => {
  test.each<[string, [string, object?][], string]>([
    ['work begins and ends', [['start'], ['close', { note: 'Filled' }]], 'closed'],
    ['waits and goes on', [['hold', { reason: 'weather' }], ['start']], 'in_progress'],
    ['closed at once', [['close', { note: 'Filled' }]], 'closed'],
    ['needs sanction', [['seek_sanction', { note: 'Above our budget' }]], 'needs_sanction'],
    ['asks', [['ask_citizen', { note: 'Which side?' }]], 'waiting_for_citizen'],
    [
      'closed twice',
      [
        ['close', { note: 'x' }],
        ['close', { note: 'x' }],
      ],
      'bad-move',
    ],
    ['work on what is closed', [['close', { note: 'x' }], ['start']], 'bad-move'],
    ['begun twice', [['start'], ['start']], 'bad-move'],
    ['closed without a word', [['close']], 'note-missing'],
    ['closed with blanks', [['close', { note: '  ' }]], 'note-missing'],
    ['held without a reason', [['hold']], 'reason-missing'],
    ['held for a reason that is not listed', [['hold', { reason: 'lunch' }]], 'unknown-reason'],
    ['a move that is not there', [['vanish']], 'unknown-move'],
    ["the citizen's own move", [['withdraw']], 'wrong-officer'],
    ['a transfer by its name alone', [['transfer', { note: 'x' }]], 'unknown-move'],
  ])('%s', async (_, moves, expected) => {
    const reference = await desk.open(desk.somebody());
    let last = 'open';
    for (const [index, [move, more]] of moves.entries()) last = outcome(await desk.move(reference, move, after(index + 1), more));
    expect(last).toBe(expected);
  });

  test('an unknown reference is an error', async () => {
    expect(outcome(await desk.move('MUM-0000-0000', 'start', START))).toBe('not-found');
  });

  test.each([
    ['the road officer of the ward', 'roads-gn', 'in_progress'],
    ['the assistant commissioner of the ward', 'ward-gn', 'in_progress'],
    ['the commissioner', 'commissioner', 'in_progress'],
    ['the fall-back queue, from any ward', 'complaint-officer-a', 'in_progress'],
    ['the road officer of another ward', 'roads-a', 'wrong-officer'],
    ['the water officer of the ward', 'water-gn', 'wrong-officer'],
    ['the assistant commissioner of another ward', 'ward-a', 'wrong-officer'],
    ['a post that is not there', 'mayor', 'wrong-officer'],
  ])('%s begins work: %s', async (_, post, expected) => {
    const reference = await desk.open(desk.somebody());
    expect(outcome(await desk.move(reference, 'start', after(1), { post }))).toBe(expected);
  });

  test('of two officers who saw the same, the second is told that it has changed', async () => {
    const reference = await desk.open(desk.somebody());
    const race = await Promise.all([1, 2, 3].map((hour) => desk.move(reference, 'start', after(hour), { expectedVersion: 1 })));
    expect(race.map(outcome).sort()).toEqual(['changed-meanwhile', 'changed-meanwhile', 'in_progress']);
    expect(outcome(await desk.move(reference, 'close', after(4), { expectedVersion: 2, note: 'Filled' }))).toBe('closed');
  });

  test.each<[string, object[], string]>([
    ['no photo', [], 'photo-missing'],
    ['one that says nothing', [{}], 'photo-unplaced'],
    ['one from the spot, of an hour ago', [{ latitude: 19.0268, longitude: 72.8386, takenAt: after(29) }], 'closed'],
    ['one from 90 m away', [{ latitude: 19.0276, longitude: 72.8386, takenAt: after(30) }], 'closed'],
    ['one from 110 m away', [{ latitude: 19.0278, longitude: 72.8386, takenAt: after(30) }], 'photo-far'],
    ['an old one', [{ latitude: 19.0268, longitude: 72.8386, takenAt: after(5) }], 'photo-old'],
    ['one from before the complaint', [{ latitude: 19.0268, longitude: 72.8386, takenAt: after(-1) }], 'photo-old'],
    ['one from the future', [{ latitude: 19.0268, longitude: 72.8386, takenAt: after(31) }], 'photo-old'],
    ['a bad one and a good one', [{}, { latitude: 19.0268, longitude: 72.8386, takenAt: after(30) }], 'closed'],
  ])('an officer closes with %s', async (_, photos, expected) => {
    const reference = await desk.open(desk.somebody());
    const evidence = photos.map((photo) => ({ file: 'f', ...photo }));
    expect(outcome(await desk.move(reference, 'close', after(30), { post: 'roads-gn', note: 'Filled', photos: evidence }))).toBe(
      expected,
    );
  });
});

describe('a transfer', () => {
  test('hands it to the post for the area, and the clock goes on', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.move(reference, 'start', after(1));
    expect(await transfer(reference, { department: 'water' }, { hour: 2, post: 'roads-gn' })).toMatchObject({
      value: {
        status: 'open',
        department: 'water',
        post: 'water-gn',
        created_at: START,
        due_at: after(24),
        expected_at: after(24),
      },
    });
    expect(await desk.find(reference, subject)).toMatchObject({
      department: 'Water',
      events: [{}, {}, { said: 'passed to another office: Water', note: 'Not ours' }],
    });
  });

  test('by category brings the department of the category, and by area the post there', async () => {
    const reference = await desk.open(desk.somebody());
    expect(await transfer(reference, { category: 'choked-drain' }, { hour: 1 })).toMatchObject({
      value: { service_code: 'choked-drain', department: 'drains', post: 'drains-gn' },
    });
    expect(await transfer(reference, { area: 'A' }, { hour: 2 })).toMatchObject({ value: { area: 'A', post: 'drains-a' } });
  });

  test('that comes back goes to the fall-back queue, and what that decides stands', async () => {
    const reference = await desk.open(desk.somebody());
    await transfer(reference, { department: 'water' }, { hour: 1, post: 'roads-gn' });
    expect(await transfer(reference, { department: 'roads' }, { hour: 2, post: 'water-gn' })).toMatchObject({
      value: { department: 'complaint-officer', post: 'complaint-officer-gn' },
    });
    const decided = await transfer(reference, { department: 'water' }, { hour: 3, post: 'complaint-officer-gn' });
    expect(decided).toMatchObject({ value: { department: 'water', settled: true } });
    expect(outcome(await transfer(reference, { department: 'drains' }, { hour: 4, post: 'water-gn' }))).toBe('transfer-settled');
    expect(await transfer(reference, { post: 'water-a' }, { hour: 5, post: 'complaint-officer-gn' })).toMatchObject({
      value: { post: 'water-a' },
    });
  });

  test.each<[string, TransferInput['to'], string]>([
    ['to where it is', { department: 'roads' }, 'transfer-nowhere'],
    ['to an unknown department', { department: 'space' }, 'unknown-department'],
    ['to an unknown post', { post: 'mayor' }, 'unknown-post'],
    ['to an unknown category', { category: 'ghosts' }, 'unknown-category'],
    ['to a group of categories', { category: 'roads' }, 'category-not-final'],
    ['to a ward that nobody knows', { area: 'Z' }, 'open'],
  ])('%s', async (_, to, expected) => {
    const reference = await desk.open(desk.somebody());
    expect(outcome(await transfer(reference, to, { hour: 1 }))).toBe(expected);
  });

  test('needs to say why, and the right officer', async () => {
    const reference = await desk.open(desk.somebody());
    const silent = { reference, to: { department: 'water' }, ...acting(after(1)) };
    expect(outcome(await database.transaction((tx) => transferRequest(tx, desk.desk, silent)))).toBe('note-missing');
    expect(outcome(await transfer(reference, { department: 'water' }, { hour: 1, post: 'water-gn' }))).toBe('wrong-officer');
  });
});

describe('a merge', () => {
  const merge = (reference: string, into: string, hour = 1) =>
    database.transaction((tx) => mergeRequests(tx, desk.desk, { reference, into, ...acting(after(hour)) }));

  test('lets the citizens of both hear of the one that stays', async () => {
    const [first, second, third] = [desk.somebody(), desk.somebody(), desk.somebody()];
    const [kept, same, other] = [await desk.open(first), await desk.open(second), await desk.open(third)];
    await merge(other, same);
    expect(await merge(same, kept, 2)).toMatchObject({ value: { status: 'duplicate', kind: 'closed', duplicate_of: kept } });
    expect(await desk.find(kept, first)).toMatchObject({ followers: 2, own: true });
    for (const subject of [second, third]) {
      expect(await desk.find(kept, subject)).toMatchObject({
        own: false,
        follows: true,
        description: null,
        place: null,
        address: null,
      });
      expect(await desk.ok('mine', {}, subject)).toMatchObject([{ reference: kept, own: false, description: '' }, { own: true }]);
    }
    expect(await desk.find(same, second)).toMatchObject({ duplicateOf: kept, canReopen: true, canRate: true });
  });

  test('that was a mistake is undone by its citizen', async () => {
    const subject = desk.somebody();
    const [kept, same] = [await desk.open(desk.somebody()), await desk.open(subject)];
    await merge(same, kept);
    await desk.ok('reopen', { reference: same }, subject, { now: after(2) });
    expect(await desk.find(same, subject)).toMatchObject({ status: 'open', duplicateOf: null });
  });

  test.each<[string, (kept: string) => Promise<string>, string]>([
    ['with itself', async (kept) => kept, 'bad-merge'],
    ['with nothing', async () => 'MUM-0000-0000', 'not-found'],
    [
      'with what is closed',
      async () => {
        const closed = await desk.open(desk.somebody());
        await desk.close(closed, after(1));
        return closed;
      },
      'bad-merge',
    ],
  ])('%s is refused', async (_, into, expected) => {
    const reference = await desk.open(desk.somebody());
    expect(outcome(await merge(reference, await into(reference), 2))).toBe(expected);
  });

  test('of two requests with each other at once leaves one of them open', async () => {
    const [a, b] = [await desk.open(desk.somebody()), await desk.open(desk.somebody())];
    const race = await Promise.all([merge(a, b), merge(b, a)]);
    expect(race.map(outcome).sort()).toEqual(['bad-merge', 'duplicate']);
  });
});

describe('what is near', () => {
  const at = (latitude: number, longitude: number) => ({ ...POTHOLE, place: { latitude, longitude } });
  const near = (latitude: number, longitude: number, category = 'pothole') =>
    desk.ok('nearby', { category, place: { latitude, longitude } }, desk.somebody());

  test('is offered within 50 m, open, of the same category, the nearest first', async () => {
    const far = await desk.open(desk.somebody(), {}, at(18.95, 72.82));
    const close = await desk.open(desk.somebody(), {}, at(18.9502, 72.82));
    const closed = await desk.open(desk.somebody(), {}, at(18.9502, 72.82));
    await desk.close(closed, after(1));
    expect(await near(18.9503, 72.82)).toMatchObject([
      { reference: close, metres: 11, followers: 0, own: false, stateName: 'waiting to be taken up' },
      { reference: far, metres: 33 },
    ]);
    expect(await near(18.9506, 72.82)).toMatchObject([{ reference: close }]);
    expect(await near(18.9503, 72.82, 'footpath')).toEqual([]);
    expect(await desk.ok('nearby', { category: 'pothole', place: { pin: '400001' } }, desk.somebody())).toEqual([]);
    expect(await desk.ok('nearby', { category: 'pothole', place: null }, desk.somebody())).toEqual([]);
  });

  test('is followed once, not by its own citizen, and not when it is closed', async () => {
    const [owner, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(owner);
    for (let time = 0; time < 2; time += 1)
      expect(await desk.ok('follow', { reference, note: 'Two wheels broke' }, follower)).toMatchObject({ followers: 1 });
    const code = async (subject: typeof owner) => {
      const result = await desk.run('follow', { reference }, subject);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await code(owner)).toBe('service-requests:own-request');
    expect(JSON.stringify(await desk.find(reference, owner))).not.toContain('Two wheels');
    await desk.close(reference, after(1));
    expect(await code(desk.somebody())).toBe('service-requests:is-closed');
  });

  test('takes words and photos of who follows, which only officers read', async () => {
    const [owner, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(owner);
    await desk.ok('follow', { reference }, follower, { now: after(1) });
    await desk.ok('addNote', { reference, note: 'Deeper than a knee' }, follower);
    await desk.ok('addAttachment', { reference, attachment: freshId(3) }, follower);
    for (const subject of [owner, follower])
      expect(await desk.find(reference, subject)).toMatchObject({
        events: [{ type: 'service_request_opened' }, { type: 'service_request_followed', note: null }],
      });
    expect(await desk.find(reference, owner)).toMatchObject({ attachments: 1 });
    const { rows } = await database.query(
      'select actor, note from service_request_events where note is not null and contact_id = $1',
      [owner.contactId],
    );
    expect(rows).toEqual([{ actor: 'follower', note: 'Deeper than a knee' }]);
  });

  test('is not withdrawn while others wait, but their "not fixed" counts', async () => {
    const [owner, follower] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(owner);
    expect(await desk.find(reference, owner)).toMatchObject({ canWithdraw: true });
    await desk.ok('follow', { reference }, follower);
    expect(await desk.find(reference, owner)).toMatchObject({ canWithdraw: false });
    expect(await desk.run('withdraw', { reference }, owner)).toMatchObject({ error: { code: 'service-requests:others-wait' } });
    await desk.close(reference, after(1));
    expect(await desk.ok('reopen', { reference }, follower, { now: after(2) })).toMatchObject({ status: 'open' });
    await desk.close(reference, after(3));
    expect(await desk.ok('rate', { reference, rating: 5 }, follower, { now: after(4) })).toMatchObject({ canReopen: true });
    expect(await desk.find(reference, owner, { now: after(4) })).toMatchObject({ rating: null, canRate: true });
  });
});
