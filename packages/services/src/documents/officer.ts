/** What officers do with a document: revoke it with a reason, and correct a field, once for each. Not for flows. */
import type { Tx } from '@hazir/store';
import { failed, type Outcome } from '../define-operation.ts';
import { issueDocument } from './issue.ts';
import { readIssuer } from './issuer.ts';
import { unprintableIn } from './print/fonts.ts';
import { findByNumber, markRevoked, type NewDocument, recordCorrection } from './records.ts';

export interface Act {
  organizationId: number;
  /** As printed: 4821-9374-0167. */
  number: string;
  /** The officer's id. */
  officer: string;
  now: Date;
}

export const MOST_FIELD = 200;
/** Why the earlier version of a corrected document does not count. */
const CORRECTED = 'corrected';

/** Revokes a document; verifiers know from their next status list on. */
export async function revokeDocument(tx: Tx, { reason, ...act }: Act & { reason: string }): Promise<Outcome<{ number: string }>> {
  const found = await findByNumber(tx, act.organizationId, { number: act.number, lock: true });
  if (found === undefined) return failed('documents:not-found', 'No document has this number.');
  if (!(await markRevoked(tx, found, { reason, now: act.now })))
    return failed('documents:revoked', 'The document is revoked already.');
  return { ok: true, value: { number: found.number } };
}

/**
 * Issues the document again with one field changed, under the same number, and revokes what it replaces. The caller rolls
 * back when it fails.
 */
export async function correctDocument(
  tx: Tx,
  act: Act & { field: string; value: string; newId: () => string; random: () => number },
): Promise<Outcome<NewDocument>> {
  const { organizationId, number, field, now } = act;
  const value = act.value.trim();
  const found = await findByNumber(tx, organizationId, { number, lock: true });
  const issuer = await readIssuer(tx, organizationId);
  if (found === undefined || issuer === undefined) return failed('documents:not-found', 'No document has this number.');
  if (found.revokedAt !== null) return failed('documents:revoked', 'The document is revoked.');
  if (!issuer.types[found.template]?.correctable.includes(field))
    return failed('documents:not-correctable', 'This field of the document cannot be corrected.');
  if (value === '' || value.length > MOST_FIELD)
    return failed('documents:bad-field', `A field has 1 to ${MOST_FIELD} characters.`);
  if (unprintableIn(value) !== undefined)
    return failed('documents:unprintable', 'The field has a character that cannot be printed.');
  if (!(await recordCorrection(tx, found, act)))
    return failed('documents:corrected-before', 'This field was corrected once already.');
  await markRevoked(tx, found, { reason: CORRECTED, now });
  const fields = { ...found.fields, [field]: value };
  const draft = { ...found, id: act.newId(), version: found.version + 1, fields, issuedAt: now };
  const issued = await issueDocument(tx, draft, { url: issuer.url, random: act.random, number });
  return issued === undefined
    ? failed('documents:too-long', 'The document does not fit into a QR code.')
    : { ok: true, value: issued };
}
