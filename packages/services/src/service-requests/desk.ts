/** What the operations of service requests share: the pack's settings, shapes, and finding a citizen's own request. */
import type { CallSubject, ErrorCode } from '@hazir/core';
import type { OperationContext } from '@hazir/store';
import { z } from 'zod';
import { textIn } from '../data/localized.ts';
import { failed, type Outcome } from '../define-operation.ts';
import type { Categories } from './categories.ts';
import { REQUEST_STATUSES, reopenUntil } from './life-cycle.ts';
import { findByReference, type RequestKey, type RequestRow } from './records.ts';
import { readReference } from './reference.ts';
import type { ServiceRequestSettings } from './settings.ts';

export interface Desk {
  settings: ServiceRequestSettings;
  categories: Categories;
  defaultLanguage: string;
}

export const badInput = 'service-requests:bad-input';
export const BAD_REFERENCE: ErrorCode = 'service-requests:bad-reference';

/** A reference as typed; each operation reads it in any form. */
export const typedReference = z
  .string()
  .max(200)
  .describe('As typed: digits of any script, with or without prefix, dashes and spaces.');
export const requestStatus = z.enum(REQUEST_STATUSES);
/** A citizen's message: its id, or what "ask" saved of it. */
export const messageReference = z.union([z.uuid(), z.object({ messageId: z.uuid() }).transform(({ messageId }) => messageId)]);

/** The name of a category for a citizen; its code where the pack has dropped it. */
export function categoryName({ categories, defaultLanguage }: Desk, code: string, language: string): string {
  const found = categories.byCode(code);
  return found === undefined ? code : textIn(found.name, language, defaultLanguage);
}

/** Finds the subject's own request and locks it. Fails for a slip, for an unknown reference and for somebody else's. */
export async function findOwn(
  { settings }: Desk,
  typed: string,
  { tx, subject }: OperationContext,
): Promise<Outcome<{ row: RequestRow; key: RequestKey }>> {
  const reference = readReference(settings.reference, typed);
  if (reference === undefined) return failed(BAD_REFERENCE, 'The digits do not make a reference.');
  const row = await findByReference(tx, subject.organizationId, { reference, lock: true });
  if (row === undefined) return failed('service-requests:not-found', 'No request has this reference.');
  if (row.contact_id !== subject.contactId) return failed('service-requests:not-yours', 'The request is of somebody else.');
  return { ok: true, value: { row, key: keyOf(row, subject) } };
}

export function keyOf(row: RequestRow, { organizationId }: CallSubject): RequestKey {
  return { organizationId, contactId: row.contact_id, id: row.id };
}

/** When the citizen's right to reopen ends; undefined for what is not closed. */
export function reopensUntil({ settings }: Desk, row: RequestRow): Date | undefined {
  return row.status === 'closed' && row.closed_at !== null ? reopenUntil(row.closed_at, settings.reopenHours) : undefined;
}
