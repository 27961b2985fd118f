/** Finds a request for whoever knows its reference and the last four digits of the phone of the one who asked. */
import { asciiDigits } from '@hazir/language';
import type { Tx } from '@hazir/store';
import type { RequestDesk } from '../desk.ts';
import { type EventRow, listEvents } from '../history.ts';
import { findByReference, keyOf, type RequestRow } from '../records.ts';
import { readReference } from '../reference.ts';
import { isFor } from '../seen.ts';
import type { RequestDesks } from '../waiting.ts';

export interface PublicRequest {
  desk: RequestDesk;
  row: RequestRow;
  /** What everybody who follows it is shown, oldest first. */
  events: EventRow[];
}

const EVENTS_SHOWN = 100;

/** What was typed, as the references that it may be: the same however it was written. */
export function referencesOf(desks: RequestDesks, typed: string): string[] {
  return [...new Set([...desks.values()].flatMap(({ settings }) => readReference(settings.reference, typed) ?? []))];
}

/** Undefined for a wrong reference, for wrong digits and for somebody without a phone: nothing tells them apart. */
export async function findPublic(
  tx: Tx,
  desks: RequestDesks,
  typed: { reference: string; digits: string },
): Promise<PublicRequest | undefined> {
  const digits = asciiDigits(typed.digits.normalize('NFKC')).trim();
  if (!/^[0-9]{4}$/.test(digits)) return undefined;
  for (const [organizationId, desk] of desks) {
    const reference = readReference(desk.settings.reference, typed.reference);
    const row = reference === undefined ? undefined : await findByReference(tx, organizationId, { reference });
    if (row === undefined || !(await hasPhone(tx, row, digits))) continue;
    const events = await listEvents(tx, keyOf(row), EVENTS_SHOWN);
    return { desk, row, events: events.filter((event) => isFor('follower', event)) };
  }
  return undefined;
}

async function hasPhone(tx: Tx, row: RequestRow, digits: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from contact_identities where organization_id = $1 and contact_id = $2 and kind = 'phone' and valid_to is null
       and right(value, 4) = $3 limit 1`,
    [row.organization_id, row.contact_id, digits],
  );
  return rowCount === 1;
}
