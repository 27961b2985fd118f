import { beforeAll, expect, test } from 'vitest';
import { openStage, type Stage, textOf } from '../support/stage.ts';

const CITIZENS = 40;
const NEWS_EACH = 6;
/** The news, and the question that was open. */
const BUBBLES = 2 * NEWS_EACH;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
const bubbles = (citizen: string) => stage.control.messages(citizen).filter((item) => item.from === 'business');
const unsent = async () => (await stage.database.query('select 1 from outbox')).rowCount ?? 0;
const newCitizen = async () => {
  const { id } = stage.control.addCitizen({ name: 'Someone (demo)' });
  await stage.say(id, 'Hi');
  await stage.say(id, 'English');
  return id;
};
const keyOf = async (citizen: string) => {
  const phone = stage.control.state().citizens.find((one) => one.id === citizen)?.phone;
  const { rows } = await stage.database.query<{ organizationId: number; contactId: string; channelId: number }>(
    `select i.organization_id as "organizationId", i.contact_id as "contactId", c.id as "channelId"
       from contact_identities i join channels c using (organization_id) where i.value = $1 and i.valid_to is null`,
    [phone],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no contact');
  return row;
};

test('a broadcast reaches everybody once, and an answer does not wait for it', { timeout: 150_000 }, async () => {
  const citizens: string[] = [];
  for (let n = 0; n < CITIZENS; n += 1) citizens.push(await newCitizen());
  const asking = await newCitizen();
  const keys = await Promise.all(citizens.map(keyOf));
  const before = citizens.map((citizen) => bubbles(citizen).length);
  for (let n = 0; n < NEWS_EACH; n += 1)
    await Promise.all(keys.map((key) => stage.served.runtime.start(key, { flow: 'news', lane: 'broadcast' })));
  // Decided, not yet said: what is tested is the sender.
  await expect.poll(async () => (await stage.database.query('select 1 from inbox')).rowCount, { timeout: 10_000 }).toBe(0);
  const said = bubbles(asking).length;
  stage.control.say(asking, { numberId: stage.numberId, type: 'text', text: 'Apple' });
  await expect.poll(() => bubbles(asking).length, { interval: 5, timeout: 5_000 }).toBe(said + 1);
  expect(textOf(bubbles(asking).at(-1))).toContain('apple');
  expect(await unsent()).toBeGreaterThan(20);
  await expect.poll(unsent, { timeout: 110_000 }).toBe(0);
  await stage.quiet();
  expect(citizens.map((citizen, index) => bubbles(citizen).length - (before[index] ?? 0))).toEqual(citizens.map(() => BUBBLES));
});
