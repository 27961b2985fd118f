/** One complaint with everybody on a phone: a citizen, two field officers, and the officer above them. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { actAsCitizen, arrivedAfter, latestSeq } from '../../packages/server/src/pack-test/act.ts';
import { type Actor, newActor, openTestStage } from '../../packages/server/src/pack-test/stage.ts';
import { compileFiles } from '../../packages/server/src/setup/compile-pack.ts';
import { PACKS_DIR } from '../../packages/server/src/setup/demo.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';

const source = await readPack(join(PACKS_DIR, 'mumbai'));
const { loaded } = compileFiles(source);
if (loaded === undefined) throw new Error('the pack is not sound');
const stage = await openTestStage(source, loaded.pack);
afterAll(stage.close);

const HOUR = 3_600_000;
const SPOT = { latitude: 19.187, longitude: 72.849 };

type Act = Parameters<typeof actAsCitizen>[1];

interface Person {
  /** Everything that came to this phone since it was looked at last. */
  heard: () => string;
  /** Does these one after the other, and reads what came since the last. */
  does: (...acts: (Act | string)[]) => Promise<string>;
}

function person(actor: Actor): Person {
  let seen = latestSeq(actor);
  const heard = (): string => {
    const messages = arrivedAfter(actor, seen).map(({ content }) => content);
    seen = latestSeq(actor);
    return JSON.stringify(messages);
  };
  const one = async (act: Act | string): Promise<string> => {
    seen = latestSeq(actor);
    const refused = await actAsCitizen({ actor, captured: {} }, typeof act === 'string' ? { type: 'text', text: act } : act);
    if (refused !== undefined) throw new Error(refused);
    const answer = heard();
    await stage.tend();
    return answer;
  };
  return {
    heard,
    does: async (...acts) => {
      let answer = '';
      for (const act of acts) answer = await one(act);
      return answer;
    },
  };
}

const tap = (option: string): Act => ({ type: 'tap', option });
const here: Act = { type: 'location', ...SPOT };
const photo = (caption: string): Act => ({ type: 'photo', caption });

test('from the complaint over transfer, breach, escalation and "not fixed" to the rating', async () => {
  const [asha, roads, water, above] = [
    person(await newActor(stage, { language: 'en', name: 'Asha' })),
    person(await newActor(stage, { language: 'en', phone: '912255501009' })),
    person(await newActor(stage, { language: 'hi', phone: '912255501010' })),
    person(await newActor(stage, { language: 'mr', phone: '912255501008' })),
  ];
  await asha.does('pothole', here);
  const reference = /MUM-\d{4}-\d{4}/.exec(await asha.does('yes'))?.[0] ?? '';
  expect(reference).not.toBe('');

  // The first officer is told, as a template since nobody has written from there, and takes it.
  expect(roads.heard()).toMatch(new RegExp(`request_work.*${reference}`));
  expect(await roads.does(tap('See the work'))).toMatch(/Pothole.*Do you take it\?/s);
  expect(water.heard()).toBe('[]');
  expect(await roads.does(tap('work-accept'))).toMatch('being worked on');
  expect(asha.heard()).toMatch('work began');
  // A second tap on the same button changes nothing, and says so.
  expect(await roads.does(tap('✅ Accept'))).toMatch(/done already.*work began/s);
  expect(asha.heard()).toBe('[]');

  // What the citizen adds comes to the officer, also while something else is open.
  expect(await roads.does(tap('work-done'))).toMatch('Send a photo');
  await asha.does(tap('🔎 See complaint'), tap('add'), 'Water comes out of it');
  expect(roads.heard()).toMatch(/The citizen wrote.*Water comes out of it.*Send a photo/s);

  // It is a burst pipe: passed on, with the reason, and the clock goes on.
  expect(await roads.does('back', tap('work-more'), tap('Not ours'), tap('department'), tap('Water'), 'A burst pipe')).toMatch(
    /now with \*Water, P\/N\*.*clock goes on: due by/s,
  );
  expect(asha.heard()).toMatch(/passed to another office: Water.*A burst pipe/s);
  expect(water.heard()).toMatch(new RegExp(`request_work.*${reference}`));
  expect(await water.does(tap('काम देखें'))).toMatch(new RegExp(`${reference}.*गड्ढा`));
  expect(await roads.does('my work')).toMatch('nothing is open');

  // Twenty hours later it is nearly due, then it is late and goes up: both officers and the citizen hear of it.
  await stage.pass(21 * HOUR);
  expect(water.heard()).toMatch('समय ख़त्म होने वाला है');
  await stage.pass(4 * HOUR);
  expect(water.heard()).toMatch(new RegExp(`request_work.*${reference}`));
  expect(asha.heard()).toMatch(new RegExp(`request_update.*${reference}`));
  expect(above.heard()).toMatch(new RegExp(`request_work.*${reference}`));
  expect(await above.does('माझे काम', tap('late'))).toMatch(reference);

  // Closed on the spot with a photo; a photo from elsewhere is refused.
  await water.does('mera kaam', '1', tap('work-done'), photo('पाइप बदला'));
  expect(await water.does({ type: 'location', latitude: 19.1, longitude: 72.85 })).toMatch('बहुत दूर');
  expect(await water.does(tap('spot'), here)).toMatch(/बंद.*धन्यवाद/s);
  expect(asha.heard()).toMatch(new RegExp(`request_update.*${reference}`));

  // "Not fixed" opens it again and comes back to the officer.
  expect(await asha.does('my complaints', tap('reopen'), 'It leaks again')).toMatch('open again');
  expect(water.heard()).toMatch(/फिर से खुली.*It leaks again/s);
  expect(above.heard()).toMatch(/पुन्हा उघडली.*It leaks again/s);
  expect(await water.does(tap('work-done'), photo('जोड़ कसा'), here)).toMatch('बंद');
  expect(asha.heard()).toMatch(/closed.*जोड़ कसा.*👍 Solved/s);
  expect(await asha.does(tap('👍 Solved'), '5')).toMatch('Thank you for your rating');

  const { rows } = await stage.database.query<{ happened: string }>(
    `select coalesce(e.move, e.type) || coalesce(' ' || e.post, '') as happened from service_request_events e
       join service_request_references f on f.organization_id = e.organization_id and f.request_id = e.request_id
      where f.reference = $1 order by e.happened_at, e.id`,
    [reference],
  );
  expect(rows.map(({ happened }) => happened)).toEqual([
    ...['service_request_opened', 'start roads-pn', 'note_added', 'transfer roads-pn'],
    ...['due_date_neared', 'due_date_passed', 'service_request_escalated'],
    ...['close water-pn', 'reopen', 'close water-pn', 'service_request_rated'],
  ]);
});
