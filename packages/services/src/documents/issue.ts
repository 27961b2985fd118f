/** Issuing: signed and stored in the transaction that decides it, once for each id. The PDF is made of it later, elsewhere. */
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { SignedDocument } from './credential/claims.ts';
import { MOST_QR_CHARACTERS } from './credential/packing.ts';
import { signDocument } from './credential/sign-document.ts';
import { seconds, statusUri } from './issuer.ts';
import { activeKey, coseKey } from './keys.ts';
import { type DocumentRow, insertDocument, type NewDocument, nextStatusIndex } from './records.ts';

export type Draft = Pick<
  DocumentRow,
  'organizationId' | 'contactId' | 'id' | 'version' | 'template' | 'language' | 'fields' | 'issuedAt' | 'expiresAt'
>;

/** With 10^12 numbers a free one is found at once; twenty tries only fail when something else is wrong. */
const MOST_TRIES = 20;
const NUMBER_DIGITS = 12;

/** Signs and stores a document; `number` is that of the document that it corrects. Undefined when it is too long for a QR code. */
export async function issueDocument(
  tx: Tx,
  draft: Draft,
  { url, random, number }: { url: string; random: () => number; number?: string },
): Promise<NewDocument | undefined> {
  const key = await activeKey(tx, draft.organizationId, draft.issuedAt);
  const statusIndex = await nextStatusIndex(tx);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const unsigned = { ...draft, number: number ?? newNumber(random), kid: key.kid, statusIndex };
    const code = signDocument(signedOf(unsigned, url), coseKey(key));
    if (code.length > MOST_QR_CHARACTERS) return undefined;
    const document = { ...unsigned, code };
    if (await insertDocument(tx, document)) return document;
  }
  throw new HazirError('documents:numbers-full', `No free number after ${MOST_TRIES} tries.`);
}

/** What is signed of a document; it holds whole seconds. */
export function signedOf(document: Omit<NewDocument, 'code'>, url: string): SignedDocument {
  const { id, number, template, issuedAt, expiresAt, statusIndex, fields } = document;
  return {
    issuer: url,
    id: id.replaceAll('-', ''),
    number,
    type: template,
    issuedAt: seconds(issuedAt),
    expiresAt: expiresAt === null ? undefined : seconds(expiresAt),
    status: { index: statusIndex, uri: statusUri(url) },
    fields,
  };
}

function newNumber(random: () => number): string {
  const digits = Array.from({ length: NUMBER_DIGITS }, () => Math.floor(random() * 10)).join('');
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`;
}
