import { listChannels, resumeChannel } from '@hazir/store';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage, textOf } from '../support/stage.ts';

let stage: Stage;
const IN_DOUBT_MS = 5_000;
beforeAll(async () => {
  stage = await openStage({ environment: { HAZIR_IN_DOUBT_MS: String(IN_DOUBT_MS), HAZIR_REQUEST_TIMEOUT_MS: '2000' } });
});
afterEach(() => void stage.control.setFaults({}));

const HOUR = 3_600_000;
const newCitizen = () => stage.control.addCitizen({ name: 'Someone (demo)' }).id;
const bubbles = (citizen: string) => stage.control.messages(citizen).filter((item) => item.from === 'business');
const sends = () => stage.control.requests().filter((request) => JSON.stringify(request.body).includes('"to"'));
/** Moves the clock until it holds: what waits for a time looks at the clock once a second. */
const untilTrue = (holds: () => boolean | Promise<boolean>, stepMs = 1_000) =>
  expect
    .poll(
      async () => {
        if (await holds()) return true;
        await stage.control.advance(stepMs);
        await stage.quiet();
        return holds();
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(true);
const contactOf = async (citizen: string) => {
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

describe('webhooks as Meta really delivers them', () => {
  test.each([
    ['twice', { duplicate: 1 }],
    ['out of order', { reorder: 0.5 }],
    ['in batches', { batch: 50 }],
    ['with everything escaped', { escape: true }],
  ])('%s: each message is answered once', async (_how, faults) => {
    stage.control.setFaults(faults);
    const citizens = Array.from({ length: 8 }, newCitizen);
    for (const citizen of citizens) stage.control.say(citizen, { numberId: stage.numberId, type: 'text', text: 'Hi' });
    await untilTrue(() => citizens.every((citizen) => bubbles(citizen).length > 0));
    stage.control.setFaults({});
    await stage.quiet();
    expect(citizens.map((citizen) => bubbles(citizen).length)).toEqual(citizens.map(() => 1));
  });
});

describe('a Graph API in trouble', () => {
  test.each([
    ['throttles the pair', 131_056],
    ['throttles the number', 130_429],
    ['is not available', 131_016],
    ['fails for a moment', 131_000],
  ])('%s: the answer comes later, once, and the next one after it', async (_how, code) => {
    const citizen = newCitizen();
    stage.control.setFaults({ fail: { code, probability: 1 } });
    await stage.say(citizen, 'Hi');
    expect(bubbles(citizen)).toEqual([]);
    stage.control.setFaults({});
    await untilTrue(() => bubbles(citizen).length > 0);
    await stage.say(citizen, 'English');
    expect(bubbles(citizen).map((item) => textOf(item).split('\n')[0])).toEqual(['Which language would you like?', 'Hello!']);
  });

  test('refuses for good: the message is marked as failed and nothing is tried again', async () => {
    const citizen = newCitizen();
    stage.control.setFaults({ fail: { code: 131_026, probability: 1 } });
    await stage.say(citizen, 'Hi');
    const { contactId } = await contactOf(citizen);
    const { rows } = await stage.database.query(
      'select failed_at is not null as failed, error from messages where contact_id = $1 and outbound',
      [contactId],
    );
    expect(rows).toEqual([{ failed: true, error: expect.stringContaining('131026') }]);
    expect((await stage.database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount).toBe(0);
  });

  test('takes a message and drops the line: a status settles it, nothing is sent twice', async () => {
    const citizen = newCitizen();
    stage.control.setFaults({ acceptThenTimeout: 1 });
    await stage.say(citizen, 'Hi');
    stage.control.setFaults({});
    const { contactId } = await contactOf(citizen);
    await untilTrue(
      async () => (await stage.database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount === 0,
      200,
    );
    expect(bubbles(citizen)).toHaveLength(1);
    await stage.control.advance(IN_DOUBT_MS * 2);
    await stage.quiet();
    expect(bubbles(citizen)).toHaveLength(1);
  });

  test('drops the line and no status ever comes: sent again once after the grace', async () => {
    const citizen = newCitizen();
    stage.control.setFaults({ acceptThenTimeout: 1, drop: 1 });
    await stage.say(citizen, 'Hi');
    stage.control.setFaults({});
    await untilTrue(() => bubbles(citizen).length === 2);
    const { contactId } = await contactOf(citizen);
    await stage.quiet();
    expect((await stage.database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount).toBe(0);
  });

  test('drops the line again and again: sent twice in all, then put aside for a person', async () => {
    const citizen = newCitizen();
    stage.control.setFaults({ acceptThenTimeout: 1, drop: 1 });
    await stage.say(citizen, 'Hi');
    const { contactId } = await contactOf(citizen);
    await untilTrue(
      async () => (await stage.database.query('select 1 from parked_messages where contact_id = $1', [contactId])).rowCount === 1,
    );
    expect(sends().filter(({ body }) => JSON.stringify(body).includes(contactId))).toHaveLength(2);
    expect((await stage.database.query('select 1 from outbox where contact_id = $1', [contactId])).rowCount).toBe(0);
  });

  test('says that the token is revoked: the number stops, keeps its queue, and goes on after “resume”', async () => {
    const citizen = newCitizen();
    stage.control.setFaults({ fail: { code: 190, probability: 1 } });
    await stage.say(citizen, 'Hi');
    const [stopped] = await listChannels(stage.database);
    expect(stopped?.stoppedReason).toContain('190');
    stage.control.setFaults({});
    expect(bubbles(citizen)).toEqual([]);
    await resumeChannel(stage.database, stopped?.id ?? 0);
    await untilTrue(() => bubbles(citizen).length === 1);
  });
});

describe('the 24-hour window', () => {
  test('inside it the message goes as written, outside it the template goes', async () => {
    const citizen = newCitizen();
    await stage.say(citizen, 'Hi');
    await stage.say(citizen, 'English');
    const contact = await contactOf(citizen);
    await stage.served.runtime.start(contact, { flow: 'news' });
    await stage.quiet();
    expect(bubbles(citizen).map((item) => item.body)).toContainEqual({ type: 'text', text: 'Your basket is ready.' });
    await stage.control.advance(25 * HOUR);
    await stage.served.runtime.start(contact, { flow: 'news' });
    await stage.quiet();
    expect(bubbles(citizen).at(-1)?.body).toMatchObject({ type: 'template', text: 'News for you: your basket is ready.' });
  });

  test('who asked for silence is told nothing unasked, and is answered again when they write', async () => {
    const citizen = newCitizen();
    await stage.say(citizen, 'Hi');
    await stage.say(citizen, 'English');
    await stage.say(citizen, 'stop');
    const before = bubbles(citizen).length;
    await stage.served.runtime.start(await contactOf(citizen), { flow: 'news' });
    await stage.quiet();
    expect(bubbles(citizen)).toHaveLength(before);
    await stage.say(citizen, 'Hi');
    expect(bubbles(citizen).length).toBeGreaterThan(before);
  });

  test('a tap on the template’s button opens its flow', async () => {
    const citizen = newCitizen();
    await stage.say(citizen, 'Hi');
    await stage.say(citizen, 'English');
    await stage.control.advance(25 * HOUR);
    await stage.served.runtime.start(await contactOf(citizen), { flow: 'news' });
    await stage.quiet();
    const template = bubbles(citizen).at(-1);
    const [button] = template?.body.type === 'template' ? template.body.buttons : [];
    const [answer] = await stage.say(citizen, { type: 'tap', choiceId: button?.id ?? '', replyTo: template?.wamid ?? '' });
    expect(textOf(answer)).toContain('Which fruit');
  });
});

test('what went out was asked of the Graph API with our id in it', () => {
  expect(sends().length).toBeGreaterThan(0);
  for (const { body } of sends())
    expect(body).toHaveProperty('biz_opaque_callback_data', expect.stringMatching(/^[0-9a-f-]{36}\.[0-9a-f-]{36}$/));
});
