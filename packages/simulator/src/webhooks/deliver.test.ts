/** Webhooks as a receiver sees them: signed, at least once, retried until 200, and with every fault. */
import { type Json, listProperty, property } from '@hazir/core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Faults } from '../protocol.ts';
import { type Bench, messagesOf, startBench, startReceiver, statusesOf, valuesOf } from '../testing.ts';

const HOUR = 3_600_000;
const open: Bench[] = [];

afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function bench(...given: Parameters<typeof startBench>): Promise<Bench> {
  const made = await startBench(...given);
  open.push(made);
  return made;
}

function write(on: Bench, text: string): string {
  return on.control.say('asha', { numberId: on.number.numberId, type: 'text', text }).id;
}

async function writeMany(on: Bench, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => write(on, `message ${index}`));
  await on.control.settled();
  await on.control.advance(10_000);
  await on.control.settled();
  return ids;
}

const idsOf = (messages: Json[]) => messages.map((message) => property(message, 'id'));
const attemptsOf = (on: Bench) => on.control.deliveries().map((one) => [one.attempt, one.status]);

test('a webhook has the envelope and the signature of Meta', async () => {
  const on = await bench();
  const id = write(on, 'नमस्ते / hello');
  await on.receiver.has(1);
  const [received] = on.receiver.received;
  expect(received?.genuine).toBe(true);
  expect(received?.headers['content-type']).toBe('application/json');
  expect(received?.body).toEqual({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: on.number.businessId,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '918000000001', phone_number_id: on.number.numberId },
              contacts: [
                { profile: { name: 'Asha Kulkarni' }, wa_id: '919990000001', user_id: expect.stringMatching(/^IN\.\w+$/) },
              ],
              messages: [
                {
                  from: '919990000001',
                  from_user_id: expect.stringMatching(/^IN\.\w+$/),
                  id,
                  timestamp: String(Date.UTC(2026, 10, 22, 9, 30) / 1000),
                  type: 'text',
                  text: { body: 'नमस्ते / hello' },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

test('anything but 200 is retried with back-off until 200, with the same bytes', async () => {
  const on = await bench();
  on.receiver.answer = (nth) => [500, 404, 201][nth - 1] ?? 200;
  write(on, 'hello');
  await on.receiver.has(1);
  await on.control.settled();
  await on.control.advance(60_000);
  expect(attemptsOf(on)).toEqual([
    [1, 500],
    [2, 404],
    [3, 201],
    [4, 200],
  ]);
  expect(new Set(on.receiver.received.map((one) => one.raw)).size).toBe(1);
  expect(on.receiver.received.every((one) => one.genuine)).toBe(true);
  const times = on.control.deliveries().map((one) => one.at);
  expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 1_000, 3_000, 7_000]);
});

test.each([
  ['seven_days', 7 * 24],
  ['thirty_six_hours', 36],
] as const)('the profile %s gives up after %i hours', async (retry, hours) => {
  const on = await bench({ retry });
  on.receiver.answer = () => 503;
  write(on, 'hello');
  await on.control.settled();
  await on.control.advance(hours * HOUR);
  const attempts = on.receiver.received.length;
  expect(attempts).toBeGreaterThan(5);
  await on.control.advance(30 * 24 * HOUR);
  expect(on.receiver.received.length).toBe(attempts);
});

test('a receiver that is down, or does not answer in time, is tried again', async () => {
  const on = await bench({ webhookTimeoutMs: 50 });
  on.receiver.answer = (nth) => (nth === 1 ? 'hang' : 200);
  write(on, 'hello');
  await on.receiver.has(1);
  await on.control.settled();
  await on.control.advance(2_000);
  expect(attemptsOf(on)).toEqual([
    [1, 'unreachable'],
    [2, 200],
  ]);
});

test('the citizen sees one tick, then two when the webhook was answered with 200', async () => {
  const on = await bench();
  on.receiver.answer = (nth) => (nth === 1 ? 500 : 200);
  write(on, 'hello');
  await on.control.settled();
  expect(on.control.messages('asha')[0]?.ticks).toBe('sent');
  await on.control.advance(2_000);
  await on.control.settled();
  expect(on.control.messages('asha')[0]?.ticks).toBe('delivered');
});

test('without a subscription nothing is sent', async () => {
  const on = await bench({}, { subscribed: false });
  write(on, 'lost');
  await on.graph('POST', `${on.number.businessId}/subscribed_apps`);
  const kept = write(on, 'kept');
  await on.receiver.has(1);
  await on.control.settled();
  expect(idsOf(messagesOf(on.receiver))).toEqual([kept]);
});

describe('another callback', () => {
  test('of the number goes before that of the account, and only for messages', async () => {
    const on = await bench();
    const others = [await startReceiver(on.number.appSecret, 'a'), await startReceiver(on.number.appSecret, 'b')] as const;
    const [account, own] = others;
    const forAccount = { override_callback_uri: account.url, verify_token: 'a' };
    expect((await on.graph('POST', `${on.number.businessId}/subscribed_apps`, forAccount)).status).toBe(200);
    write(on, 'to the account');
    await account.has(1);
    const webhook_configuration = { override_callback_uri: own.url, verify_token: 'b' };
    expect((await on.graph('POST', on.number.numberId, { webhook_configuration })).status).toBe(200);
    write(on, 'to the number');
    await own.has(1);
    on.control.changeCitizen('asha', { marketing: 'stopped' });
    await on.receiver.has(1);
    expect([account, own, on.receiver].map((one) => one.received.length)).toEqual([1, 1, 1]);
    const fields = await on.graph('GET', `${on.number.numberId}?fields=webhook_configuration`);
    expect(fields.body).toMatchObject({
      webhook_configuration: { whatsapp_business_account: account.url, phone_number: own.url },
    });
    for (const one of others) await one.close();
  });

  test('that does not answer the handshake is refused', async () => {
    const on = await bench();
    const answer = await on.graph('POST', `${on.number.businessId}/subscribed_apps`, {
      override_callback_uri: on.receiver.url,
      verify_token: 'wrong',
    });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 2200 } } });
  });
});

describe('the fault', () => {
  async function withFault(fault: Partial<Faults>): Promise<Bench> {
    const on = await bench();
    on.control.setFaults(fault);
    return on;
  }

  test('duplicate delivers again although it was answered', async () => {
    const on = await withFault({ duplicate: 0.5 });
    const ids = await writeMany(on, 20);
    const came = idsOf(messagesOf(on.receiver));
    expect(new Set(came)).toEqual(new Set(ids));
    expect(came.length).toBeGreaterThan(ids.length);
    expect(came.length).toBeLessThan(2 * ids.length);
    expect(new Set(on.receiver.received.map((one) => one.raw)).size).toBe(ids.length);
  });

  test('reorder lets later webhooks overtake, and loses none', async () => {
    const on = await withFault({ reorder: 0.4 });
    const ids = await writeMany(on, 20);
    const came = idsOf(messagesOf(on.receiver));
    expect(came).not.toEqual(ids);
    expect([...came].sort()).toEqual([...ids].sort());
  });

  test('reorder of the last webhook ends after two seconds', async () => {
    const on = await withFault({ reorder: 1 });
    expect((await writeMany(on, 1)).length).toBe(1);
    expect(messagesOf(on.receiver).length).toBe(1);
  });

  test('batch puts updates together in all of the arrays', async () => {
    const on = await withFault({ batch: 10 });
    const ids = await writeMany(on, 35);
    expect(on.receiver.received.length).toBe(4);
    expect(idsOf(messagesOf(on.receiver))).toEqual(ids);
    expect(on.receiver.received.every((one) => one.genuine)).toBe(true);
    const entries = on.receiver.received.flatMap((one) => listProperty(one.body, 'entry'));
    const values = on.receiver.received.flatMap(valuesOf);
    expect(entries.length).toBeGreaterThan(on.receiver.received.length);
    expect(values.length).toBeGreaterThan(entries.length);
    expect(values.length).toBeLessThan(ids.length);
  });

  test('delayMs waits on the clock of the simulator', async () => {
    const on = await withFault({ delayMs: 5_000 });
    write(on, 'late');
    await on.control.advance(4_999);
    expect(on.receiver.received.length).toBe(0);
    await on.control.advance(1);
    await on.receiver.has(1);
  });

  test('drop loses statuses, never messages', async () => {
    const on = await withFault({ drop: 1 });
    write(on, 'hello');
    await on.send({ type: 'text', text: { body: 'hi' } });
    await on.control.advance(5_000);
    expect(messagesOf(on.receiver).length).toBe(1);
    expect(statusesOf(on.receiver)).toEqual([]);
    expect(on.control.messages('asha').length).toBe(2);
  });

  test('fail refuses sends with the code, as often as asked', async () => {
    const on = await withFault({ fail: { code: 131056, probability: 0.5 } });
    write(on, 'hello');
    const answers = [];
    for (let i = 0; i < 20; i += 1) answers.push(await on.send({ type: 'text', text: { body: 'hi' } }));
    const refused = answers.filter((one) => one.status === 400);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused.length).toBeLessThan(17);
    expect(refused[0]?.body).toMatchObject({ error: { code: 131056 } });
  });

  test('fail uses the HTTP status of the code', async () => {
    const on = await withFault({ fail: { code: 131016, probability: 1 } });
    expect((await on.send({ type: 'text', text: { body: 'hi' } })).status).toBe(500);
    on.control.setFaults({ fail: { code: 190, probability: 1 } });
    expect((await on.send({ type: 'text', text: { body: 'hi' } })).status).toBe(401);
  });

  test('acceptThenTimeout closes the connection, and the statuses come all the same', async () => {
    const on = await withFault({ acceptThenTimeout: 1 });
    write(on, 'hello');
    await expect(on.send({ type: 'text', text: { body: 'hi' }, biz_opaque_callback_data: 'outbox-1' })).rejects.toThrow();
    await on.control.advance(5_000);
    expect(statusesOf(on.receiver).map((one) => [property(one, 'status'), property(one, 'biz_opaque_callback_data')])).toEqual([
      ['sent', 'outbox-1'],
      ['delivered', 'outbox-1'],
    ]);
    expect(on.control.requests()[0]).toMatchObject({ method: 'POST', status: 200, response: null });
  });

  test('slowMs delays each answer of the Graph API', async () => {
    const on = await withFault({ slowMs: 800 });
    let answered = false;
    const asked = on.graph('GET', on.number.numberId).then((answer) => {
      answered = true;
      return answer;
    });
    // A request that does not wait tells that the slow one has arrived: the control API is not slowed down.
    while (!answered) {
      await fetch(`${on.base}/simulator/api/faults`);
      await on.control.advance(400);
    }
    expect((await asked).status).toBe(200);
    expect(on.control.state().now).toBeGreaterThanOrEqual(Date.UTC(2026, 10, 22, 9, 30) + 800);
  });

  test('escape makes the text ASCII, and the signature is over those bytes', async () => {
    const on = await withFault({ escape: true });
    write(on, 'नमस्ते https://example.org 👍');
    await on.receiver.has(1);
    const [received] = on.receiver.received;
    expect(received?.genuine).toBe(true);
    expect(received?.raw).toMatch(/^[\u0020-\u007e]*$/);
    expect(received?.raw).toContain('https:\\/\\/example.org');
    expect(messagesOf(on.receiver)).toMatchObject([{ text: { body: 'नमस्ते https://example.org 👍' } }]);
  });
});

describe('the same seed', () => {
  async function run(seed: number): Promise<unknown> {
    const on = await bench({ seed });
    on.control.setFaults({ duplicate: 0.3, drop: 0.3, reorder: 0.2, fail: { code: 131000, probability: 0.2 } });
    write(on, 'hello');
    for (let i = 0; i < 10; i += 1) await on.send({ type: 'text', text: { body: `hi ${i}` } });
    await on.control.advance(60_000);
    await on.control.settled();
    const log = on.control.deliveries().map((one) => ({ at: one.at, body: one.body }));
    const statuses = on.control.requests().map((one) => one.status);
    return { statuses, log, chat: on.control.messages('asha') };
  }

  test('gives the same run, another seed another', async () => {
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});
