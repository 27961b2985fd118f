import type { Json } from '@hazir/core';
import { type Database, freshId, isConflict } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import { checkDigit } from '../damm.ts';
import { after, openTestDesk, POTHOLE, START, type TestDesk } from './testing.ts';

let database: Database;
let desk: TestDesk;

beforeAll(async () => {
  database = await openTestDatabase();
  desk = await openTestDesk(database);
});

describe('opening', () => {
  test("gives a reference, the expected end and the name of the category in the citizen's language", async () => {
    expect(await desk.ok('open', POTHOLE, desk.somebody(), { language: 'mr' })).toEqual({
      reference: expect.stringMatching(/^MUM-\d{4}-\d{4}$/),
      expectedAt: '2026-11-23T09:00:00.000Z',
      category: 'खड्डा',
    });
  });

  test('the same turn run again opens nothing more, whatever the dice say', async () => {
    const subject = desk.somebody();
    const turn = freshId(START.getTime());
    const first = await desk.ok('open', POTHOLE, subject, { turn, random: () => 0.11 });
    const second = await desk.ok('open', POTHOLE, subject, { turn, random: () => 0.77, now: after(1) });
    expect(second).toEqual(first);
    expect(await desk.ok('mine', {}, subject)).toHaveLength(1);
  });

  test('the same turn run twice at once opens one request: the loser is told to run again', async () => {
    const subject = desk.somebody();
    const turn = freshId(START.getTime());
    const race = await Promise.allSettled([1, 2, 3, 4].map(() => desk.run('open', POTHOLE, subject, { turn })));
    for (const result of race) if (result.status === 'rejected') expect(isConflict(result.reason)).toBe('duplicate');
    const again = await desk.ok('open', POTHOLE, subject, { turn });
    for (const result of race) if (result.status === 'fulfilled') expect(result.value).toEqual({ ok: true, value: again });
    expect(await desk.ok('mine', {}, subject)).toHaveLength(1);
    const { rows } = await database.query('select 1 from service_request_references where contact_id = $1', [subject.contactId]);
    expect(rows).toHaveLength(1);
  });

  test('two turns of one citizen are two requests', async () => {
    const subject = desk.somebody();
    expect(await desk.open(subject)).not.toBe(await desk.open(subject));
    expect(await desk.ok('mine', {}, subject)).toHaveLength(2);
  });

  test('a reference that is taken is skipped inside the transaction', async () => {
    const dice = (skip: number) => {
      let thrown = 0;
      return () => (thrown++ < skip ? 0.55 : 0.66);
    };
    const taken = await desk.open(desk.somebody(), { random: dice(7) });
    expect(taken).toBe(`MUM-5555-555${checkDigit('5555555')}`);
    expect(await desk.open(desk.somebody(), { random: dice(7) })).toBe(`MUM-6666-666${checkDigit('6666666')}`);
  });

  test('a pattern without free references is a fault for the operator, not a duplicate', async () => {
    await desk.open(desk.somebody(), { random: () => 0.88 });
    await expect(desk.open(desk.somebody(), { random: () => 0.88 })).rejects.toMatchObject({
      code: 'service-requests:references-full',
      hint: expect.stringContaining('reference.digits'),
    });
  });

  test('a place may be a PIN, words, or nothing', async () => {
    const subject = desk.somebody();
    const card = async (place: Json) => desk.find(await desk.open(subject, {}, { ...POTHOLE, place }), subject);
    expect(await card({ pin: '400028' })).toMatchObject({ place: null, address: 'PIN 400028' });
    expect(await card({ address: 'Behind the market' })).toMatchObject({ place: null, address: 'Behind the market' });
    expect(await card(null)).toMatchObject({ place: null, address: null, area: 'G/N' });
  });

  test.each<[string, { [key: string]: Json }, string]>([
    ['an unknown category', { ...POTHOLE, category: 'ufo' }, 'service-requests:unknown-category'],
    ['a category with children', { ...POTHOLE, category: 'roads' }, 'service-requests:category-not-final'],
    ['a description without end', { ...POTHOLE, description: 'x'.repeat(4_001) }, 'service-requests:bad-input'],
    [
      'an attachment that is no message',
      { ...POTHOLE, attachments: ["'; drop table contacts; --"] },
      'service-requests:bad-input',
    ],
    ['no category', { description: 'x' }, 'service-requests:bad-input'],
    ['an attribute of another category', { ...POTHOLE, attributes: { pole: '12' } }, 'service-requests:bad-attribute'],
    ['a key that the list has not', { ...POTHOLE, attributes: { size: 'huge' } }, 'service-requests:bad-attribute'],
  ])('refused with a code: %s', async (_, input, code) => {
    expect(await desk.run('open', input, desk.somebody())).toMatchObject({ ok: false, error: { code } });
  });
});

describe('references as typed', () => {
  test('a slip is told from an unknown one', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const last = reference.at(-1) ?? '0';
    const slip = reference.slice(0, -1) + String((Number(last) + 1) % 10);
    expect(await desk.run('check', { reference: slip }, subject)).toMatchObject({
      ok: false,
      error: { code: 'service-requests:bad-reference' },
    });
    expect(await desk.run('find', { reference: slip }, subject)).toMatchObject({
      ok: false,
      error: { code: 'service-requests:bad-reference' },
    });
    expect(await desk.run('rate', { reference: slip, rating: 3 }, subject)).toMatchObject({
      ok: false,
      error: { code: 'service-requests:bad-reference' },
    });
    const unknown = `MUM-0000-001${checkDigit('0000001')}`;
    expect(await desk.ok('check', { reference: unknown }, subject)).toEqual({ reference: unknown });
    expect(await desk.run('find', { reference: unknown }, subject)).toMatchObject({
      ok: false,
      error: { code: 'service-requests:not-found' },
    });
  });

  test('every operation reads a loosely typed one', async () => {
    const subject = desk.somebody();
    const reference = await desk.open(subject);
    const typed = reference
      .toLowerCase()
      .replaceAll('-', ' ')
      .replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)));
    expect(await desk.find(typed, subject)).toMatchObject({ reference, own: true });
    expect(await desk.ok('addNote', { reference: typed, note: 'It grows' }, subject)).toEqual({ reference, status: 'open' });
  });
});
