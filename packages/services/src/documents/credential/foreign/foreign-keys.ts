/** Keys of other systems' issuers, as an operator trusts them: each with where it is from. */

import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { z } from 'zod';
import { bytesOf } from '../claims.ts';

const hex = z.string().regex(/^(?:[0-9a-f]{2})+$/);

export const publishedForeignKey = z.strictObject({
  kind: z.enum(['dcc', 'claim169']).describe('Which codes it signs.'),
  kid: hex.nullable().describe('As the codes name it, in hexadecimal digits; null for codes that name none.'),
  algorithm: z.enum(['ES256', 'EdDSA']),
  publicKey: hex.min(64).max(130).describe('EdDSA: 32 bytes; ES256: a point, compressed or not.'),
  name: z.record(z.string(), z.string().max(200)).describe('Of the issuer, by language.'),
  source: z.string().max(300).describe('Where the key was taken from, and when.'),
});

export type PublishedForeignKey = z.output<typeof publishedForeignKey>;

const CHECKS: Readonly<
  Record<PublishedForeignKey['algorithm'], (signature: Uint8Array, signed: Uint8Array, key: Uint8Array) => boolean>
> = {
  EdDSA: (signature, signed, key) => ed25519.verify(signature, signed, key, { zip215: false }),
  // Phones and servers write either of the two spellings of an ES256 signature.
  ES256: (signature, signed, key) => p256.verify(signature, signed, key, { lowS: false }),
};

/** Whether the key made the signature; false for a key or signature of a wrong shape. */
export function isSignedBy(
  key: PublishedForeignKey,
  { signature, signed }: { signature: Uint8Array; signed: Uint8Array },
): boolean {
  try {
    return CHECKS[key.algorithm](signature, signed, bytesOf(key.publicKey));
  } catch {
    return false;
  }
}
