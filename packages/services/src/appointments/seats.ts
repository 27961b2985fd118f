/**
 * Who has which seat. A free seat is found and locked in one statement: seats that others are just taking are passed over,
 * and only when no other is left does one wait for them, for a taker may yet fail.
 */
import type { Tx } from '@hazir/store';
import type { AppointmentKey } from './records.ts';

export interface Seat {
  organizationId: number;
  slotId: string;
  seat: number;
}

/** Locks a seat that is free, or whose hold has lapsed; undefined when the slot is full. Without `wait` also when others are just taking the rest. */
export async function lockFreeSeat(
  tx: Tx,
  { organizationId, slotId, now, wait = true }: { organizationId: number; slotId: string; now: Date; wait?: boolean },
): Promise<Seat | undefined> {
  for (const others of wait ? ['skip locked', ''] : ['skip locked']) {
    const { rows } = await tx.query<{ seat: number }>(
      `select seat from appointment_seats where organization_id = $1 and slot_id = $2 and (appointment_id is null or held_until < $3)
        order by seat limit 1 for update ${others}`,
      [organizationId, slotId, now],
    );
    if (rows[0] !== undefined) return { organizationId, slotId, seat: rows[0].seat };
  }
  return undefined;
}

/** Gives a locked seat to an appointment. */
export async function takeSeat(
  tx: Tx,
  seat: Seat,
  { key, heldUntil }: { key: AppointmentKey; heldUntil: Date | null },
): Promise<void> {
  await tx.query(
    `update appointment_seats set contact_id = $4, appointment_id = $5, held_until = $6
      where organization_id = $1 and slot_id = $2 and seat = $3`,
    [seat.organizationId, seat.slotId, seat.seat, key.contactId, key.id, heldUntil],
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
