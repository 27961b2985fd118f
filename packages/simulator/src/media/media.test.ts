/** Media of the Graph API: upload, address, download, expiry. */
import { type Json, property } from '@hazir/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, codeOf, startBench, statusesOf } from '../testing.ts';

const DAY = 86_400_000;
let on: Bench;

beforeEach(async () => {
  on = await startBench();
  on.control.say('asha', { numberId: on.number.numberId, type: 'text', text: 'hello' });
});

afterEach(() => on.close());

async function upload(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  fields: Record<string, string> = { messaging_product: 'whatsapp' },
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([bytes], { type }), 'file');
  return on.graph('POST', `${on.number.numberId}/media`, form);
}

async function uploaded(type: string, bytes = new TextEncoder().encode('bytes')): Promise<string> {
  return String(property((await upload(bytes, type)).body, 'id'));
}

async function download(url: Json | undefined, token = on.number.accessToken): Promise<Response> {
  return fetch(String(url), { headers: { authorization: `Bearer ${token}` } });
}

test('what was uploaded comes back, with its type, size and hash', async () => {
  const id = await uploaded('image/png');
  const located = await on.graph('GET', `${id}?phone_number_id=${on.number.numberId}`);
  expect(located.body).toEqual({
    messaging_product: 'whatsapp',
    url: expect.stringContaining(`${on.base}/simulator/media-cdn/${id}?`),
    mime_type: 'image/png',
    sha256: '277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9',
    file_size: 5,
    id,
  });
  const file = await download(property(located.body, 'url'));
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(await file.text()).toBe('bytes');
});

describe('an address', () => {
  test('works for five minutes of the clock', async () => {
    const id = await uploaded('image/png');
    const url = property((await on.graph('GET', id)).body, 'url');
    await on.control.advance(299_000);
    expect((await download(url)).status).toBe(200);
    await on.control.advance(1_000);
    expect((await download(url)).status).toBe(404);
    expect((await download(property((await on.graph('GET', id)).body, 'url'))).status).toBe(200);
  });

  test('needs the token and its signature', async () => {
    const url = String(property((await on.graph('GET', await uploaded('image/png'))).body, 'url'));
    expect((await download(url, 'wrong')).status).toBe(401);
    expect((await fetch(url)).status).toBe(401);
    expect((await download(url.replace(/hash=.{4}/, 'hash=AAAA'))).status).toBe(404);
    expect((await download(url.replace(/ext=\d+/, 'ext=9999999999'))).status).toBe(404);
  });
});

test('uploads are kept for 30 days, a citizen’s files for 7', async () => {
  const mine = await uploaded('image/png');
  const theirs = on.control.addMedia({ bytes: new Uint8Array([1]), mimeType: 'image/jpeg' }).mediaId;
  await on.control.advance(7 * DAY - 1);
  expect((await on.graph('GET', theirs)).status).toBe(200);
  await on.control.advance(1);
  expect(codeOf(await on.graph('GET', theirs))).toBe(100);
  await on.control.advance(23 * DAY);
  expect(codeOf(await on.graph('GET', mine))).toBe(100);
});

test('a deleted file is gone', async () => {
  const id = await uploaded('image/png');
  expect((await on.graph('DELETE', id)).body).toEqual({ success: true });
  expect(codeOf(await on.graph('GET', id))).toBe(100);
});

test.each([
  ['no file', async () => on.graph('POST', `${on.number.numberId}/media`, { messaging_product: 'whatsapp' }), 131008],
  ['no product', async () => upload(new Uint8Array(1), 'image/png', {}), 131008],
  ['a type that WhatsApp does not carry', async () => upload(new Uint8Array(1), 'application/x-msdownload'), 100],
  ['a picture of more than 5 MB', async () => upload(new Uint8Array(5 * 1024 * 1024 + 1), 'image/png'), 131053],
])('an upload is refused for %s', async (_, act, code) => {
  expect(codeOf(await act())).toBe(code);
});

describe('sending', () => {
  async function sendMedia(type: string, media: Record<string, Json>) {
    const answer = await on.send({ type, [type]: media });
    await on.control.advance(5_000);
    await on.control.settled();
    return answer;
  }

  test('by id shows the file on the phone', async () => {
    const id = await uploaded('application/pdf');
    await sendMedia('document', { id, caption: 'The form', filename: 'form.pdf' });
    const body = on.control.messages('asha').at(-1)?.body;
    expect(body).toMatchObject({
      type: 'media',
      media: 'document',
      mediaId: id,
      caption: 'The form',
      fileName: 'form.pdf',
      mimeType: 'application/pdf',
    });
    const shown = await fetch(on.base + String(property(body, 'url')));
    expect([shown.headers.get('content-type'), await shown.text()]).toEqual(['application/pdf', 'bytes']);
  });

  test.each([
    ['a webp picture by id', 'image', async () => ({ id: await uploaded('image/webp') })],
    ['a webp picture by link', 'image', async () => ({ link: 'https://example.org/a.webp' })],
    ['a wav by link', 'audio', async () => ({ link: 'https://example.org/a.wav' })],
    ['audio that is bare opus', 'audio', async () => ({ link: 'https://example.org/a.opus' })],
  ])('%s is accepted and fails with 131053', async (_, type, media) => {
    expect((await sendMedia(type, await media())).status).toBe(200);
    expect(statusesOf(on.receiver)).toMatchObject([{ status: 'failed', errors: [{ code: 131053 }] }]);
  });

  test('a voice note is a voice note on the phone', async () => {
    await sendMedia('audio', { id: await uploaded('audio/ogg; codecs=opus'), voice: true });
    expect(on.control.messages('asha').at(-1)?.body).toMatchObject({ type: 'media', media: 'voice' });
  });
});

test('files in memory are bounded: the oldest go first', async () => {
  const small = await startBench({ mediaBytes: 1_000 });
  const ids = [400, 400, 400].map(
    (size) => small.control.addMedia({ bytes: new Uint8Array(size), mimeType: 'image/png' }).mediaId,
  );
  expect(() => small.control.media(ids[0] ?? '')).toThrow('no such media');
  expect(small.control.media(ids[2] ?? '').bytes.length).toBe(400);
  await small.close();
});
