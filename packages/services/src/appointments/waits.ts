/** SQL of the lines before full slots. */
import type { Tx } from '@hazir/store';
import type { AppointmentKey, SlotRow } from './records.ts';

export interface Wait {
  id: string;
  slot_id: string;
  number: number;
  /** The number before the draw; null before it, and where there is none. */
  lot: number | null;
  /** How many stand before. */
  before: number;
}

const wait = `select w.id, w.slot_id, w.number, w.lot, (select count(*) from appointment_waits o where o.organization_id = w.organization_id
    and o.slot_id = w.slot_id and o.status = 'waiting' and o.number < w.number)::int as before from appointment_waits w`;

/** Where a person stands in the line before a slot. */
export async function findWait(
  tx: Tx,
  { organizationId, contactId }: Omit<AppointmentKey, 'id'>,
  { slotId, person }: { slotId: string; person: string },
): Promise<Wait | undefined> {
  const { rows } = await tx.query<Wait>(
    `${wait} where w.organization_id = $1 and w.contact_id = $2 and w.slot_id = $3 and w.person = $4 and w.status in ('waiting', 'offered')`,
    [organizationId, contactId, slotId, person],
  );
  return rows[0];
}

/** The lines in which a contact's people stand. */
export async function listWaits(tx: Tx, { organizationId, contactId }: Omit<AppointmentKey, 'id'>, now: Date): Promise<Wait[]> {
  const { rows } = await tx.query<Wait>(
    `${wait} join appointment_slots t on t.organization_id = w.organization_id and t.id = w.slot_id
      where w.organization_id = $1 and w.contact_id = $2 and w.status in ('waiting', 'offered') and t.ends_at > $3 order by t.starts_at limit 10`,
    [organizationId, contactId, now],
  );
  return rows;
}

/** What is offered to a contact's people now: ids of held appointments, the one that lapses first before the others. */
export async function listOffered(
  tx: Tx,
  { organizationId, contactId }: Omit<AppointmentKey, 'id'>,
  now: Date,
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `select a.id from (select appointment_id from appointment_waits where organization_id = $1 and contact_id = $2 and status = 'offered'
          union all select appointment_id from appointment_rebookings where organization_id = $1 and contact_id = $2 and status = 'offered') o
       join appointments a on a.organization_id = $1 and a.contact_id = $2 and a.id = o.appointment_id
      where a.status = 'held' and a.held_until >= $3 order by a.held_until`,
    [organizationId, contactId, now],
  );
  return rows.map(({ id }) => id);
}

/** Puts somebody at the end of a line; the line's row is locked, so numbers are given in order and without a gap. */
export async function joinLine(
  tx: Tx,
  key: AppointmentKey,
  {
    slot,
    ...who
  }: { slot: SlotRow; person: string; channelId: number | null; language: string; offerMinutes: number; now: Date },
): Promise<void> {
  await tx.query(
    `with line as (insert into appointment_lines (organization_id, slot_id, last_number) values ($1, $4, 1)
       on conflict (organization_id, slot_id) do update set last_number = appointment_lines.last_number + 1 returning last_number)
     insert into appointment_waits (organization_id, contact_id, id, slot_id, session_id, person, number, status, channel_id, language, changed_at, offer_minutes)
     select $1, $2, $3, $4, $5, $6, last_number, 'waiting', $7, $8, $9, $10 from line`,
    [
      key.organizationId,
      key.contactId,
      key.id,
      slot.slot_id,
      slot.session_id,
      who.person,
      who.channelId,
      who.language,
      who.now,
      who.offerMinutes,
    ],
  );
}

/** Takes somebody out of a line; what was offered to them is free again. False when they stood in none. */
export async function leaveLine(
  tx: Tx,
  { organizationId, contactId }: Omit<AppointmentKey, 'id'>,
  { slotId, person, now }: { slotId: string; person: string; now: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update appointment_waits set status = 'left', changed_at = $5
      where organization_id = $1 and contact_id = $2 and slot_id = $3 and person = $4 and status in ('waiting', 'offered')`,
    [organizationId, contactId, slotId, person, now],
  );
  return rowCount === 1;
}

/** Takes whoever was offered this held appointment out of the line, or notes that they do not want it instead of one that fell. */
export async function leaveOffer(tx: Tx, { organizationId, contactId, id }: AppointmentKey, now: Date): Promise<void> {
  await tx.query(
    `with rebooking as (update appointment_rebookings set status = 'left', changed_at = $4
       where organization_id = $1 and contact_id = $2 and appointment_id = $3 and status = 'offered')
     update appointment_waits set status = 'left', changed_at = $4
      where organization_id = $1 and contact_id = $2 and appointment_id = $3 and status = 'offered'`,
    [organizationId, contactId, id, now],
  );
}

/** True while somebody stands in the line: a seat that becomes free is theirs. */
export async function hasLine(tx: Tx, organizationId: number, slotId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from appointment_waits where organization_id = $1 and slot_id = $2 and status = 'waiting' limit 1`,
    [organizationId, slotId],
  );
  return rowCount === 1;
}

/** Whoever has a place in a session waits for no other one there. */
export async function endWaits(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { person, sessionId, now }: { person: string; sessionId: string; now: Date },
): Promise<void> {
  await tx.query(
    `with rebooking as (update appointment_rebookings set status = 'taken', changed_at = $6
       where organization_id = $1 and contact_id = $2 and appointment_id = $3 and status = 'offered')
     update appointment_waits set status = case when appointment_id = $3 then 'taken' else 'left' end, changed_at = $6
      where organization_id = $1 and contact_id = $2 and person = $4 and session_id = $5 and status in ('waiting', 'offered')`,
    [organizationId, contactId, id, person, sessionId, now],
  );
}
