/**
 * Which documents are revoked, as a Token Status List in CWT form: one bit for each document, packed by zlib and signed by
 * the issuer, so that a verifier can keep it and needs nobody when it looks.
 */
import { zlibSync } from 'fflate';
import { z } from 'zod';
import { fromCbor, toCbor } from './cbor.ts';
import { inflate } from './packing.ts';
import { readSign1, type SignBytes, writeSign1 } from './sign1.ts';

export interface StatusList {
  /** Its address, as documents name it. */
  uri: string;
  /** Unix seconds: documents revoked later are not in it. */
  madeAt: number;
  isRevoked: (index: number) => boolean;
}

const TYPE = 'application/statuslist+cwt';
const CLAIM = { subject: 2, issuedAt: 6, list: 65_533 } as const;
const shape = z.object({
  uri: z.string(),
  madeAt: z.number().int(),
  list: z.strictObject({ bits: z.literal(1), lst: z.instanceof(Uint8Array) }),
});

/** Signs the list; `revoked` are the places of revoked documents, all below `size`. */
export function writeStatusList(
  { uri, madeAt, size, revoked }: { uri: string; madeAt: number; size: number; revoked: readonly number[] },
  key: { kid: Uint8Array; sign: SignBytes },
): Uint8Array {
  const bits = new Uint8Array(Math.max(1, Math.ceil(size / 8)));
  for (const index of revoked) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  const list = new Map<string, unknown>([
    ['bits', 1],
    ['lst', zlibSync(bits, { level: 9 })],
  ]);
  const claims = new Map<number, unknown>([
    [CLAIM.subject, uri],
    [CLAIM.issuedAt, madeAt],
    [CLAIM.list, list],
  ]);
  return writeSign1(toCbor(claims), { ...key, type: TYPE });
}

/** Reads a list that one of the issuer's keys signed; undefined for any other. */
export function readStatusList(token: Uint8Array, keyOf: (kid: Uint8Array) => Uint8Array | undefined): StatusList | undefined {
  const signed = readSign1(token);
  const key = signed === undefined ? undefined : keyOf(signed.kid);
  if (signed?.type !== TYPE || key === undefined || !signed.isSignedBy(key)) return undefined;
  const claims = fromCbor(signed.payload);
  if (!(claims instanceof Map)) return undefined;
  const list: unknown = claims.get(CLAIM.list);
  const parsed = shape.safeParse({
    uri: claims.get(CLAIM.subject),
    madeAt: claims.get(CLAIM.issuedAt),
    list: list instanceof Map ? Object.fromEntries(list) : undefined,
  });
  const bits = parsed.success ? inflate(parsed.data.list.lst) : undefined;
  if (!parsed.success || bits === undefined) return undefined;
  const isRevoked = (index: number) => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
  return { uri: parsed.data.uri, madeAt: parsed.data.madeAt, isRevoked };
}
