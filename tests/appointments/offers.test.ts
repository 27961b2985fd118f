/** The line before a full slot, as citizens meet it on their phones: offered, taken, declined, let lapse, and on to the next. */
import { importSessions } from '@hazir/services';
import { expect, test } from 'vitest';
import { openStage, textOf } from '../support/stage.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const { served, database, control, say, quiet } = await openStage({ pack: 'rush' });

/** Lets minutes pass and what is due then be done. */
async function pass(minutes: number): Promise<void> {
  await control.advance(minutes * MINUTE_MS);
  await served.tend();
  await expect.poll(async () => (await database.query('select from inbox')).rowCount).toBe(0);
  await quiet();
}

const newest = (citizen: string): string => textOf(control.messages(citizen).findLast((item) => item.from === 'business'));
const newCitizen = (name: string): string => control.addCitizen({ name }).id;

/** Somebody books the only seat; the others stand in line in this order. */
async function fullSlot(names: readonly string[]): Promise<string[]> {
  const date = new Date(control.state().now + 2 * DAY_MS).toISOString().slice(0, 10);
  const { rows } = await database.query<{ id: number }>('select id from organizations');
  await database.transaction((tx) =>
    importSessions(tx, {
      ...{ organizationId: rows[0]?.id ?? 0, name: 'sessions.csv', languages: ['en'], now: new Date(control.state().now) },
      text: `session,resource,name,address,date,from,to,capacity,kind\nonly,centre,Centre,Main road,${date},09:00,17:00,1,rush\n`,
    }),
  );
  const citizens = names.map(newCitizen);
  for (const [index, citizen] of citizens.entries())
    expect(textOf((await say(citizen, 'Book'))[0])).toMatch(index === 0 ? /^Booked/ : `You are number ${index} in line.`);
  return citizens;
}

test('a freed seat goes down the line: one declines, one lets it lapse, one takes it, and the last hears nothing', async () => {
  const [owner = '', declines = '', lapses = '', takes = '', last = ''] = await fullSlot(['A', 'B', 'C', 'D', 'E']);
  await database.query(
    `with gone as (update appointments set status = 'cancelled' where status = 'booked' returning id)
     update appointment_seats set contact_id = null, appointment_id = null from gone where appointment_id = gone.id`,
  );
  await pass(0);
  expect(newest(declines)).toMatch(/^A seat is free for you until/);
  expect(newest(lapses)).toMatch('number 2 in line');

  expect(textOf((await say(declines, 'No thanks'))[0])).toMatch(/^All right/);
  await pass(0);
  expect(newest(lapses)).toMatch(/^A seat is free/);
  await pass(14);
  expect(newest(takes)).toMatch('number 3 in line');
  await pass(2);
  expect(newest(takes)).toMatch(/^A seat is free/);

  expect(textOf((await say(lapses, 'Take it'))[0])).toBe('The seat went to the next one.');
  expect(textOf((await say(takes, 'Take it'))[0])).toMatch(/^Booked: \d{8}, secret \d{4}\.$/);
  await pass(60);
  expect(newest(last)).toMatch('number 4 in line');
  expect(newest(owner)).toMatch(/^Booked/);
  const { rows } = await database.query(`select status from appointment_waits order by number`);
  expect(rows).toEqual([{ status: 'left' }, { status: 'passed' }, { status: 'taken' }, { status: 'waiting' }]);
});
