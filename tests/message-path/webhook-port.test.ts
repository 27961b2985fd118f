import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { listChannels } from '@hazir/store';
import { beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../load/harness/hazir.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let port: number;
let secret: string;
let verifyToken: string;

beforeAll(async () => {
  port = await freePort();
  stage = await openStage({ environment: { HAZIR_WEBHOOK_PORT: String(port) } });
  const [channel] = await listChannels(stage.database);
  secret = channel?.appSecret ?? '';
  verifyToken = channel?.verifyToken ?? '';
});

const message = (from: string, id: string) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'w1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '1', phone_number_id: stage.numberId },
              contacts: [{ profile: { name: 'T' }, wa_id: from }],
              messages: [{ from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: 'नमस्ते' } }],
            },
          },
        ],
      },
    ],
  });

function request(body: string, more: string[] = []): Buffer {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const head = [
    'POST /webhooks/whatsapp HTTP/1.1',
    'Host: hazir',
    `X-Hub-Signature-256: sha256=${signature}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Writes the pieces one after the other, each once it has left, and returns all that comes back until `answers` heads have come. */
async function exchange(pieces: (Buffer | string)[], answers: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
    if (text.split('HTTP/1.1 ').length > answers) socket.end();
  });
  await once(socket, 'connect');
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  await once(socket, 'close');
  return text;
}

const answered = async (phone: string) => {
  await stage.quiet();
  const { rows } = await stage.database.query<{ n: number }>(
    `select count(*) as n from messages m join contact_identities i using (organization_id, contact_id) where i.value = $1 and m.outbound`,
    [phone],
  );
  return Number(rows[0]?.n);
};

describe('the port for webhooks alone', () => {
  test('a signed message is answered once, however its bytes come', async () => {
    const bytes = request(message('919990009001', 'wamid.P1'));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 50) }, (_, n) => bytes.subarray(n * 50, (n + 1) * 50));
    expect(await exchange(pieces, 1)).toBe('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    expect(await answered('919990009001')).toBe(1);
  });

  test('requests one behind the other on a connection, in one piece', async () => {
    const pair = Buffer.concat([request(message('919990009002', 'wamid.P2')), request(message('919990009003', 'wamid.P3'))]);
    expect((await exchange([pair], 2)).match(/200 OK/g)).toHaveLength(2);
    expect([await answered('919990009002'), await answered('919990009003')]).toEqual([1, 1]);
  });

  test('the handshake comes back as bare text', async () => {
    const query = `hub.mode=subscribe&hub.verify_token=${encodeURIComponent(verifyToken)}&hub.challenge=1158201444`;
    const text = await exchange([`GET /webhooks/whatsapp?${query} HTTP/1.1\r\nHost: hazir\r\n\r\n`], 1);
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text.endsWith('\r\n\r\n1158201444')).toBe(true);
  });

  test.each([
    [
      'a wrong signature',
      'POST /webhooks/whatsapp HTTP/1.1\r\nX-Hub-Signature-256: sha256=00\r\nContent-Length: 2\r\n\r\n{}',
      401,
    ],
    ['another path', 'GET /metrics HTTP/1.1\r\n\r\n', 404],
    ['another method', 'PUT /webhooks/whatsapp HTTP/1.1\r\n\r\n', 405],
    [
      'two ways to tell the length',
      'POST /webhooks/whatsapp HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
    ],
    ['more than 3 MB', 'POST /webhooks/whatsapp HTTP/1.1\r\nContent-Length: 3145729\r\n\r\n', 413],
    ['a head without an end', `POST /webhooks/whatsapp HTTP/1.1\r\nA: ${'a'.repeat(20_000)}`, 431],
  ])('%s is refused', async (_what, text, status) => {
    expect(await exchange([text], 1)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test('what is malformed ends the connection, so that nothing behind it is taken for a request', async () => {
    const smuggled = request(message('919990009004', 'wamid.P4'));
    const text = await exchange([Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nContent-Length : 5\r\n\r\n'), smuggled])], 2);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(await answered('919990009004')).toBe(0);
  });
});
