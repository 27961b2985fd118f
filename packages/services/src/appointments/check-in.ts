/** Letting somebody in who says the reference and the secret, or shows the slip that holds both. */
import { timingSafeEqual } from 'node:crypto';
import { asciiDigits } from '@hazir/language';
import type { Operation, Tx } from '@hazir/store';
import { z } from 'zod';
import { defineOperation, done, failed, type Outcome } from '../define-operation.ts';
import { badInput, type Desk, placeOf, placeShape, timesOf } from './desk.ts';
import { type Desks, deskOf } from './desks.ts';
import { type AppointmentRow, findByReference, setStatus } from './records.ts';
import { readReference } from './reference.ts';
import { HOUR, later } from './times.ts';

/** After so many wrong secrets nobody is let in by this one: the citizen's own phone tells who they are. */
const MOST_WRONG = 5;
/** How long before its time somebody is let in. */
const EARLY_MS = 4 * HOUR;
const SECRET_DIGITS = 4;

interface CheckIn {
  organizationId: number;
  reference: string;
  secret: string;
  /** Where; undefined: anywhere. */
  resource?: string;
  now: Date;
}

/** `again`: they had been let in before. */
export async function checkIn(
  tx: Tx,
  { organizationId, reference: typed, secret, resource, now }: CheckIn,
): Promise<Outcome<{ reference: string; again: boolean; row: AppointmentRow }>> {
  const reference = readReference(typed);
  const row = reference && (await findByReference(tx, organizationId, reference));
  if (!reference || !row) return failed('appointments:not-found', 'No appointment has this reference.');
  const key = { organizationId, contactId: row.contact_id, id: row.id };
  if (row.wrong_secrets >= MOST_WRONG) return failed('appointments:secret-locked', 'Too many wrong secrets were tried.');
  if (!equal(secret, row.secret ?? '')) {
    await tx.query(
      'update appointments set wrong_secrets = wrong_secrets + 1 where organization_id = $1 and contact_id = $2 and id = $3',
      [organizationId, row.contact_id, row.id],
    );
    return failed('appointments:wrong-secret', 'This is not the secret of the appointment.');
  }
  if (resource !== undefined && row.resource !== resource)
    return failed('appointments:other-resource', 'The appointment is at another place.');
  if (row.status === 'checked_in') return done({ reference, again: true, row });
  if (row.status !== 'booked') return failed('appointments:not-booked', 'The appointment is over or cancelled.');
  if (now < later(row.starts_at, -EARLY_MS)) return failed('appointments:check-in-early', 'The appointment is at another time.');
  await setStatus(tx, key, { status: 'checked_in', now });
  return done({ reference, again: false, row });
}

/** For flows of those who let people in, on their own phones. */
export function checkInOperation(desk: Desk, desks: Desks): Operation {
  return defineOperation({
    name: 'appointments.checkIn',
    summary: 'Lets somebody in by reference and secret, typed together or read from a slip; only from the phone of a desk.',
    input: z.object({ text: z.string().max(200).describe('Eight digits and four, in any script, with anything between.') }),
    output: placeShape.extend({
      reference: z.string(),
      time: z.string(),
      again: z.boolean().describe('They had been let in before.'),
    }),
    badInput,
    run: async ({ text }, { tx, subject, now }) => {
      const at = deskOf(desks, subject.phone);
      if (at === undefined) return failed('appointments:not-desk', 'The phone is not one of those that let people in.');
      const digits = asciiDigits(text.normalize('NFKC')).replace(/\D/g, '');
      const [reference, secret] = [digits.slice(0, -SECRET_DIGITS), digits.slice(-SECRET_DIGITS)];
      if (readReference(reference) === undefined)
        return failed('appointments:bad-reference', 'The digits do not make a reference and a secret.');
      const { organizationId } = subject;
      const found = await checkIn(tx, { organizationId, reference, secret, ...(at !== '' && { resource: at }), now });
      if (!found.ok) return found;
      const { row, again } = found.value;
      return done({ ...placeOf(desk, row, subject), reference: found.value.reference, time: timesOf(row), again });
    },
  });
}

/** Says whether the moment is early enough before the start to let somebody in. */
export function isOpen(startsAt: Date, now: Date): boolean {
  return now >= later(startsAt, -EARLY_MS);
}

function equal(given: string, kept: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(kept)];
  return a.length === b.length && timingSafeEqual(a, b);
}
