import { type SignedDocument, writeClaims } from './claims.ts';
import { packBytes } from './packing.ts';
import { type SignBytes, writeSign1 } from './sign1.ts';

/** Signs a document and returns the text for its QR code. */
export function signDocument(document: SignedDocument, key: { kid: Uint8Array; sign: SignBytes }): string {
  return packBytes(writeSign1(writeClaims(document), key));
}
