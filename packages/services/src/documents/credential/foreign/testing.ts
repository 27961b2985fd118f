/** For tests: codes as other systems make them, of made-up people, signed with keys of the test. */
import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { zipSync, zlibSync } from 'fflate';
import { toBase45 } from '../base45.ts';
import { toCbor } from '../cbor.ts';
import { hexOf } from '../claims.ts';
import { NOW } from '../testing.ts';
import type { PublishedForeignKey } from './foreign-keys.ts';

const YEAR = 365 * 86_400;
const KID = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const seedOf = (name: string) => Uint8Array.from(createHash('sha256').update(name).digest());

/** The keys that the codes below are signed with. */
export const FOREIGN_KEYS: PublishedForeignKey[] = [
  {
    ...{ kind: 'dcc', kid: hexOf(KID), algorithm: 'ES256', name: { en: 'Health ministry (test)' }, source: 'made for tests' },
    publicKey: hexOf(p256.getPublicKey(seedOf('dcc'))),
  },
  {
    ...{ kind: 'claim169', kid: null, algorithm: 'EdDSA', name: { en: 'Identity office (test)' }, source: 'made for tests' },
    publicKey: hexOf(ed25519.getPublicKey(seedOf('claim169'))),
  },
];

export const VACCINATION = new Map<string, unknown>([
  ['ver', '1.3.0'],
  [
    'nam',
    new Map([
      ['fn', 'Musterfrau'],
      ['gn', 'Erika'],
      ['fnt', 'MUSTERFRAU'],
      ['gnt', 'ERIKA'],
    ]),
  ],
  ['dob', '1964-08-12'],
  [
    'v',
    [
      new Map<string, unknown>([
        ...Object.entries({ tg: '840539006', vp: '1119349007', mp: 'EU/1/20/1528', ma: 'ORG-100030215', dn: 2, sd: 2 }),
        ...Object.entries({ dt: '2026-02-01', co: 'DE', is: 'Test institute', ci: 'URN:UVCI:01DE/TEST/1#S' }),
      ]),
    ],
  ],
]);

export const PERSON = new Map<number, unknown>([
  [1, '3918592438'],
  [2, '1.0'],
  [4, 'Sunita Devi'],
  [8, '19580102'],
  [9, 2],
  [10, 'Ward 4\nBihta'],
]);

/** Signs claims as a COSE_Sign1; `seed` names the key. */
export function signClaims(
  claims: ReadonlyMap<unknown, unknown>,
  { seed, algorithm, kid }: { seed: string; algorithm: -7 | -8; kid?: Uint8Array },
): Uint8Array {
  const guarded = toCbor(new Map<number, unknown>([[1, algorithm], ...(kid ? [[4, kid] as const] : [])]));
  const payload = toCbor(claims);
  const signed = toCbor(['Signature1', guarded, new Uint8Array(), payload]);
  const signature = algorithm === -7 ? p256.sign(signed, seedOf(seed)) : ed25519.sign(signed, seedOf(seed));
  return Uint8Array.from([0xd2, ...toCbor([guarded, new Map(), payload, signature])]);
}

/** Packs bytes as QR codes of the DCC and of MOSIP hold them. */
export function pack(bytes: Uint8Array): string {
  return toBase45(zlibSync(bytes, { level: 9 }));
}

/** Token claims that run out after `years`. */
export function tokenClaims(claim: number, value: unknown, years = 1): Map<unknown, unknown> {
  return new Map<unknown, unknown>([
    [1, 'XX'],
    [4, NOW + years * YEAR],
    [6, NOW - 86_400],
    [claim, value],
  ]);
}

export function dccCode({ years = 1, seed = 'dcc' }: { years?: number; seed?: string } = {}): string {
  const claims = tokenClaims(-260, new Map([[1, VACCINATION]]), years);
  return `HC1:${pack(signClaims(claims, { seed, algorithm: -7, kid: KID }))}`;
}

export function claim169Code({ seed = 'claim169' }: { seed?: string } = {}): string {
  return pack(signClaims(tokenClaims(169, PERSON), { seed, algorithm: -8 }));
}

/** Bytes as the characters that a reader of codes gives for them. */
export function asCode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export const COWIN = {
  credentialSubject: { type: 'Person', id: 'Aadhaar # XXXXXXXX1234', refId: '1', name: 'सुनीता देवी', gender: 'Female', age: '67' },
  issuer: 'https://issuer.example/',
  issuanceDate: '2026-02-01T08:00:00.000Z',
  evidence: [
    {
      ...{ certificateId: '12345678901', vaccine: 'COVISHIELD', dose: 1, totalDoses: 2, date: '2026-01-31T08:00:00.000Z' },
      facility: { name: 'PHC Bihta (test)' },
    },
  ],
  proof: { type: 'RsaSignature2018', jws: 'none: made for tests' },
};

export function divocCode(files: Record<string, string> = { 'certificate.json': JSON.stringify(COWIN) }): string {
  return asCode(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]))));
}
