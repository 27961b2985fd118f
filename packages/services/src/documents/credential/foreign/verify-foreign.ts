/** Looks at the text of another system's code. Bytes of a binary code come as characters from 0 to 255. */
import { fromBase45 } from '../base45.ts';
import { hexOf } from '../claims.ts';
import { inflate } from '../packing.ts';
import { readClaim169 } from './claim169.ts';
import { type ForeignSigned, readCbor, readSigned } from './cose.ts';
import { DCC_PREFIX, readDcc } from './dcc.ts';
import { readDivoc, ZIP_START } from './divoc.ts';
import type { ForeignDocument } from './foreign-document.ts';
import { isSignedBy, type PublishedForeignKey } from './foreign-keys.ts';
import { readPixelpass } from './pixelpass.ts';

export type ForeignVerdict =
  | { verdict: 'valid' | 'expired' | 'unknown_issuer'; foreign: ForeignDocument }
  /** It carries no signature at all. */
  | { verdict: 'unsigned'; foreign: ForeignDocument }
  | { verdict: 'altered' };

/** A QR code of version 40 holds 4,296 characters. */
const MOST_CHARACTERS = 4_296;
const MOST_BYTES = 65_536;
const CLAIM = { expiresAt: 4, issuedAt: 6 } as const;
const ALGORITHMS: Readonly<Record<string, PublishedForeignKey['algorithm']>> = { '-7': 'ES256', '-8': 'EdDSA' };
const READERS = { dcc: readDcc, claim169: readClaim169 } as const;

/** Undefined when it is no code of a system that we read. `now` in Unix seconds. */
export function verifyForeign(
  code: string,
  { keys, now }: { keys: readonly PublishedForeignKey[]; now: number },
): ForeignVerdict | undefined {
  if (code.length > MOST_CHARACTERS) return undefined;
  if (code.startsWith(ZIP_START)) return verifyDivoc(code);
  const isDcc = code.startsWith(DCC_PREFIX);
  const bytes = unpack(isDcc ? code.slice(DCC_PREFIX.length) : code);
  if (bytes === undefined) return isDcc ? { verdict: 'altered' } : undefined;
  const signed = readSigned(bytes);
  if (signed !== undefined) return verifySigned(signed, { kind: isDcc ? 'dcc' : 'claim169', keys, now });
  return isDcc ? { verdict: 'altered' } : verifyPixelpass(bytes);
}

function verifyDivoc(code: string): ForeignVerdict {
  const read = readDivoc(Uint8Array.from(code, (letter) => letter.charCodeAt(0)));
  if (read === undefined) return { verdict: 'altered' };
  return { verdict: 'unknown_issuer', foreign: { kind: 'divoc', ...read, expiresAt: undefined, issuer: undefined } };
}

function verifySigned(
  signed: ForeignSigned,
  { kind, keys, now }: { kind: 'dcc' | 'claim169'; keys: readonly PublishedForeignKey[]; now: number },
): ForeignVerdict {
  const fields = READERS[kind](signed.claims);
  if (fields === undefined) return { verdict: 'altered' };
  const [issuedAt, expiresAt] = [secondsIn(signed, CLAIM.issuedAt), secondsIn(signed, CLAIM.expiresAt)];
  const foreign: ForeignDocument = { kind, fields, issuedAt, expiresAt, issuer: undefined };
  const kid = signed.kid === undefined ? null : hexOf(signed.kid);
  const algorithm = ALGORITHMS[String(signed.algorithm)];
  const named = keys.filter((key) => key.kind === kind && (kid === null || key.kid === kid));
  const key = named.find((each) => each.algorithm === algorithm && isSignedBy(each, signed));
  // A key that it names and that has not signed it: not what was issued.
  if (key === undefined)
    return kid !== null && named.length > 0 ? { verdict: 'altered' } : { verdict: 'unknown_issuer', foreign };
  const isOver = expiresAt !== undefined && expiresAt <= now;
  return { verdict: isOver ? 'expired' : 'valid', foreign: { ...foreign, issuer: key.name } };
}

/** JSON or CBOR in the wrapping of PixelPass. */
function verifyPixelpass(bytes: Uint8Array): ForeignVerdict | undefined {
  const fields = readPixelpass(readCbor(bytes) ?? jsonOf(bytes));
  if (fields === undefined) return undefined;
  return {
    verdict: 'unsigned',
    foreign: { kind: 'pixelpass', fields, issuedAt: undefined, expiresAt: undefined, issuer: undefined },
  };
}

function unpack(text: string): Uint8Array | undefined {
  const packed = fromBase45(text);
  const bytes = packed === undefined ? undefined : inflate(packed);
  return bytes !== undefined && bytes.length <= MOST_BYTES ? bytes : undefined;
}

function secondsIn({ claims }: ForeignSigned, claim: number): number | undefined {
  const value = claims.get(claim);
  return typeof value === 'number' && Number.isSafeInteger(Math.trunc(value)) ? Math.trunc(value) : undefined;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
