/** The line before a full session of the MyGov pack, and a place in it that is offered outside the 24-hour window, where only a template reaches people. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { actAsCitizen, arrivedAfter, latestSeq } from '../../packages/server/src/pack-test/act.ts';
import { type Actor, newActor, openTestStage } from '../../packages/server/src/pack-test/stage.ts';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const HOUR_MS = 3_600_000;
const source = await readPack(join(PACKS_DIR, 'mygov'));
const { loaded } = compileFiles(source);
if (loaded === undefined) throw new Error('the pack is not sound');
const stage = await openTestStage(source, loaded.pack);
afterAll(stage.close);

/** PIN code of Alambagh in Lucknow. */
const PIN = '226005';

/** Says things one after the other and returns what came back to the last of them. */
async function say(actor: Actor, ...texts: string[]): Promise<string> {
  let seen = latestSeq(actor);
  for (const text of texts) {
    seen = latestSeq(actor);
    await actAsCitizen({ actor, captured: {} }, { type: 'text', text });
  }
  return told(actor, seen);
}

function told(actor: Actor, since: number): string {
  return JSON.stringify(arrivedAfter(actor, since).map(({ content }) => content));
}

async function newPerson(name: string): Promise<Actor> {
  const actor = await newActor(stage, { language: 'en', name });
  await say(actor, 'book a vaccination', `${name} 1960`, '1', '1', '1234', PIN);
  return actor;
}

test('who finds a session full stands in line, is offered the place by template after a day, and takes it', async () => {
  // In the afternoon the second session of a centre is that of the day after tomorrow.
  await actAsCitizen({ actor: await newActor(stage, {}), captured: {} }, { type: 'wait_until', time: '14:00' });
  const seats = `select e.slot_id, e.seat from appointment_seats e join appointment_slots t on t.organization_id = e.organization_id and t.id = e.slot_id
      join appointment_sessions s on s.organization_id = t.organization_id and s.id = t.session_id where s.resource = 'lko-alambagh'`;
  // Everything at this centre has one seat, and the other centres of the city have none.
  await stage.database.query(`delete from appointment_seats where (slot_id, seat) in (${seats} and e.seat > 1)`);
  await stage.database.query(
    `delete from appointment_seats where (slot_id, seat) in (${seats.replace("= 'lko-alambagh'", "like 'lko-%' and s.resource <> 'lko-alambagh'")})`,
  );
  const first = await newPerson('Asha');
  expect(await say(first, '2', '1', 'yes')).toMatch('Booked!');
  await stage.database.query(`delete from appointment_seats where appointment_id is null`);

  const second = await newPerson('Bina');
  const list = await say(second, 'menu', 'book a vaccination', '1', PIN);
  expect(list).toContain('💺 0');
  expect(await say(second, '2', '1')).toMatch('Wait in line');
  expect(await say(second, 'Wait in line')).toMatch(/Bina is number \*1\* in line/);

  const since = latestSeq(second);
  await stage.pass(25 * HOUR_MS);
  expect(told(second, since)).toBe('[]');
  await say(first, 'cancel my appointment', 'yes');
  await stage.pass(60_000);
  expect(told(second, since)).toMatch(/"name":"seat_free".*lambagh/);
  await actAsCitizen({ actor: second, captured: {} }, { type: 'tap', option: 'See it' });
  expect(told(second, since)).toMatch('A place is free for *Bina*');
  expect(await say(second, 'Take it')).toMatch(/Booked!.*Bina/s);
});
