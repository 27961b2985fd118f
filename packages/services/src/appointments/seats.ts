/**
 * Who has which seat. A free seat is found and taken in one statement: turns of one batch share a transaction and do not wait
 * for each other, so a lock between two statements would keep none of them out. Seats that others are just taking are
 * passed over, and only when no other is left does one wait for them, for a taker may yet fail.
 */
import type { Tx } from '@hazir/store';
import type { AppointmentKey } from './records.ts';

export interface Claim {
  organizationId: number;
  slotId: string;
  contactId: string;
  /** The appointment that is to have the seat. */
  id: string;
  heldUntil: Date | null;
  now: Date;
}

/** Takes a seat that is free, or whose hold has lapsed; false when the slot is full. Without `wait` also when others are just taking the rest. */
export async function claimSeat(tx: Tx, claim: Claim, { wait = true }: { wait?: boolean } = {}): Promise<boolean> {
  for (const others of wait ? ['skip locked', ''] : ['skip locked']) {
    const { rowCount } = await tx.query(
      `with free as materialized (
         select seat from appointment_seats where organization_id = $1 and slot_id = $2 and (appointment_id is null or held_until < $3)
          order by seat limit 1 for update ${others})
       update appointment_seats e set contact_id = $4, appointment_id = $5, held_until = $6 from free
        where e.organization_id = $1 and e.slot_id = $2 and e.seat = free.seat`,
      [claim.organizationId, claim.slotId, claim.now, claim.contactId, claim.id, claim.heldUntil],
    );
    if (rowCount === 1) return true;
  }
  return false;
}

/** Gives the seat of one appointment to another of the same citizen. */
export async function passSeat(tx: Tx, { organizationId, contactId, id }: AppointmentKey, from: string): Promise<void> {
  await tx.query(
    'update appointment_seats set appointment_id = $3 where organization_id = $1 and contact_id = $2 and appointment_id = $4',
    [organizationId, contactId, id, from],
  );
}

/** Makes a held seat a booked one; false when the hold has lapsed. */
export async function keepSeat(tx: Tx, { organizationId, contactId, id }: AppointmentKey, now: Date): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update appointment_seats set held_until = null
      where organization_id = $1 and contact_id = $2 and appointment_id = $3 and held_until >= $4`,
    [organizationId, contactId, id, now],
  );
  return rowCount === 1;
}

/** Gives the seat of an appointment back. */
export async function freeSeat(tx: Tx, { organizationId, contactId, id }: AppointmentKey): Promise<void> {
  await tx.query(
    `update appointment_seats set contact_id = null, appointment_id = null, held_until = null
      where organization_id = $1 and contact_id = $2 and appointment_id = $3`,
    [organizationId, contactId, id],
  );
}

/** Ends what a person still holds without having booked it: whoever picks another time gives the first one back. */
export async function endHolds(
  tx: Tx,
  { organizationId, contactId, person, now }: { organizationId: number; contactId: string; person: string; now: Date },
): Promise<void> {
  await tx.query(
    `with ended as (update appointments set status = 'lapsed', changed_at = $4
                     where organization_id = $1 and contact_id = $2 and person = $3 and status = 'held' returning id)
     update appointment_seats set contact_id = null, appointment_id = null, held_until = null
      where organization_id = $1 and contact_id = $2 and appointment_id in (select id from ended)`,
    [organizationId, contactId, person, now],
  );
}
