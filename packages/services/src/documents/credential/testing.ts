/** For tests: an issuer with a key, a document of it, and what a verifier knows. */
import { createHash, createPrivateKey, sign as signWith } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { hexOf, type SignedDocument } from './claims.ts';
import type { SignBytes } from './sign1.ts';
import { writeStatusList } from './status-list.ts';
import { type PublishedIssuer, readTrust, type Trust } from './trust.ts';

export const ISSUER = 'https://hazir.example/verify/mygov';
export const STATUS_URI = `${ISSUER}/status`;
/** Unix seconds of 22 November 2026. */
export const NOW = 1_795_338_000;
const DAY = 86_400;

export interface TestKey {
  kid: Uint8Array;
  publicKey: Uint8Array;
  sign: SignBytes;
}

/** A key from a seed, signing by node:crypto as the server does. */
export function testKey(seed: string): TestKey {
  const secret = createHash('sha256').update(seed).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = ed25519.getPublicKey(secret);
  return { kid: publicKey.slice(0, 8), publicKey, sign: (bytes) => signWith(null, bytes, privateKey) };
}

export function testDocument(change: Partial<SignedDocument> = {}): SignedDocument {
  return {
    issuer: ISSUER,
    id: '0196f3c2a1b47d5e8f90a1b2c3d4e5f6',
    number: '4821-9374-0167',
    type: 'vaccination',
    issuedAt: NOW - DAY,
    expiresAt: NOW + 365 * DAY,
    status: { index: 41, uri: STATUS_URI },
    fields: { name: 'सुनीता देवी', birthYear: '1958', vaccine: 'COVISHIELD', dose: '2/2', date: '2026-11-21' },
    ...change,
  };
}

/** What a verifier knows; `revoked` are places in the status list, `list: false` leaves the list out. */
export function testTrust(
  key: TestKey,
  { revoked = [], list = true, ...change }: { revoked?: number[]; list?: boolean } & Partial<PublishedIssuer['keys'][0]> = {},
): Trust {
  const token = writeStatusList({ uri: STATUS_URI, madeAt: NOW - 3_600, size: 1_000, revoked }, key);
  const published = { kid: hexOf(key.kid), publicKey: hexOf(key.publicKey), from: NOW - 30 * DAY, until: null, ...change };
  const issuer = { id: ISSUER, name: { en: 'MyGov' }, keys: [published], types: {}, statusList: list ? hexOf(token) : null };
  return readTrust({ issuers: [issuer], foreign: [] });
}
