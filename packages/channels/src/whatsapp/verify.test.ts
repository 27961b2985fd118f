import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AdapterCrypto } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { accountIn, handshake, verify } from './verify.ts';

const crypto: AdapterCrypto = {
  hmacSha256Hex: (key, bytes) => createHmac('sha256', key).update(bytes).digest('hex'),
  equalConstantTime: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
};

/** As Meta writes it: non-ASCII and slashes escaped. Written again by JSON.stringify, the bytes would differ. */
const escaped = Buffer.from('{"text":"\\u092a\\u093e\\u0928\\u0940 http:\\/\\/x @"}');
const signed = crypto.hmacSha256Hex('secret', escaped);

describe('the signature of a delivery', () => {
  test.each<[string, Record<string, string | undefined>, string[], boolean]>([
    ['right', { 'x-hub-signature-256': `sha256=${signed}` }, ['secret'], true],
    ["right, header in Meta's spelling", { 'X-Hub-Signature-256': `sha256=${signed}` }, ['secret'], true],
    ['right under the second secret, during a rotation', { 'x-hub-signature-256': `sha256=${signed}` }, ['new', 'secret'], true],
    ['under a secret that is not ours', { 'x-hub-signature-256': `sha256=${signed}` }, ['other'], false],
    ['missing', {}, ['secret'], false],
    ['without its prefix', { 'x-hub-signature-256': signed }, ['secret'], false],
    ['of the older kind', { 'x-hub-signature': `sha1=${signed}` }, ['secret'], false],
    ['cut', { 'x-hub-signature-256': `sha256=${signed.slice(1)}` }, ['secret'], false],
    ['two at once', { 'x-hub-signature-256': `sha256=${signed},sha256=${signed}` }, ['secret'], false],
    ['no secret is set', { 'x-hub-signature-256': `sha256=${signed}` }, [], false],
    ['an empty secret proves nothing', { 'x-hub-signature-256': `sha256=${crypto.hmacSha256Hex('', escaped)}` }, [''], false],
  ])('%s', (_description, headers, secrets, expected) => {
    expect(verify({ headers, rawBody: escaped }, secrets, crypto)).toBe(expected);
  });

  test('the same JSON written differently does not match', () => {
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(escaped.toString())));
    expect(verify({ headers: { 'x-hub-signature-256': `sha256=${signed}` }, rawBody: rewritten }, ['secret'], crypto)).toBe(
      false,
    );
  });

  test('every secret is compared, so that the time tells nothing', () => {
    const compared: string[] = [];
    const counting: AdapterCrypto = {
      ...crypto,
      equalConstantTime: (a, b) => {
        compared.push(b);
        return crypto.equalConstantTime(a, b);
      },
    };
    verify({ headers: { 'x-hub-signature-256': `sha256=${signed}` }, rawBody: escaped }, ['secret', 'b', 'c'], counting);
    expect(compared).toHaveLength(3);
  });
});

describe('the handshake', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token', 'hub.challenge': '1158201444' };
  test.each<[string, Record<string, string | undefined>, string | undefined]>([
    ['right: the challenge as it came', query, '1158201444'],
    ['another token', { ...query, 'hub.verify_token': 'guess' }, undefined],
    ['no token', { ...query, 'hub.verify_token': undefined }, undefined],
    ['an empty token', { ...query, 'hub.verify_token': '' }, undefined],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }, undefined],
    ['no challenge', { ...query, 'hub.challenge': undefined }, undefined],
    ['a challenge longer than any of Meta', { ...query, 'hub.challenge': '1'.repeat(2000) }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_description, asked, expected) => {
    expect(handshake(asked, ['old', 'token', ''], crypto)).toBe(expected);
  });
});

test.each([
  [
    'the number of the first change',
    '{"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"106540352242922"}}}]}]}',
    '106540352242922',
  ],
  ['no number', '{"entry":[]}', undefined],
  ['a number without an end', '"phone_number_id":"1065', undefined],
  ['a number that is too long to be one', `"phone_number_id":"${'1'.repeat(64)}"`, undefined],
])('the account that a body names, without reading it: %s', (_what, body, account) => expect(accountIn(body)).toBe(account));
