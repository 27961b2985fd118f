/** The MyGov pack over two doses: who has had the first is told from when the second may be, and finds nothing before. */
import { expect, test } from 'vitest';
import { untilMorning } from '../../packages/server/src/pack-test/clock.ts';
import { openStage } from '../support/stage.ts';

const stage = await openStage({ pack: '../../../packs/mygov' });
const { id: citizen } = stage.control.addCitizen({ name: 'Asha (demo)' });
const { database } = stage;
await stage.control.advance(untilMorning({ now: stage.control.state().now, timeZone: 'Asia/Kolkata' }));
await stage.served.tend();

const DAY = 86_400_000;
/** With the rows of lists. */
const say = async (message: string) => (await stage.say(citizen, message)).map(({ body }) => JSON.stringify(body)).join('\n');

/** Books what the search finds first, and comes to it. */
async function comeTo(first: readonly string[]): Promise<void> {
  for (const message of first) await say(message);
  await say('2');
  await say('1');
  expect(await say('yes')).toContain('Booked');
  await database.query(`update appointments set status = 'checked_in' where status = 'booked'`);
}

test('a second dose is booked when its time has come, of the same vaccine; after it there is none', async () => {
  await say('Hi');
  await say('English');
  await comeTo(['book a vaccination', 'Asha Devi 1962', '1', '1', '1234', '226005']);
  const [first] = (
    await database.query<{ date: string }>(
      'select date::text from appointment_sessions s join appointments a on a.session_id = s.id',
    )
  ).rows;
  const due = new Date(Date.parse(first?.date ?? '') + 84 * DAY);
  const day = new Intl.DateTimeFormat('en-IN', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(due);

  const whom = await say('book a vaccination');
  expect(whom).toContain(`💉 1/2 ⏳ ${day}`);
  expect(await say('1')).toContain(`The next one can be from *${day}* on`);

  await stage.control.advance(80 * DAY);
  await stage.served.tend();
  await say('book a vaccination');
  await say('1');
  const found = await say('226005');
  expect(found).toContain('Covishield');
  expect(found).not.toContain('Covaxin');
  await say('1');
  await say('1');
  expect(await say('yes')).toContain('Booked');
  const dates = await database.query<{ date: string }>(
    `select s.date::text from appointment_sessions s join appointments a on a.session_id = s.id where a.status = 'booked'`,
  );
  expect(dates.rows.map(({ date }) => date >= due.toISOString().slice(0, 10))).toEqual([true]);
  await database.query(`update appointments set status = 'checked_in' where status = 'booked'`);

  expect(await say('book a vaccination')).toContain('💉 2/2 ✅');
  expect(await say('1')).toContain('has had both doses');
});
