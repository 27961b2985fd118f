import { createHmac } from 'node:crypto';
import { listChannels } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let secret: string;
let verifyToken: string;
let sent = 0;

beforeAll(async () => {
  stage = await openStage();
  const [channel] = await listChannels(stage.database);
  secret = channel?.appSecret ?? '';
  verifyToken = channel?.verifyToken ?? '';
});

const post = async (body: string, signature = sign(body)) =>
  fetch(`${stage.served.url}/webhooks/whatsapp`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...(signature && { 'x-hub-signature-256': signature }) },
  });
const sign = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const message = (from: string, text: string, numberId = stage.numberId) => {
  sent += 1;
  return {
    id: 'w1',
    changes: [
      {
        field: 'messages',
        value: {
          messaging_product: 'whatsapp',
          metadata: { display_phone_number: '1', phone_number_id: numberId },
          contacts: [{ profile: { name: 'T' }, wa_id: from }],
          messages: [
            { from, id: `wamid.T${sent}`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } },
          ],
        },
      },
    ],
  };
};
const envelope = (...entry: object[]) => JSON.stringify({ object: 'whatsapp_business_account', entry });
const count = async (table: string) =>
  Number((await stage.database.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n);

describe('handshake', () => {
  const ask = (token: string) =>
    fetch(
      `${stage.served.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${encodeURIComponent(token)}&hub.challenge=1158201444`,
    );

  test('the challenge comes back as bare text for our token', async () => {
    const response = await ask(verifyToken);
    expect([response.status, await response.text()]).toEqual([200, '1158201444']);
  });

  test('another token is refused', async () => expect((await ask('wrong')).status).toBe(403));
});

describe('what is refused', () => {
  test.each([
    ['no signature', ''],
    ['a wrong signature', `sha256=${'0'.repeat(64)}`],
  ])('%s: 401 and nothing stored', async (_what, signature) => {
    const before = await count('messages');
    expect((await post(envelope(message('919990008001', 'hi')), signature)).status).toBe(401);
    await stage.quiet();
    expect(await count('messages')).toBe(before);
    expect(await count('inbox')).toBe(0);
  });

  test('not JSON: 400', async () => expect((await post('{"object":')).status).toBe(400));

  test('over 3 MB: 413', async () => expect((await post(`{"pad":"${'x'.repeat(3_200_000)}"}`)).status).toBe(413));
});

describe('what is taken', () => {
  test('a signature over escaped non-ASCII is checked on the raw bytes', async () => {
    const body = envelope(message('919990008002', 'नमस्ते')).replace(
      /[\u0900-\u097f]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect((await post(body)).status).toBe(200);
  });

  test('unknown fields and types: 200, kept raw', async () => {
    const before = await count('unknown_updates');
    const odd = message('919990008003', 'x');
    Object.assign(odd.changes[0]?.value.messages[0] ?? {}, { type: 'hologram' });
    expect((await post(envelope(odd))).status).toBe(200);
    expect(
      (
        await post(
          JSON.stringify({
            object: 'whatsapp_business_account',
            entry: [{ id: '1', changes: [{ field: 'brand_new', value: { a: 1 } }] }],
          }),
        )
      ).status,
    ).toBe(200);
    expect((await post('[]')).status).toBe(200);
    await stage.quiet();
    expect((await count('unknown_updates')) + (await count('channel_notices'))).toBeGreaterThan(before);
  });

  test('NUL and half a surrogate pair, which Postgres refuses, do not stop the message', async () => {
    const body = envelope(message('919990008006', 'hi')).replace('wamid.T', 'wamid.\\u0000\\ud800T');
    expect((await post(body)).status).toBe(200);
    await stage.quiet();
    const { rows } = await stage.database.query(
      `select count(*) as n from messages m join contact_identities i using (organization_id, contact_id) where i.value = '919990008006' and m.outbound`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('an unknown phone-number id: 200, kept', async () => {
    expect((await post(envelope(message('919990008004', 'hi', '999')))).status).toBe(200);
    const { rows } = await stage.database.query('select reason from unknown_updates where account_id = $1', ['999']);
    expect(rows).toEqual([{ reason: 'unknown_account' }]);
  });

  test('a batch of 1,000 messages in one body is answered, each citizen once', async () => {
    const from = (n: number) => `91777${String(n).padStart(7, '0')}`;
    const body = envelope(...Array.from({ length: 1_000 }, (_, n) => message(from(n), 'hi')));
    expect((await post(body)).status).toBe(200);
    await stage.served.runtime.settled();
    const { rows } = await stage.database.query(
      `select count(*) as messages, count(distinct m.contact_id) as people from messages m
         join contact_identities i using (organization_id, contact_id) where i.value like '91777%' and m.outbound`,
    );
    expect(rows).toEqual([{ messages: 1_000, people: 1_000 }]);
  });

  test('the same webhook three times is one message and one answer', async () => {
    const body = envelope(message('919990008005', 'hi'));
    await Promise.all([post(body), post(body), post(body)]);
    await stage.quiet();
    await post(body);
    await stage.quiet();
    const { rows } = await stage.database.query(
      `select m.outbound, count(*) as n from messages m join contact_identities i using (organization_id, contact_id) where i.value = '919990008005' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { outbound: false, n: 1 },
      { outbound: true, n: 1 },
    ]);
  });
});

describe('life signs', () => {
  test('healthz lives and readyz is ready', async () => {
    expect((await fetch(`${stage.served.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${stage.served.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });
});
