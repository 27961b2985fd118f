/** SQL of sessions, slots and appointments. */
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { Eligibility } from './eligibility.ts';
import { newReference } from './reference.ts';

export type AppointmentStatus = 'held' | 'booked' | 'checked_in' | 'no_show' | 'cancelled' | 'lapsed';

export interface AppointmentKey {
  organizationId: number;
  contactId: string;
  id: string;
}

export interface SessionRow extends Eligibility {
  session_id: string;
  kind: string;
  fee_paise: number;
  published_at: Date;
  /** When its seats are drawn; null: to who comes first. */
  draw_at: Date | null;
  cancelled_at: Date | null;
  resource: string;
  name: Record<string, string>;
  address: Record<string, string>;
  latitude: number | null;
  longitude: number | null;
}

export interface SlotRow extends SessionRow {
  slot_id: string;
  starts_at: Date;
  ends_at: Date;
  class: string;
}

export interface AppointmentRow extends SlotRow {
  contact_id: string;
  id: string;
  person: string;
  status: AppointmentStatus;
  reference: string | null;
  secret: string | null;
  wrong_secrets: number;
  held_until: Date | null;
  coming_at: Date | null;
}

const MOST_TRIES = 40;

/** Columns of a session `s` at a resource `r`. */
export const sessionColumns = `s.id as session_id, s.kind, s.fee_paise, s.date::text as date, s.min_age, s.max_age, s.doses, s.residence,
  s.allowances, s.published_at, s.draw_at, s.cancelled_at, s.resource, r.name, r.address, r.latitude, r.longitude`;
const slotColumns = `${sessionColumns}, t.id as slot_id, t.starts_at, t.ends_at, t.class`;
const toSession = `join appointment_sessions s on s.organization_id = t.organization_id and s.id = t.session_id
  join appointment_resources r on r.organization_id = s.organization_id and r.code = s.resource`;
const appointment = `select a.contact_id, a.id, a.person, a.status, a.reference, a.secret, a.wrong_secrets, a.held_until, a.coming_at, ${slotColumns}
  from appointments a join appointment_slots t on t.organization_id = a.organization_id and t.id = a.slot_id ${toSession}`;

/** A slot with its session, which is kept from being cancelled until the transaction ends. */
export async function readSlot(tx: Tx, organizationId: number, slotId: string): Promise<SlotRow | undefined> {
  const { rows } = await tx.query<SlotRow>(
    `select ${slotColumns} from appointment_slots t ${toSession} where t.organization_id = $1 and t.id = $2 for share of s`,
    [organizationId, slotId],
  );
  return rows[0];
}

export async function readAppointment(tx: Tx, key: AppointmentKey): Promise<AppointmentRow | undefined> {
  const { rows } = await tx.query<AppointmentRow>(
    `${appointment} where a.organization_id = $1 and a.contact_id = $2 and a.id = $3`,
    [key.organizationId, key.contactId, key.id],
  );
  return rows[0];
}

/** The appointment that has a reference, whoever's it is, locked. */
export async function findByReference(tx: Tx, organizationId: number, reference: string): Promise<AppointmentRow | undefined> {
  const { rows } = await tx.query<AppointmentRow>(
    `${appointment} join appointment_references f
        on f.organization_id = a.organization_id and f.contact_id = a.contact_id and f.appointment_id = a.id
      where f.organization_id = $1 and f.reference = $2 for update of a`,
    [organizationId, reference],
  );
  return rows[0];
}

/** Booked appointments to come, the next one first. */
export async function listToCome(
  tx: Tx,
  { organizationId, contactId, now, limit }: { organizationId: number; contactId: string; now: Date; limit: number },
): Promise<AppointmentRow[]> {
  const { rows } = await tx.query<AppointmentRow>(
    `${appointment} where a.organization_id = $1 and a.contact_id = $2 and a.status in ('booked', 'checked_in') and t.ends_at > $3
      order by t.starts_at, a.id limit $4`,
    [organizationId, contactId, now, limit],
  );
  return rows;
}

/** Appointments to which somebody came, the latest first. */
export async function listAttended(
  tx: Tx,
  { organizationId, contactId, limit }: { organizationId: number; contactId: string; limit: number },
): Promise<AppointmentRow[]> {
  const { rows } = await tx.query<AppointmentRow>(
    `${appointment} where a.organization_id = $1 and a.contact_id = $2 and a.status = 'checked_in' order by t.starts_at desc, a.id limit $3`,
    [organizationId, contactId, limit],
  );
  return rows;
}

/** Until the transaction ends nobody else books for this household: what counts against limits is counted under it. */
export async function lockHousehold(tx: Tx, { organizationId, contactId }: Omit<AppointmentKey, 'id'>): Promise<void> {
  await tx.query(
    `insert into appointment_households (organization_id, contact_id) values ($1, $2)
     on conflict (organization_id, contact_id) do update set contact_id = excluded.contact_id`,
    [organizationId, contactId],
  );
}

export interface NewAppointment extends AppointmentKey {
  person: string;
  sessionId: string;
  slotId: string;
  channelId: number | null;
  language: string;
  heldUntil: Date;
  now: Date;
}

/** Inserts a held appointment. Throws a unique violation when another attempt of the same turn was faster. */
export async function insertHeld(tx: Tx, one: NewAppointment): Promise<void> {
  await tx.query(
    `insert into appointments (organization_id, contact_id, id, person, session_id, slot_id, status, channel_id, language, held_until, changed_at)
     values ($1, $2, $3, $4, $5, $6, 'held', $7, $8, $9, $10)`,
    [
      one.organizationId,
      one.contactId,
      one.id,
      one.person,
      one.sessionId,
      one.slotId,
      one.channelId,
      one.language,
      one.heldUntil,
      one.now,
    ],
  );
}

/** Makes a held appointment a booked one. */
export async function confirmHeld(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { reference, secret, remindAt, now }: { reference: string; secret: string; remindAt: Date[]; now: Date },
): Promise<void> {
  await tx.query(
    `update appointments set status = 'booked', reference = $4, secret = $5, held_until = null, booked_at = $6, changed_at = $6, remind_at = $7
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id, reference, secret, now, remindAt],
  );
}

export async function setStatus(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { status, now }: { status: AppointmentStatus; now: Date },
): Promise<void> {
  await tx.query(
    `update appointments set status = $4, changed_at = $5, remind_at = '{}' where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id, status, now],
  );
}

/** Notes that the citizen said they are coming. */
export async function setComing(tx: Tx, { organizationId, contactId, id }: AppointmentKey, now: Date): Promise<void> {
  await tx.query('update appointments set coming_at = $4 where organization_id = $1 and contact_id = $2 and id = $3', [
    organizationId,
    contactId,
    id,
    now,
  ]);
}

export async function moveTo(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { slot, remindAt, now }: { slot: SlotRow; remindAt: Date[]; now: Date },
): Promise<void> {
  await tx.query(
    `update appointments set session_id = $4, slot_id = $5, changed_at = $6, remind_at = $7, coming_at = null
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id, slot.session_id, slot.slot_id, now, remindAt],
  );
}

/** Reserves a reference that no other appointment has. Throws `appointments:references-full` when hardly any is left. */
export async function reserveReference(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  random: () => number,
): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const reference = newReference(random);
    const { rowCount } = await tx.query(
      `insert into appointment_references (organization_id, reference, contact_id, appointment_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [organizationId, reference, contactId, id],
    );
    if (rowCount === 1) return reference;
  }
  throw new HazirError('appointments:references-full', `No free reference after ${MOST_TRIES} tries.`, {
    hint: 'Nine million appointments of one organization are the most.',
  });
}
