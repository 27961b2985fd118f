import { beforeAll, describe, expect, test } from 'vitest';
import { runHazir } from '../support/command.ts';
import { openStage, type Stage } from '../support/stage.ts';

const PHONE = '919990008201';
let stage: Stage;
let citizen: string;
beforeAll(async () => {
  stage = await openStage();
  citizen = stage.control.addCitizen({ name: 'Traced (demo)', phone: PHONE }).id;
  await stage.say(citizen, 'Hi');
  stage.control.openChat(citizen, stage.numberId);
  await stage.quiet();
});
const trace = (...args: string[]) => runHazir(stage.database, ['trace', ...args]);
const one = async (text: string, values: unknown[] = []) =>
  (await stage.database.query<Record<string, unknown>>(text, values)).rows[0];
const kinds = (stdout: string) =>
  [
    ...stdout.matchAll(/^ {2,}[+-]?[\d.]* ?(?:\w+ ){0,4} ?(received|said|accepted|sent|delivered|read|outbox|stored|parked)\b/gm),
  ].map((match) => match[1]);

describe('the life of a message', () => {
  test('from webhook to read status, without number and text', async () => {
    const inbound = await one('select id, external_id from messages where not outbound');
    const { stdout, code } = await trace(String(inbound?.external_id));
    expect(kinds(stdout)).toEqual(['received', 'said', 'accepted', 'sent', 'delivered', 'read']);
    expect(stdout).toContain('Done: read.');
    expect(code).toBe(0);
    for (const secret of [PHONE, 'Hi', 'language would you', 'wamid']) expect(stdout).not.toContain(secret);
    expect((await trace(String(inbound?.id), '--reveal')).stdout).toContain(String(inbound?.external_id));
  });

  test('is the same from the id of the answer, and from the tracker in its status', async () => {
    const said = await one('select contact_id, id from messages where outbound');
    const { stdout } = await trace(String(said?.id));
    expect(kinds(stdout)).toEqual(['received', 'said', 'accepted', 'sent', 'delivered', 'read']);
    expect((await trace(`${said?.contact_id}.${said?.id}`)).stdout).toBe(stdout);
  });

  test('says that the number is stopped and how to go on, in one look', async () => {
    // The token is revoked: the provider refuses, and the number stops.
    stage.control.setFaults({ fail: { code: 190, probability: 1 } });
    stage.control.say(citizen, { numberId: stage.numberId, type: 'text', text: 'English' });
    await expect
      .poll(async () => (await one('select stopped_reason from channels'))?.stopped_reason, { timeout: 10_000 })
      .toBeTruthy();
    const inbound = await one('select external_id from messages where not outbound order by id desc limit 1');
    const { stdout } = await trace(String(inbound?.external_id));
    expect(stdout).toMatch(/Held: number 1 is stopped: 190: .*\nNext: hazir channel resume 1\n$/);
    const stuck = (await trace('--stuck')).stdout;
    expect(stuck).toMatch(/Stopped numbers.*\n +number 1 +demo-mumbai .* 190: /);
    expect(stuck).toMatch(/Waiting[^\n]*\n +demo-mumbai +1 +outbox +reply/);
    expect(JSON.parse((await trace('--stuck', '--json')).stdout)).toMatchObject({ stopped: [{ channelId: 1 }] });
    expect(stuck).not.toContain(PHONE);
  });

  test.each([
    [[], 'usage:trace'],
    [['wamid.unknown'], 'usage:trace'],
    [['wamid.unknown', '--since', 'ever'], 'usage:since'],
  ])('%j is answered with the remedy', async (args, code) => {
    const wrong = await trace(...args);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)]);
  });
});
