/** COSE_Sign1 of RFC 9052 with EdDSA over Ed25519: one signed message, its key named in the protected header. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { fromCbor, toCbor } from './cbor.ts';

/** Signs bytes with Ed25519; the private key stays with whoever made it. */
export type SignBytes = (bytes: Uint8Array) => Uint8Array;

export interface Sign1 {
  /** Names the key. */
  kid: Uint8Array;
  /** The header "typ" of RFC 9596; undefined where there is none. */
  type: string | undefined;
  payload: Uint8Array;
  /** True when the public key made the signature. */
  isSignedBy: (publicKey: Uint8Array) => boolean;
}

/** Tag 18 in CBOR. */
const COSE_SIGN1 = 0xd2;
const HEADER = { algorithm: 1, kid: 4, type: 16 } as const;
const EDDSA = -8;

const bytes = z.instanceof(Uint8Array);
const parts = z.tuple([
  bytes,
  z.instanceof(Map).refine(({ size }) => size === 0),
  bytes,
  bytes.refine(({ length }) => length === 64),
]);
const header = z.object({ algorithm: z.literal(EDDSA), kid: bytes, type: z.string().optional(), size: z.number() });

/** Signs a payload; `type` says what it is where that is not a document. */
export function writeSign1(
  payload: Uint8Array,
  { kid, sign, type }: { kid: Uint8Array; sign: SignBytes; type?: string },
): Uint8Array {
  const fields: [number, unknown][] = [
    [HEADER.algorithm, EDDSA],
    [HEADER.kid, kid],
  ];
  if (type !== undefined) fields.push([HEADER.type, type]);
  const guarded = toCbor(new Map(fields));
  return Uint8Array.from([COSE_SIGN1, ...toCbor([guarded, new Map(), payload, sign(signedBytes(guarded, payload))])]);
}

/** Reads a message as writeSign1 writes it; undefined for anything else, however valid. Nothing is trusted before isSignedBy. */
export function readSign1(encoded: Uint8Array): Sign1 | undefined {
  const split = parts.safeParse(fromCbor(encoded.slice(1)));
  if (!split.success || encoded[0] !== COSE_SIGN1) return undefined;
  const [guarded, , payload, signature] = split.data;
  const read = header.safeParse(headersOf(fromCbor(guarded)));
  if (!read.success || read.data.size !== (read.data.type === undefined ? 2 : 3)) return undefined;
  return {
    kid: new Uint8Array(read.data.kid),
    type: read.data.type,
    payload: new Uint8Array(payload),
    isSignedBy: (publicKey) => isSigned(new Uint8Array(signature), signedBytes(guarded, payload), publicKey),
  };
}

function headersOf(map: unknown): unknown {
  if (!(map instanceof Map)) return undefined;
  const { algorithm, kid, type } = HEADER;
  return { algorithm: map.get(algorithm), kid: map.get(kid), type: map.get(type), size: map.size };
}

function signedBytes(guarded: Uint8Array, payload: Uint8Array): Uint8Array {
  return toCbor(['Signature1', guarded, new Uint8Array(), payload]);
}

function isSigned(signature: Uint8Array, signed: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    // By the stricter rules of RFC 8032, not ZIP 215: a signature has one spelling.
    return ed25519.verify(signature, signed, publicKey, { zip215: false });
  } catch {
    return false;
  }
}
