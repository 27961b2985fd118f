import { createHash } from 'node:crypto';
import type { CallSubject, Json } from '@hazir/core';
import { property, textProperty } from '@hazir/core';
import type { Database } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase } from '../../../../tests/support/database.ts';
import type { Told } from '../tell.ts';
import { drawLots, listDraws, orderOfLots } from './draws.ts';
import { offerSeats } from './offers.ts';
import { codeOf, line, openTestCentre, START, type TestCentre } from './testing.ts';
import { later, MINUTE } from './times.ts';

const SEATS = 20;
const CITIZENS = 500;
const AT_ONCE = 50;
/** In India; START is 14:30 on the day before. */
const DRAW_AT = new Date('2026-11-23T18:00:00+05:30');

let database: Database;
let centre: TestCentre;
beforeAll(async () => {
  database = await openTestDatabase();
  centre = await openTestCentre(database);
});

/** Citizens who put their names in, all at once; `seats` are drawn on the evening before. */
async function enter(session: string, { citizens = 5, seats = 2 }: { citizens?: number; seats?: number } = {}) {
  await centre.importCsv([line({ session, capacity: String(seats), draw_at: '2026-11-23 18:00' })]);
  const slot = await centre.slot(session);
  const people = Array.from({ length: citizens }, () => centre.somebody());
  const waits: Json[] = [];
  // At once, as many as the pool has patience for.
  for (let at = 0; at < citizens; at += AT_ONCE)
    waits.push(...(await Promise.all(people.slice(at, at + AT_ONCE).map((one) => centre.ok('wait', { slot }, one)))));
  return { slot, people, waits };
}

async function draw(now = DRAW_AT): Promise<Told[]> {
  const told: Told[] = [];
  const tell = async (_tx: unknown, one: Told) => void told.push(one);
  await Promise.all([1, 2].map(() => drawLots(database, { now, tell })));
  await Promise.all([1, 2].map(() => offerSeats(database, { now, tell })));
  return told;
}

const lotOf = (wait: unknown) => Number(property(property(wait, 'draw'), 'lot'));

describe('a draw', () => {
  test(`of ${SEATS} seats among ${CITIZENS} people: everybody told once, in the order that anybody can work out again`, async () => {
    const { slot, people, waits } = await enter('large', { citizens: CITIZENS, seats: SEATS });
    const lots = waits.map(lotOf);
    expect(new Set(lots).size).toBe(CITIZENS);
    const commitment = textProperty(property(waits[0], 'draw'), 'commitment');
    expect(new Set(waits.map((wait) => textProperty(property(wait, 'draw'), 'commitment')))).toEqual(new Set([commitment]));
    expect(waits.every((wait) => property(property(wait, 'draw'), 'seed') === null)).toBe(true);

    expect(await draw(later(DRAW_AT, -1))).toEqual([]);
    const told = await draw();
    const of = (flow: string) => told.filter((one) => one.flow === flow).map(({ contactId }) => contactId);
    expect([of('appointment-offer').length, of('appointment-drawn').length]).toEqual([SEATS, CITIZENS - SEATS]);
    expect(new Set(told.map(({ contactId }) => contactId)).size).toBe(CITIZENS);
    expect(await draw(later(DRAW_AT, MINUTE))).toEqual([]);

    const { organizationId } = centre;
    const [published] = await listDraws(database, { organizationId, session: 'large' });
    expect(
      createHash('sha256')
        .update(Buffer.from(published?.seed ?? '', 'hex'))
        .digest('hex'),
    ).toBe(commitment);
    expect(published?.lots).toEqual(orderOfLots(published?.seed ?? '', lots));
    const winners = published?.lots.slice(0, SEATS).map((lot) => people[lots.indexOf(lot)]?.contactId);
    expect(new Set(of('appointment-offer'))).toEqual(new Set(winners));
    // Who came first is not who wins: by chance alone this happens once in 10^35.
    expect(published?.lots.slice(0, SEATS)).not.toEqual(Array.from({ length: SEATS }, (_, at) => at + 1));
    const loser = people[lots.indexOf(published?.lots[SEATS] ?? 0)] ?? centre.somebody();
    expect(await centre.ok('waiting', {}, loser, { now: later(DRAW_AT, MINUTE) })).toMatchObject([
      { slot, position: 1, draw: { lot: published?.lots[SEATS], seed: published?.seed } },
    ]);
  }, 60_000);

  test('before it nobody can hold, book or move to a seat; after it a seat that nobody waits for can be had', async () => {
    await centre.importCsv([
      line({ session: 'shut', capacity: '2', draw_at: '2026-11-23 18:00' }),
      line({ session: 'open', capacity: '1' }),
    ]);
    const slot = await centre.slot('shut');
    const subject = centre.somebody();
    const booked = await centre.ok('book', { slot: await centre.slot('open') }, subject);
    const codes = async (now: Date, who: CallSubject) => [
      codeOf(await centre.run('hold', { slot }, centre.somebody(), { now })),
      codeOf(await centre.run('book', { slot }, centre.somebody(), { now })),
      codeOf(await centre.run('reschedule', { reference: textProperty(booked, 'reference') ?? '', slot }, who, { now })),
    ];
    expect(await codes(START, subject)).toEqual(['draw-open', 'draw-open', 'draw-open']);
    expect((await codes(DRAW_AT, subject)).slice(0, 2)).toEqual(['ok', 'ok']);
  });

  test('an offer that nobody takes goes to the next lot; who comes after the draw stands behind all', async () => {
    const { slot, people, waits } = await enter('next', { citizens: 3, seats: 1 });
    await draw();
    const { organizationId } = centre;
    const [published] = await listDraws(database, { organizationId, session: 'next' });
    const byLot = (at: number) => people[waits.map(lotOf).indexOf(published?.lots[at] ?? 0)]?.contactId;
    const late = centre.somebody();
    expect(await centre.ok('wait', { slot }, late, { now: later(DRAW_AT, MINUTE) })).toMatchObject({ position: 3 });
    const here = new Set([late, ...people].map(({ contactId }) => contactId));
    const asked = async (minutes: number) =>
      (await draw(later(DRAW_AT, minutes * MINUTE))).flatMap(({ contactId }) => (here.has(contactId) ? contactId : []));
    expect([await asked(16), await asked(32), await asked(50)]).toEqual([[byLot(1)], [byLot(2)], [late.contactId]]);
  });

  test('that is broken off in the middle is the same when it is done again, and nobody is told twice', async () => {
    const { waits } = await enter('broken', { citizens: 6, seats: 2 });
    let told = 0;
    const breakOff = async () => {
      told += 1;
      if (told === 3) throw new Error('killed');
    };
    await expect(drawLots(database, { now: DRAW_AT, tell: breakOff })).rejects.toThrow('killed');
    const [before] = await listDraws(database, { organizationId: centre.organizationId, session: 'broken' });
    expect(before).toMatchObject({ seed: null, drawnAt: null, lots: [] });
    expect(await draw()).toHaveLength(6);
    const [after] = await listDraws(database, { organizationId: centre.organizationId, session: 'broken' });
    expect(after?.commitment).toBe(before?.commitment);
    expect(after?.lots).toEqual(orderOfLots(after?.seed ?? '', waits.map(lotOf)));
  });

  test('of a session that was cancelled is not held', async () => {
    await enter('cancelled');
    await database.query(`update appointment_sessions set cancelled_at = now() where code = 'cancelled'`);
    expect(await draw()).toEqual([]);
  });
});
