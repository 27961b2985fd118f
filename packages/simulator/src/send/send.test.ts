/** What becomes of messages: windows, rates, statuses, prices, the phone's view. */
import { type Json, type JsonObject, property } from '@hazir/core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, codeOf, START, sentId, startBench, statusesOf } from '../testing.ts';

const HOUR = 3_600_000;
const TEXT = { type: 'text', text: { body: 'hi' } };
const open: Bench[] = [];

afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function bench(...given: Parameters<typeof startBench>): Promise<Bench> {
  const made = await startBench(...given);
  open.push(made);
  return made;
}

const template = (name: string, category: string, more: JsonObject = {}): JsonObject => ({
  name,
  language: 'en',
  category,
  components: [{ type: 'BODY', text: 'Hello.' }],
  ...more,
});
const sendTemplate = (name: string): JsonObject => ({ type: 'template', template: { name, language: { code: 'en' } } });
const write = (on: Bench, id = 'asha') => on.control.say(id, { numberId: on.number.numberId, type: 'text', text: 'hello' }).id;
const steps = (on: Bench) => statusesOf(on.receiver).map((one) => property(one, 'status'));

async function run(on: Bench, ms = 10_000): Promise<void> {
  await on.control.advance(ms);
  await on.control.settled();
}

describe('the service window', () => {
  test('opens with a message and closes 24 hours later', async () => {
    const on = await bench();
    expect(codeOf(await on.send(TEXT))).toBe(131047);
    write(on);
    expect((await on.send(TEXT)).status).toBe(200);
    await run(on, 24 * HOUR - 1);
    expect((await on.send(TEXT)).status).toBe(200);
    await run(on, 1);
    expect(codeOf(await on.send(TEXT))).toBe(131047);
    expect((await on.send(sendTemplate('hello_world'))).status).toBe(404);
  });

  test('can be refused later instead: accepted, then failed', async () => {
    const on = await bench({ windowRefusal: 'async' });
    expect((await on.send(TEXT)).status).toBe(200);
    await run(on);
    expect(statusesOf(on.receiver)).toMatchObject([
      { status: 'failed', errors: [{ code: 131047, title: 'Re-engagement message' }] },
    ]);
    expect(on.control.messages('asha')).toMatchObject([
      { ticks: 'failed', failure: expect.stringContaining('131047'), body: { text: 'hi' } },
    ]);
  });

  test('does not hold for templates', async () => {
    const on = await bench();
    const answer = await on.send({ type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } });
    expect(answer).toMatchObject({ status: 200, body: { messages: [{ message_status: 'accepted' }] } });
  });
});

describe('statuses', () => {
  test('are sent, delivered and, when the chat is opened, read; each tells the contact and the tracker', async () => {
    const on = await bench();
    write(on);
    const id = sentId(await on.send({ ...TEXT, biz_opaque_callback_data: 'outbox-7' }));
    await run(on);
    on.control.openChat('asha', on.number.numberId);
    await run(on);
    const common = { id, recipient_id: '919990000001', biz_opaque_callback_data: 'outbox-7' };
    expect(statusesOf(on.receiver)).toMatchObject([
      { ...common, status: 'sent', pricing: { pricing_model: 'PMP', category: 'service', type: 'regular', billable: true } },
      { ...common, status: 'delivered', pricing: { category: 'service' } },
      { ...common, status: 'read' },
    ]);
    expect(property(statusesOf(on.receiver)[2], 'pricing')).toBeUndefined();
    expect(property(statusesOf(on.receiver)[0], 'conversation')).toBeUndefined();
    expect(on.control.messages('asha').at(-1)).toMatchObject({ wamid: id, ticks: 'read' });
  });

  test('take a random time within the limits that were set', async () => {
    const on = await bench({ statusDelaysMs: { sent: [100, 200], delivered: [1_000, 2_000] } });
    write(on);
    await on.send(TEXT);
    await run(on, 99);
    expect(steps(on)).toEqual([]);
    await run(on, 101);
    expect(steps(on)).toEqual(['sent']);
    await run(on, 2_000);
    expect(steps(on)).toEqual(['sent', 'delivered']);
  });

  test('carry a conversation up to version 23 only', async () => {
    const on = await bench();
    write(on);
    await on.send(TEXT, 'v23.0');
    await run(on);
    expect(statusesOf(on.receiver)).toMatchObject([
      { conversation: { id: expect.any(String), expiration_timestamp: expect.any(String), origin: { type: 'service' } } },
      { conversation: { id: expect.any(String), origin: { type: 'service' } } },
    ]);
  });

  test('before October 2026 a message within the window is free', async () => {
    const on = await bench({ now: () => Date.UTC(2026, 8, 1) });
    write(on);
    await on.send(TEXT);
    await run(on);
    expect(statusesOf(on.receiver)[0]).toMatchObject({
      pricing: { billable: false, type: 'free_customer_service', category: 'service' },
    });
  });

  test('are never read without read receipts', async () => {
    const on = await bench();
    on.control.changeCitizen('asha', { readReceipts: false });
    write(on);
    await on.send(TEXT);
    await run(on);
    on.control.openChat('asha', on.number.numberId);
    await run(on);
    expect(steps(on)).toEqual(['sent', 'delivered']);
  });

  test('wait for a phone that is offline, in order, and end with the time to live', async () => {
    const on = await bench({}, { templates: [template('short', 'UTILITY', { message_send_ttl_seconds: 60 })] });
    write(on);
    on.control.changeCitizen('asha', { online: false });
    const ids = [sentId(await on.send(TEXT)), sentId(await on.send(TEXT))];
    await on.send(sendTemplate('short'));
    await run(on, HOUR);
    expect(steps(on)).toEqual(['sent', 'sent', 'sent']);
    expect(on.control.messages('asha').length).toBe(1);
    on.control.changeCitizen('asha', { online: true });
    await run(on);
    expect(steps(on)).toEqual(['sent', 'sent', 'sent', 'delivered', 'delivered']);
    expect(
      on.control
        .messages('asha')
        .slice(1)
        .map((item) => item.wamid),
    ).toEqual(ids);
  });

  test.each([
    ['is not on WhatsApp', (on: Bench) => void on.control.changeCitizen('asha', { onWhatsApp: false })],
    ['is blocked', (on: Bench) => on.graph('POST', `${on.number.numberId}/block_users`, BLOCK)],
  ])('fail with 131026 when the citizen %s', async (_, prepare) => {
    const on = await bench();
    write(on);
    await prepare(on);
    expect((await on.send(TEXT)).status).toBe(200);
    await run(on);
    expect(statusesOf(on.receiver)).toMatchObject([
      { status: 'failed', errors: [{ code: 131026, title: 'Message undeliverable' }] },
    ]);
  });

  test('fail with 131026 for a number that nobody has', async () => {
    const on = await bench({}, { templates: [template('notice', 'UTILITY')] });
    expect(await on.send({ ...sendTemplate('notice'), to: '+91 99999 99999' })).toMatchObject({
      status: 200,
      body: { contacts: [{ input: '+91 99999 99999', wa_id: '919999999999' }] },
    });
    await run(on);
    expect(statusesOf(on.receiver)).toMatchObject([
      { status: 'failed', recipient_id: '919999999999', errors: [{ code: 131026 }] },
    ]);
  });

  test('a reaction is only ever sent, and shows on the message', async () => {
    const on = await bench();
    const wamid = write(on);
    const first = await on.send({ type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } });
    await run(on);
    expect(steps(on)).toEqual(['sent']);
    expect(on.control.messages('asha')).toMatchObject([{ wamid, reaction: '👍' }]);
    expect(codeOf(await on.send({ type: 'reaction', reaction: { message_id: sentId(first), emoji: '👍' } }))).toBe(131009);
    await run(on, 31 * 24 * HOUR);
    write(on);
    expect(codeOf(await on.send({ type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } }))).toBe(131009);
  });
});

const BLOCK = { messaging_product: 'whatsapp', block_users: [{ user: '+919990000001' }] };

describe('rates', () => {
  test('45 messages at once to the same citizen, then one each 6 seconds: 131056', async () => {
    const on = await bench();
    write(on);
    const answers: Json[] = [];
    for (let i = 0; i < 47; i += 1) answers.push(codeOf(await on.send(TEXT)) ?? null);
    expect(answers.filter((code) => code === null).length).toBe(45);
    expect(answers.slice(45)).toEqual([131056, 131056]);
    await run(on, 6_000);
    expect((await on.send(TEXT)).status).toBe(200);
    expect(codeOf(await on.send(TEXT))).toBe(131056);
    await run(on, 45 * 6_000);
    expect((await on.send(TEXT)).status).toBe(200);
  });

  test.each([
    [undefined, 80],
    [1_000, 1_000],
  ])('throughput %s takes %i messages a second: 130429', async (throughput, most) => {
    const on = await bench({ pairRate: false }, throughput === undefined ? {} : { throughput });
    write(on);
    const codes = new Map<Json, number>();
    for (let i = 0; i < most + 20; i += 1) {
      const code = codeOf(await on.send(TEXT)) ?? null;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    // The incoming message counts too.
    expect(codes).toEqual(
      new Map<Json, number>([
        [null, most - 1],
        [130429, 21],
      ]),
    );
    await run(on, 1_000);
    expect((await on.send(TEXT)).status).toBe(200);
  });

  test('can be switched off', async () => {
    const on = await bench({ pairRate: false, throughput: false });
    write(on);
    for (let i = 0; i < 120; i += 1) expect((await on.send(TEXT)).status).toBe(200);
  });
});

describe('marketing', () => {
  test('that the citizen stopped is refused with 131050, the webhook tells of it, resuming allows it', async () => {
    const on = await bench({}, { templates: [template('fair', 'MARKETING'), template('notice', 'UTILITY')] });
    write(on);
    on.control.changeCitizen('asha', { marketing: 'stopped' });
    await on.receiver.has(2);
    expect(on.receiver.received[1]?.body).toMatchObject({
      entry: [
        {
          time: START / 1000,
          changes: [
            {
              field: 'user_preferences',
              value: {
                user_preferences: [
                  {
                    wa_id: '919990000001',
                    user_id: expect.any(String),
                    category: 'marketing_messages',
                    value: 'stop',
                    timestamp: START / 1000,
                  },
                ],
              },
            },
          ],
        },
      ],
    });
    expect(codeOf(await on.send(sendTemplate('fair')))).toBe(131050);
    expect((await on.send(sendTemplate('notice'))).status).toBe(200);
    on.control.changeCitizen('asha', { marketing: 'resumed' });
    expect((await on.send(sendTemplate('fair'))).status).toBe(200);
  });
});

test('a test number reaches only its allow-list: 131030', async () => {
  const on = await bench({}, { allowList: ['919990000002'] });
  write(on);
  expect(codeOf(await on.send(TEXT))).toBe(131030);
});

test('a number that is not registered sends nothing: 133010', async () => {
  const on = await bench();
  write(on);
  await on.graph('POST', `${on.number.numberId}/deregister`);
  expect(codeOf(await on.send(TEXT))).toBe(133010);
  const register = { messaging_product: 'whatsapp', pin: '123456' };
  expect((await on.graph('POST', `${on.number.numberId}/register`, register)).status).toBe(200);
  expect((await on.send(TEXT)).status).toBe(200);
  expect(codeOf(await on.graph('POST', `${on.number.numberId}/register`, { ...register, pin: '654321' }))).toBe(133005);
  expect(codeOf(await on.graph('POST', `${on.number.numberId}/register`, { ...register, pin: '12' }))).toBe(100);
});

test.each([
  ['+91 99900 00001', '919990000001'],
  ['(99900) 00001', '919990000001'],
  ['919990000001', '919990000001'],
  [919990000001, '919990000001'],
])('the recipient %s is %s', async (to, digits) => {
  const on = await bench();
  write(on);
  expect(await on.send({ ...TEXT, to })).toMatchObject({ status: 200, body: { contacts: [{ wa_id: digits }] } });
});

test.each([
  ['+5511987654321', '551187654321'],
  ['+525512345678', '5215512345678'],
  ['+541112345678', '5491112345678'],
])('the recipient %s is rewritten to %s as WhatsApp knows it', async (to, phone) => {
  const on = await bench({ citizens: [{ id: 'abroad', name: 'A', phone }] });
  write(on, 'abroad');
  expect(await on.send({ ...TEXT, to })).toMatchObject({ status: 200, body: { contacts: [{ input: to, wa_id: phone }] } });
});

test('strangers can be made citizens, for load tests', async () => {
  const on = await bench({ unknownRecipients: 'create' }, { templates: [template('notice', 'UTILITY')] });
  await on.send({ ...sendTemplate('notice'), to: '+919888888888' });
  await run(on);
  expect(steps(on)).toEqual(['sent', 'delivered']);
  expect(on.control.state().citizens.map((one) => one.phone)).toContain('919888888888');
});

describe('reading', () => {
  test('marks the message and those before it, and typing shows until the next message', async () => {
    const on = await bench();
    const seen: Json[] = [];
    const first = write(on);
    const second = write(on);
    on.control.watch('asha', (event) => void ('typing' in event && seen.push(event.typing)));
    const read = { status: 'read', message_id: second, typing_indicator: { type: 'text' } };
    expect((await on.send(read)).body).toEqual({ success: true });
    const ticks = new Map(on.control.messages('asha').map((item) => [item.wamid, item.ticks]));
    expect([ticks.get(first), ticks.get(second)]).toEqual(['read', 'read']);
    expect(seen).toEqual([true]);
    await on.send(TEXT);
    await run(on, 5_000);
    expect(seen).toEqual([true, false]);
    await on.send(read);
    await run(on, 25_000);
    expect(seen).toEqual([true, false, true, false]);
  });

  test('has no effect on a message of the business', async () => {
    const on = await bench();
    write(on);
    const id = sentId(await on.send(TEXT));
    expect(codeOf(await on.send({ status: 'read', message_id: id }))).toBe(131009);
  });
});
