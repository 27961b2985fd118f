import { listProperty, textProperty } from '@hazir/core';
import { type Database, freshId } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { after, openTestDesk, POTHOLE, START, type TestDesk } from './testing.ts';

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

describe('reopening', () => {
  test.each([
    ['at once', 0, 0, 'ok'],
    ['after 71 h 59 min', 71, 59 * 60_000, 'ok'],
    ['after exactly 72 h', 72, 0, 'ok'],
    ['a millisecond later', 72, 1, 'service-requests:reopen-late'],
    ['after a month', 720, 0, 'service-requests:reopen-late'],
  ])('%s', async (_, hours, milliseconds, expected) => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.close(reference, START);
    const now = after(hours, milliseconds);
    expect(await desk.find(reference, subject, { now })).toMatchObject({
      canReopen: expected === 'ok',
      reopenUntil: '2026-11-25T09:00:00.000Z',
    });
    const result = await desk.run('reopen', { reference, reason: 'Still there' }, subject, { now });
    expect(result.ok ? 'ok' : result.error.code).toBe(expected);
    expect(await desk.find(reference, subject, { now })).toMatchObject({ status: expected === 'ok' ? 'open' : 'closed' });
  });

  test("gives the category's time once more and forgets the rating", async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.close(reference, after(10));
    await desk.ok('rate', { reference, rating: 1 }, subject, { now: after(11) });
    expect(await desk.ok('reopen', { reference, reason: '' }, subject, { now: after(12) })).toEqual({
      reference,
      status: 'open',
      expectedAt: after(36).toISOString(),
    });
    expect(await desk.find(reference, subject, { now: after(12) })).toMatchObject({
      status: 'open',
      closedAt: null,
      rating: null,
      canRate: false,
    });
  });

  test('what is not closed cannot be reopened; the same turn again counts once', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    expect(await desk.run('reopen', { reference, reason: '' }, subject)).toMatchObject({
      error: { code: 'service-requests:not-closed' },
    });
    await desk.close(reference, after(1));
    const turn = freshId(2);
    const first = await desk.ok('reopen', { reference, reason: 'x' }, subject, { turn, now: after(2) });
    expect(await desk.ok('reopen', { reference, reason: 'x' }, subject, { turn, now: after(3) })).toEqual(first);
    const { rows } = await database.query('select reopened_count from service_requests where reference = $1', [reference]);
    expect(rows).toEqual([{ reopened_count: 1 }]);
  });
});

describe('rating', () => {
  test('only a closed request, whole numbers from 1 to 5, the last one counts', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const rate = (rating: number, reasons: string[] = []) =>
      desk.run('rate', { reference, rating, reasons }, subject, { now: after(2) });
    expect(await rate(5)).toMatchObject({ error: { code: 'service-requests:not-closed' } });
    await desk.close(reference, after(1));
    for (const rating of [0, 6, 2.5, -1])
      expect(await rate(rating)).toMatchObject({ error: { code: 'service-requests:bad-rating' } });
    expect(await desk.find(reference, subject)).toMatchObject({ canRate: true });
    expect(await rate(2)).toEqual({ ok: true, value: { reference, status: 'closed', rating: 2, canReopen: true } });
    expect(await rate(1, ['weather'])).toMatchObject({ error: { code: 'service-requests:unknown-reason' } });
    expect(await rate(4, ['too-late'])).toMatchObject({ ok: true });
    expect(await desk.find(reference, subject)).toMatchObject({ rating: 4, canRate: false });
  });
});

describe('adding', () => {
  test('a photo is attached once, however often the turn is run', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const [turn, attachment] = [freshId(1), freshId(2)];
    for (let time = 0; time < 3; time += 1) await desk.ok('addAttachment', { reference, attachment }, subject, { turn });
    expect(await desk.find(reference, subject)).toMatchObject({ attachments: 1 });
    const { rows } = await database.query(
      "select 1 from service_request_events where contact_id = $1 and type = 'attachment_added'",
      [subject.contactId],
    );
    expect(rows).toHaveLength(1);
  });

  test('one photo more than a request may have is refused, words are not, and none of the others is lost', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const most = desk.desk.settings.mostFiles;
    const add = (attachment: string, turn = freshId(1)) =>
      desk.run('addAttachment', { reference, attachment }, subject, { turn });
    const last = { turn: freshId(1), attachment: freshId(most) };
    for (let number = 1; number < most; number += 1) expect(await add(freshId(number))).toMatchObject({ ok: true });
    expect(await add(last.attachment, last.turn)).toMatchObject({ ok: true });
    expect(await add(freshId(most + 1))).toMatchObject({ error: { code: 'service-requests:too-many-files' } });
    expect(await add(last.attachment, last.turn)).toMatchObject({ ok: true });
    expect(await desk.run('addNote', { reference, note: 'It grows' }, subject)).toMatchObject({ ok: true });
    expect(await desk.find(reference, subject)).toMatchObject({ attachments: most });
  });

  test('of forty and more photos sent with a report, those are kept for which there is room, and the report is not lost', async () => {
    const most = desk.desk.settings.mostFiles;
    const photos = Array.from({ length: most + 5 }, (_, number) => freshId(number));
    const [subject, other] = [desk.somebody(), desk.somebody()];
    const reference = await desk.open(subject, {}, { ...POTHOLE, attachments: photos.slice(0, most - 1) });
    await desk.ok('follow', { reference, note: '', attachments: photos.slice(most) }, other);
    expect(await desk.find(reference, subject)).toMatchObject({ attachments: most });
    const full = await desk.open(subject, { turn: freshId(9) }, { ...POTHOLE, attachments: photos });
    expect(await desk.find(full, subject)).toMatchObject({ attachments: most });
  });

  test('two photos at once do not both take the last room', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const most = desk.desk.settings.mostFiles;
    const add = (number: number) =>
      desk.run('addAttachment', { reference, attachment: freshId(number) }, subject, { turn: freshId(number) });
    for (let number = 1; number < most; number += 1) await add(number);
    const results = await Promise.all([add(most), add(most + 1), add(most + 2)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await desk.find(reference, subject)).toMatchObject({ attachments: most });
  });

  test('an empty note is refused', async () => {
    const subject = desk.somebody();
    expect(await desk.run('addNote', { reference: await desk.open(subject), note: '  ' }, subject)).toMatchObject({
      error: { code: 'service-requests:bad-input' },
    });
  });
});

describe('the history on the card', () => {
  test('says what happened and when, newest last, with the notes', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.move(reference, 'seek_sanction', after(1), { note: 'Above our budget' });
    await desk.ok('addNote', { reference, note: 'Please hurry' }, subject, { now: after(2) });
    await desk.close(reference, after(3));
    await desk.ok('reopen', { reference, reason: '' }, subject, { now: after(4) });
    expect(await desk.find(reference, subject)).toMatchObject({
      events: [
        { type: 'service_request_opened', at: after(0).toISOString(), ledTo: 'open', note: null },
        {
          type: 'service_request_moved',
          move: 'seek_sanction',
          said: 'needs sanction first',
          ledTo: 'waiting',
          note: 'Above our budget',
        },
        { type: 'note_added', at: after(2).toISOString(), move: null, said: '', ledTo: 'none', note: 'Please hurry' },
        { type: 'service_request_moved', move: 'close', said: 'closed', ledTo: 'closed', note: 'Done' },
        { type: 'service_request_moved', move: 'reopen', said: 'opened again', ledTo: 'open', note: null },
      ],
    });
  });

  test('holds the last ten, with notes that a phone can show', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    for (let hour = 1; hour <= 12; hour += 1)
      await desk.ok('addNote', { reference, note: `${hour} ${'x'.repeat(1_900)}` }, subject, { now: after(hour) });
    const events = listProperty(await desk.find(reference, subject), 'events');
    const hours = events.map((event) => Number(textProperty(event, 'note')?.slice(0, 2)));
    expect(hours).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(Math.max(...events.map((event) => textProperty(event, 'note')?.length ?? 0))).toBe(300);
  });

  test('the state kept with a request is the one that its history leads to', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    await desk.move(reference, 'start', after(1));
    await desk.ok('addNote', { reference, note: 'Thank you' }, subject, { now: after(2) });
    await desk.close(reference, after(3));
    await desk.ok('rate', { reference, rating: 2, reasons: ['half-done'] }, subject, { now: after(4) });
    await desk.ok('reopen', { reference, reason: 'Not done' }, subject, { now: after(5) });
    await desk.move(reference, 'start', after(6));
    const { rows } = await database.query<{ step: string; state: string | null }>(
      `select actor || ': ' || coalesce(move, type) as step, state from service_request_events
        where organization_id = $1 and contact_id = $2 order by happened_at`,
      [desk.organizationId, subject.contactId],
    );
    expect(rows.map(({ step }) => step)).toEqual([
      'citizen: service_request_opened',
      'officer-1: start',
      'citizen: note_added',
      'officer-1: close',
      'citizen: service_request_rated',
      'citizen: reopen',
      'officer-1: start',
    ]);
    expect(await desk.find(reference, subject)).toMatchObject({ status: rows.findLast(({ state }) => state !== null)?.state });
  });
});
