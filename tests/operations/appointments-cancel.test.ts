/** An operator cancels a session of the MyGov pack: citizens read of it on their phones, with a new time that a tap takes. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { actAsCitizen, arrivedAfter, latestSeq } from '../../packages/server/src/pack-test/act.ts';
import { type Actor, newActor, openTestStage } from '../../packages/server/src/pack-test/stage.ts';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';
import { runHazir } from '../support/command.ts';

const source = await readPack(join(PACKS_DIR, 'mygov'));
const { loaded } = compileFiles(source);
if (loaded === undefined) throw new Error('the pack is not sound');
const stage = await openTestStage(source, loaded.pack);
afterAll(stage.close);

const ORGANIZATION = ['--organization', 'demo-mumbai'];

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

async function booked(name: string): Promise<Actor> {
  const actor = await newActor(stage, { language: 'en', name });
  expect(await say(actor, 'book a vaccination', `${name} 1960`, '1', '1', '1234', '110075', '2', '1', 'yes')).toMatch('Booked!');
  return actor;
}

test('citizens are offered another time at once; one takes it, one looks elsewhere; the command run again changes nothing', async () => {
  const [takes, looks] = [await booked('Asha'), await booked('Bina')];
  const { rows } = await stage.database.query<{ code: string }>(
    `select distinct s.code from appointment_sessions s join appointments a on a.session_id = s.id where a.status = 'booked'`,
  );
  const code = rows[0]?.code ?? '';
  const sheet = await runHazir(stage.database, ['appointments', 'day-sheet', code, ...ORGANIZATION]);
  expect(sheet.stdout).toMatch(/^09:00,11:00,,\d{8},Asha,1960,aadhaar,1234,booked,$/m);
  const before = [latestSeq(takes), latestSeq(looks)];
  const cancel = () => runHazir(stage.database, ['appointments', 'cancel', code, ...ORGANIZATION]);
  expect(await cancel()).toMatchObject({
    code: 0,
    stdout: `2 of 2 are told.\nSession ${code} is cancelled. 2 had a place, 2 are offered another one.\n`,
  });
  await stage.pass(0);
  expect(told(takes, before[0] ?? 0)).toMatch(/We are sorry, Asha: .* does not take place.*Before all others/s);
  expect(await say(takes, 'Take it')).toMatch(/Booked!.*Asha/s);
  expect(await say(looks, 'Other time')).toMatch('Who is it for?');
  expect(told(looks, before[1] ?? 0)).toMatch(/We are sorry, Bina/);

  const after = latestSeq(takes);
  expect(await cancel()).toMatchObject({
    code: 0,
    stdout: `Session ${code} is cancelled. 0 had a place, 0 are offered another one.\n`,
  });
  await stage.pass(0);
  expect(told(takes, after)).toBe('[]');
  expect(await say(takes, 'my appointments')).toMatch('Asha');
});

test('what cannot be cancelled is one sentence', async () => {
  const unknown = await runHazir(stage.database, ['appointments', 'cancel', 'no-such-session', ...ORGANIZATION]);
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no session of this code\..*\[usage:appointments\]\n$/),
  });
  const hours = await runHazir(stage.database, ['appointments', 'cancel', 'x', ...ORGANIZATION, '--keep', 'long']);
  expect(hours.stderr).toMatch(/^The hours are a whole number/);
});
