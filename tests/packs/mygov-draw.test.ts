/** A draw in the MyGov pack: three put a name in for one place, one is asked, the others are told where they stand. */
import { expect, test } from 'vitest';
import { untilMorning } from '../../packages/server/src/pack-test/clock.ts';
import { openStage } from '../support/stage.ts';

const stage = await openStage({ pack: '../../../packs/mygov' });
const { control, database } = stage;
await control.advance(untilMorning({ now: control.state().now, timeZone: 'Asia/Kolkata' }));
await stage.served.tend();

const HOUR = 3_600_000;
const people = ['Asha Devi 1962', 'Ravi Kumar 1971', 'Meera Bai 1955'].map((name) => ({
  name,
  id: control.addCitizen({ name: `${name} (demo)` }).id,
}));
const say = async (who: string, message: string) =>
  (await stage.say(who, message)).map(({ body }) => JSON.stringify(body)).join('\n');

test('everybody has a lot, one is asked, the rest stand in line; the place is taken with its slip', async () => {
  // The first session near 226005: one place, drawn this evening.
  await database.query(
    `update appointment_sessions set draw_at = $1 where resource = 'lko-alambagh' and date = ($2::timestamptz at time zone 'Asia/Kolkata')::date`,
    [new Date(control.state().now + 2 * HOUR), new Date(control.state().now)],
  );
  await database.query(
    `delete from appointment_seats e using appointment_slots t, appointment_sessions s
      where t.id = e.slot_id and s.id = t.session_id and s.draw_at is not null and e.seat > 1`,
  );
  for (const { id, name } of people) {
    for (const message of ['Hi', 'English', 'book a vaccination', name, '1', '1', '1234', '226005', '1']) await say(id, message);
    expect(await say(id, '1')).toContain('drawn by lot');
    expect(await say(id, '1')).toMatch(/is in the draw[\s\S]*Lot[\s\S]*hash of the seed: [0-9a-f]{64}/);
  }
  const seen = new Map(people.map(({ id }) => [id, Math.max(0, ...control.messages(id).map(({ seq }) => seq))]));
  await control.advance(2 * HOUR + 60_000);
  await stage.served.tend();
  await stage.quiet();
  await stage.served.tend();
  await stage.quiet();
  const told = new Map(
    people.map(({ id }) => [
      id,
      control
        .messages(id, { after: seen.get(id) ?? 0 })
        .map(({ body }) => JSON.stringify(body))
        .join('\n'),
    ]),
  );
  const winners = people.filter(({ id }) => told.get(id)?.includes('A place is free for'));
  expect(winners).toHaveLength(1);
  const places = people.flatMap(({ id }) => /is number \*(\d)\* in line/.exec(told.get(id) ?? '')?.[1] ?? []);
  expect(places.toSorted()).toEqual(['1', '2']);
  expect(await say(winners[0]?.id ?? '', '1')).toContain('Booked');
  const { rows } = await database.query(`select 1 from documents where template = 'booking'`);
  expect(rows).toHaveLength(1);
});
