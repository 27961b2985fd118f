import { beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
const bubbles = (citizen: string) => stage.control.messages(citizen).filter((item) => item.from === 'business');

test('the database goes away between the answer’s acceptance and its record: the citizen reads it once', async () => {
  const citizen = stage.control.addCitizen({ name: 'Once (demo)' }).id;
  await stage.database.query('alter function record_facts rename to record_facts_away');
  stage.control.say(citizen, { numberId: stage.numberId, type: 'text', text: 'Hi' });
  await expect.poll(() => bubbles(citizen).length, { timeout: 10_000 }).toBe(1);
  const failures = () => stage.events.filter((event) => event === 'outcome_not_written').length;
  await expect.poll(failures, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
  await stage.database.query('alter function record_facts_away rename to record_facts');
  await expect.poll(async () => (await stage.database.query('select 1 from outbox')).rowCount, { timeout: 10_000 }).toBe(0);
  expect(bubbles(citizen)).toHaveLength(1);
});
