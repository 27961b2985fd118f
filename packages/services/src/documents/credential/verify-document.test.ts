import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, test } from 'vitest';
import { fromBase45, toBase45 } from './base45.ts';
import { MOST_QR_CHARACTERS, packBytes, unpackBytes } from './packing.ts';
import { signDocument } from './sign-document.ts';
import { NOW, STATUS_URI, testDocument, testKey, testTrust } from './testing.ts';
import { verifyDocument } from './verify-document.ts';

const key = testKey('mygov');
const other = testKey('somebody');
const trust = testTrust(key);
const text = signDocument(testDocument(), key);
const verdictOf = (code: string, known = trust, now = NOW) => verifyDocument(code, { trust: known, now }).verdict;

describe('a verdict', () => {
  test.each([
    ['of a document as it was issued', text, trust, NOW, 'valid'],
    ['in the last second', text, trust, NOW + 365 * 86_400 - 1, 'valid'],
    ['from the second of expiry on', text, trust, NOW + 365 * 86_400, 'expired'],
    ['of a document without an end', signDocument(testDocument({ expiresAt: undefined }), key), trust, NOW * 2, 'valid'],
    ['of a revoked one', text, testTrust(key, { revoked: [41] }), NOW, 'revoked'],
    ['where its neighbours are revoked', text, testTrust(key, { revoked: [40, 42] }), NOW, 'valid'],
    ['of a revoked one that would be expired too', text, testTrust(key, { revoked: [41] }), NOW * 2, 'revoked'],
    ['without a status list', text, testTrust(key, { list: false }), NOW, 'valid'],
    ['of an issuer we do not know', signDocument(testDocument(), other), trust, NOW, 'unknown_issuer'],
    [
      'of a key in the name of another issuer',
      signDocument(testDocument({ issuer: 'https://else.example' }), key),
      trust,
      NOW,
      'altered',
    ],
    [
      'of a stranger who uses the name of our key',
      signDocument(testDocument(), { ...other, kid: key.kid }),
      trust,
      NOW,
      'altered',
    ],
    ['of a document dated before its key', text, testTrust(key, { from: NOW }), NOW, 'unknown_issuer'],
    ['of a document dated after its key was retired', text, testTrust(key, { until: NOW - 2 * 86_400 }), NOW, 'unknown_issuer'],
    ['of a document from before its key was retired', text, testTrust(key, { until: NOW - 100 }), NOW, 'valid'],
    ['of a web address', 'https://example.org', trust, NOW, 'unreadable'],
    ['of nothing', '', trust, NOW, 'unreadable'],
    ['of the prefix alone', 'HZ1:', trust, NOW, 'altered'],
  ])('%s', (_, code, known, now, expected) => {
    expect(verdictOf(code, known, now)).toBe(expected);
  });

  test('shows what was signed and how fresh the status is', () => {
    expect(verifyDocument(text, { trust, now: NOW })).toMatchObject({
      document: testDocument(),
      issuer: { name: { en: 'MyGov' } },
      statusAsOf: NOW - 3_600,
    });
    expect(verifyDocument(text, { trust: testTrust(key, { list: false }), now: NOW })).toMatchObject({ statusAsOf: undefined });
  });

  test('says nothing of a document that it does not trust', () => {
    expect(verifyDocument(signDocument(testDocument(), other), { trust, now: NOW })).toEqual({ verdict: 'unknown_issuer' });
  });

  test('does not take a status list of another address', () => {
    const elsewhere = signDocument(testDocument({ status: { index: 41, uri: `${STATUS_URI}/2` } }), key);
    expect(verifyDocument(elsewhere, { trust: testTrust(key, { revoked: [41] }), now: NOW })).toMatchObject({
      verdict: 'valid',
      statusAsOf: undefined,
    });
  });
});

describe('no alteration verifies', () => {
  test('every bit of the packed bytes', () => {
    const bytes = fromBase45(text.slice(4)) ?? new Uint8Array();
    const passed: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (verdictOf(`HZ1:${toBase45(changed)}`) !== 'altered') passed.push(bit);
    }
    expect(passed).toEqual([]);
  });

  test('a bit of every byte of the signed message, packed again', () => {
    const bytes = unpackBytes(text) ?? new Uint8Array();
    const passed: string[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.slice();
      const bit = Math.floor(Math.random() * 8);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      const verdict = verdictOf(packBytes(changed));
      if (verdict !== 'altered' && verdict !== 'unknown_issuer') passed.push(`${at}.${bit} ${verdict}`);
    }
    expect(passed).toEqual([]);
  });

  test('every truncation, of the text and of the message', () => {
    const bytes = unpackBytes(text) ?? new Uint8Array();
    const cut = Array.from({ length: text.length }, (_, length) => verdictOf(text.slice(0, length)));
    const short = Array.from(bytes, (_, length) => verdictOf(packBytes(bytes.slice(0, length))));
    expect([...new Set([...cut, ...short])].sort()).toEqual(['altered', 'unreadable']);
  });

  test('any other text made of it', () => {
    const letter = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:', 'a', 'é', '\0');
    const edit = fc.record({ at: fc.nat(text.length), remove: fc.nat(4), add: fc.array(letter, { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = edits.reduce(
          (code, { at, remove, add }) => code.slice(0, at) + add.join('') + code.slice(at + remove),
          text,
        );
        fc.pre(changed !== text);
        expect(['altered', 'unreadable', 'unknown_issuer']).toContain(verdictOf(changed));
      }),
      { numRuns: 2_000 },
    );
  });

  test('any bytes in place of the message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(verdictOf(packBytes(bytes))).toBe('altered');
      }),
      { numRuns: 500 },
    );
  });

  test('a code that unfolds to millions of bytes', () => {
    expect(verdictOf(packBytes(new Uint8Array(2_000_000)))).toBe('altered');
  });
});

describe('a code', () => {
  test('carries any fields there and back', () => {
    const fields = fc.dictionary(
      // No template can have a field of that name, and checkers of shapes leave it out.
      fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((name) => name !== '__proto__'),
      fc.string({ maxLength: 60, unit: 'grapheme' }),
      {
        maxKeys: 8,
        noNullPrototype: true,
      },
    );
    fc.assert(
      fc.property(fields, (given) => {
        const document = testDocument({ fields: given });
        expect(verifyDocument(signDocument(document, key), { trust, now: NOW })).toMatchObject({ verdict: 'valid', document });
      }),
      { numRuns: 60 },
    );
  });

  test('of a certificate stays below version 20', () => {
    expect(encode(text, { ecc: 'M' }).version).toBeLessThanOrEqual(14);
    expect(encode('Z'.repeat(MOST_QR_CHARACTERS), { ecc: 'M' }).version).toBe(20);
    expect(encode('Z'.repeat(MOST_QR_CHARACTERS + 1), { ecc: 'M' }).version).toBe(21);
  });
});

describe('base45', () => {
  test.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('of RFC 9285: %s', (plain, coded) => {
    expect(toBase45(new TextEncoder().encode(plain))).toBe(coded);
    expect(new TextDecoder().decode(fromBase45(coded))).toBe(plain);
  });

  test.each(['GGW', ':::', '::', 'A', 'ab', 'BB8A', 'BB~'])('refuses %s', (coded) => {
    expect(fromBase45(coded)).toBeUndefined();
  });
});
