/** Looks at the text of a QR code and says what it is worth. Pure: it runs in Node.js and in a browser, and asks nobody. */

import { readClaims, type SignedDocument } from './claims.ts';
import { type ForeignVerdict, verifyForeign } from './foreign/verify-foreign.ts';
import { PREFIX, unpackBytes } from './packing.ts';
import { readSign1 } from './sign1.ts';
import type { PublishedIssuer, Trust } from './trust.ts';

/** What was signed, by whom; only after the signature was found right. */
export interface Proven {
  document: SignedDocument;
  issuer: PublishedIssuer;
  /** Unix seconds of the status list that was looked into; undefined where there is none: revocation is not known. */
  statusAsOf: number | undefined;
}

export type Verdict =
  | ({ verdict: 'valid' | 'expired' | 'revoked' } & Proven)
  /** One of ours that somebody changed, or that was read badly. */
  | { verdict: 'altered' }
  /** Signed by a key that we do not know, or outside the time of a key. */
  | { verdict: 'unknown_issuer' }
  /** Of another system: what is written in it, and whose word that is. */
  | ForeignVerdict
  /** No document at all. */
  | { verdict: 'unreadable' };

/** `now` in Unix seconds. */
export function verifyDocument(text: string, { trust, now }: { trust: Trust; now: number }): Verdict {
  if (!text.startsWith(PREFIX)) return verifyForeign(text, { keys: trust.foreign, now }) ?? { verdict: 'unreadable' };
  const bytes = unpackBytes(text);
  const signed = bytes === undefined ? undefined : readSign1(bytes);
  if (signed === undefined || signed.type !== undefined) return { verdict: 'altered' };
  const key = trust.keyOf(signed.kid);
  if (key === undefined) return { verdict: 'unknown_issuer' };
  const document = signed.isSignedBy(key.publicKey) ? readClaims(signed.payload) : undefined;
  if (document === undefined || document.issuer !== key.issuer.id) return { verdict: 'altered' };
  if (document.issuedAt < key.from || document.issuedAt > (key.until ?? Number.POSITIVE_INFINITY)) {
    return { verdict: 'unknown_issuer' };
  }
  const status = trust.statusOf(document.issuer);
  const list = status?.uri === document.status.uri ? status : undefined;
  const proven = { document, issuer: key.issuer, statusAsOf: list?.madeAt };
  if (list?.isRevoked(document.status.index)) return { verdict: 'revoked', ...proven };
  const isExpired = document.expiresAt !== undefined && document.expiresAt <= now;
  return { verdict: isExpired ? 'expired' : 'valid', ...proven };
}
