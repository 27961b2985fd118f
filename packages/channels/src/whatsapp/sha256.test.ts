import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from './sha256.ts';

test('hex, base64 and base64url name the same hash', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const digest = createHash('sha256').update(bytes).digest();
      const hex = digest.toString('hex');
      for (const text of [hex, hex.toUpperCase(), digest.toString('base64'), digest.toString('base64url')])
        expect(sha256Hex(text)).toBe(hex);
    }),
  );
});

test.each([undefined, '', 'abc', '<HASH>', 'z'.repeat(64)])('no hash: %s', (text) => {
  expect(sha256Hex(text)).toBeUndefined();
});
