/** SQL of sessions that do not take place, and of those whom they leave without an appointment. */
import type { Tx } from '@hazir/store';
import type { AppointmentKey } from './records.ts';

export interface FallenSession {
  organizationId: number;
  id: string;
  rebookMinutes: number;
}

/** Somebody without an appointment because of it. */
export interface Rebooking {
  contactId: string;
  id: string;
  class: string;
  person: string;
  reference: string;
  channelId: number | null;
  language: string;
}

export interface FallenWait {
  contactId: string;
  channelId: number | null;
}

export const rebookingColumns = 'contact_id as "contactId", id, class, person, reference, channel_id as "channelId", language';

/** Cancels a session; what it leaves behind is worked on later. Undefined when there is none of this code. */
export async function markFallen(
  tx: Tx,
  { organizationId, session, keepMinutes, now }: { organizationId: number; session: string; keepMinutes: number; now: Date },
): Promise<{ id: string; appointments: number } | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `update appointment_sessions set cancelled_at = coalesce(cancelled_at, $3), rebook_minutes = $4
      where organization_id = $1 and code = $2 returning id`,
    [organizationId, session, now, keepMinutes],
  );
  const [found] = rows;
  if (found === undefined) return undefined;
  const left = await tx.query<{ many: number }>(
    `select count(*)::int as many from appointments where organization_id = $1 and session_id = $2 and status = 'booked'`,
    [organizationId, found.id],
  );
  return { id: found.id, appointments: left.rows[0]?.many ?? 0 };
}

/** Sessions that fell and still have appointments, lines, or people who wait for another time. */
export async function findFallen(tx: Tx, today: string): Promise<FallenSession[]> {
  const { rows } = await tx.query<FallenSession>(
    `select s.organization_id as "organizationId", s.id, s.rebook_minutes as "rebookMinutes" from appointment_sessions s
      where s.cancelled_at is not null and s.rebook_minutes is not null and s.date >= $1::date - 60
        and (exists (select 1 from appointments a where a.organization_id = s.organization_id and a.session_id = s.id and a.status in ('booked', 'held'))
          or exists (select 1 from appointment_waits w where w.organization_id = s.organization_id and w.session_id = s.id and w.status in ('waiting', 'offered'))
          or exists (select 1 from appointment_rebookings b where b.organization_id = s.organization_id and b.session_id = s.id and b.status in ('waiting', 'offered')))
      order by s.date, s.id limit 50`,
    [today],
  );
  return rows;
}

/** Takes some of the appointments away, in the order of booking, in one statement; they wait for another time from now on. */
export async function takeFallen(
  tx: Tx,
  { organizationId, id }: FallenSession,
  { now, most }: { now: Date; most: number },
): Promise<Rebooking[]> {
  const { rows } = await tx.query<Rebooking>(
    `with those as materialized (
       select contact_id, id, status from appointments where organization_id = $1 and session_id = $2 and status in ('booked', 'held')
        order by booked_at nulls last, id limit $4 for update skip locked),
     ended as (
       update appointments a set status = case when those.status = 'booked' then 'cancelled' else 'lapsed' end, fell = those.status = 'booked',
              remind_at = '{}', changed_at = $3 from those where a.organization_id = $1 and a.contact_id = those.contact_id and a.id = those.id
       returning a.contact_id, a.id, a.slot_id, a.person, a.reference, a.booked_at, a.channel_id, a.language, those.status as before),
     freed as (
       update appointment_seats e set contact_id = null, appointment_id = null, held_until = null from those
        where e.organization_id = $1 and e.contact_id = those.contact_id and e.appointment_id = those.id)
     insert into appointment_rebookings (organization_id, contact_id, id, session_id, class, person, reference, booked_at, status, channel_id, language, changed_at)
     select $1, n.contact_id, n.id, $2, t.class, n.person, n.reference, n.booked_at, 'waiting', n.channel_id, n.language, $3
       from ended n join appointment_slots t on t.organization_id = $1 and t.id = n.slot_id
      where n.before = 'booked' order by n.booked_at, n.id
     returning ${rebookingColumns}`,
    [organizationId, id, now, most],
  );
  return rows;
}

/** Ends the lines of a session that fell. */
export async function endLines(tx: Tx, { organizationId, id }: FallenSession, now: Date): Promise<FallenWait[]> {
  const { rows } = await tx.query<FallenWait>(
    `update appointment_waits set status = 'left', changed_at = $3 where organization_id = $1 and session_id = $2 and status in ('waiting', 'offered')
     returning contact_id as "contactId", channel_id as "channelId"`,
    [organizationId, id, now],
  );
  return rows;
}

/** Who did not answer in time is passed over, who has another appointment by now steps out; the rest that waits, first come first. */
export async function waitingFor(
  tx: Tx,
  { organizationId, id }: FallenSession,
  { now, most }: { now: Date; most: number },
): Promise<Rebooking[]> {
  await tx.query(
    `update appointment_rebookings b set status = case when b.status = 'offered' then 'passed' else 'left' end, changed_at = $3
      where b.organization_id = $1 and b.session_id = $2 and (
        (b.status = 'offered' and exists (select 1 from appointments a where a.organization_id = b.organization_id and a.contact_id = b.contact_id
            and a.id = b.appointment_id and (a.status = 'lapsed' or (a.status = 'held' and a.held_until < $3))))
        or (b.status = 'waiting' and exists (
          select 1 from appointments a join appointment_slots t on t.organization_id = a.organization_id and t.id = a.slot_id
            join appointment_sessions s on s.organization_id = a.organization_id and s.id = a.session_id
            join appointment_sessions f on f.organization_id = b.organization_id and f.id = b.session_id and f.kind = s.kind
           where a.organization_id = b.organization_id and a.contact_id = b.contact_id and a.person = b.person
             and a.status = 'booked' and t.ends_at > $3)))`,
    [organizationId, id, now],
  );
  const { rows } = await tx.query<Rebooking>(
    `select ${rebookingColumns} from appointment_rebookings where organization_id = $1 and session_id = $2 and status = 'waiting'
      order by booked_at, id limit $3 for update skip locked`,
    [organizationId, id, most],
  );
  return rows;
}

/**
 * Slots with a free seat that ask the same of people as the session that fell, the most suitable first: a day earlier or later
 * counts as much as five kilometres. Also what is not published yet; not what others stand in line for.
 */
export async function findOthers(
  tx: Tx,
  { organizationId, id }: FallenSession,
  { class: wanted, now, from }: { class: string; now: Date; from: Date },
): Promise<{ id: string; startsAt: Date }[]> {
  const { rows } = await tx.query<{ id: string; startsAt: Date }>(
    `select t.id, t.starts_at as "startsAt"
       from appointment_sessions f
       join appointment_resources p on p.organization_id = f.organization_id and p.code = f.resource
       join appointment_sessions s on s.organization_id = f.organization_id and s.cancelled_at is null and s.kind = f.kind
        and s.fee_paise <= f.fee_paise and (s.min_age, s.max_age) is not distinct from (f.min_age, f.max_age)
        and (s.doses, s.residence, s.allowances) = (f.doses, f.residence, f.allowances)
       join appointment_resources r on r.organization_id = s.organization_id and r.code = s.resource
       join appointment_slots t on t.organization_id = s.organization_id and t.session_id = s.id and t.class = $3 and t.starts_at > $5
      where f.organization_id = $1 and f.id = $2
        and exists (select 1 from appointment_seats e where e.organization_id = t.organization_id and e.slot_id = t.id
                       and (e.appointment_id is null or e.held_until < $4))
        and not exists (select 1 from appointment_waits w where w.organization_id = t.organization_id and w.slot_id = t.id and w.status = 'waiting')
      order by abs(s.date - f.date) + case when r.code = p.code then 0 else coalesce(
          111 * sqrt((r.latitude - p.latitude) ^ 2 + ((r.longitude - p.longitude) * cos(radians(p.latitude))) ^ 2), 500) / 5 end,
        t.starts_at, t.id limit 20`,
    [organizationId, id, wanted, now, from],
  );
  return rows;
}

/** True when the person has a place in the session of a slot already. */
export async function hasPlace(
  tx: Tx,
  { organizationId, contactId }: Omit<AppointmentKey, 'id'>,
  about: { person: string; slotId: string },
) {
  const { rowCount } = await tx.query(
    `select 1 from appointments a join appointment_slots t on t.organization_id = a.organization_id and t.id = $4 and t.session_id = a.session_id
      where a.organization_id = $1 and a.contact_id = $2 and a.person = $3 and a.status in ('held', 'booked', 'checked_in')`,
    [organizationId, contactId, about.person, about.slotId],
  );
  return rowCount !== 0;
}

export async function markRebooking(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { appointmentId, now }: { appointmentId: string; now: Date },
): Promise<void> {
  await tx.query(
    `update appointment_rebookings set status = 'offered', appointment_id = $4, changed_at = $5
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, id, appointmentId, now],
  );
}
