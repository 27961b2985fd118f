/** COSE_Sign1 as others write it: with or without tags, the key named in either header. Nothing in it is trusted. */
import { decode } from 'cborg';
import { z } from 'zod';
import { toCbor } from '../cbor.ts';

export interface ForeignSigned {
  /** Undefined where the code names no key. */
  kid: Uint8Array | undefined;
  /** -7 ES256, -8 EdDSA, others as registered for COSE. */
  algorithm: number | undefined;
  /** Of the web token: claims by their numbers. */
  claims: ReadonlyMap<unknown, unknown>;
  signature: Uint8Array;
  /** What the signature is over. */
  signed: Uint8Array;
}

const TAGS = { sign1: 18, token: 61 } as const;
const HEADER = { algorithm: 1, kid: 4 } as const;
const bytes = z.instanceof(Uint8Array);
const parts = z.tuple([bytes, z.instanceof(Map), bytes, bytes.refine(({ length }) => length <= 512)]);
/** A tag stands for what it marks: what is behind it is checked all the same. */
const READING = {
  useMaps: true,
  rejectDuplicateMapKeys: true,
  tags: { [TAGS.sign1]: (inner: () => unknown) => inner(), [TAGS.token]: (inner: () => unknown) => inner() },
};

/** Reads CBOR of any spelling; undefined for damaged bytes, maps with a key twice, and what is nested too deeply. */
export function readCbor(encoded: Uint8Array): unknown {
  try {
    const value: unknown = decode(encoded, READING);
    return value;
  } catch {
    return undefined;
  }
}

/** Reads a signed web token; undefined for anything else. */
export function readSigned(encoded: Uint8Array): ForeignSigned | undefined {
  const split = parts.safeParse(readCbor(encoded));
  if (!split.success) return undefined;
  const [guarded, open, payload, signature] = split.data;
  const claims = readCbor(payload);
  const header = guarded.length === 0 ? new Map() : readCbor(guarded);
  if (!(claims instanceof Map) || !(header instanceof Map)) return undefined;
  const kid: unknown = header.get(HEADER.kid) ?? open.get(HEADER.kid);
  const algorithm: unknown = header.get(HEADER.algorithm) ?? open.get(HEADER.algorithm);
  return {
    kid: kid instanceof Uint8Array ? kid : undefined,
    algorithm: typeof algorithm === 'number' ? algorithm : undefined,
    claims,
    signature: new Uint8Array(signature),
    signed: toCbor(['Signature1', guarded, new Uint8Array(), payload]),
  };
}
