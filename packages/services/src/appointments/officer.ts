/** What officers do: let people in who have no appointment, mark who did not come, look at sessions. Not for flows. */
import { freshId, type Tx } from '@hazir/store';
import { done, failed, type Outcome } from '../define-operation.ts';
import { isOpen } from './check-in.ts';
import { markFallen } from './rebook-records.ts';
import { confirmHeld, insertHeld, reserveReference, setStatus } from './records.ts';
import { newSecret } from './reference.ts';
import { claimSeat } from './seats.ts';
import { hasLine } from './waits.ts';

/** Whom a walk-in's appointment is for: nobody who is known. */
const WALK_IN = 'walk-in';

export interface ListedSession {
  session: string;
  resource: string;
  date: string;
  kind: string;
  publishedAt: Date;
  cancelled: boolean;
  seats: number;
  free: number;
  checkedIn: number;
}

/** Sessions from a date on, with what is left of them. */
export async function listSessions(
  tx: Tx,
  { organizationId, from, now, limit }: { organizationId: number; from: string; now: Date; limit: number },
): Promise<ListedSession[]> {
  const { rows } = await tx.query<ListedSession>(
    `select s.code as session, s.resource, s.date::text as date, s.kind, s.published_at as "publishedAt", s.cancelled_at is not null as cancelled,
            count(e.seat)::int as seats, count(e.seat) filter (where e.appointment_id is null or e.held_until < $3)::int as free,
            (select count(*) from appointments a where a.organization_id = s.organization_id and a.session_id = s.id
                and a.status = 'checked_in')::int as "checkedIn"
       from appointment_sessions s
       left join appointment_slots t on t.organization_id = s.organization_id and t.session_id = s.id
       left join appointment_seats e on e.organization_id = t.organization_id and e.slot_id = t.id
      where s.organization_id = $1 and s.date >= $2 group by s.organization_id, s.id order by s.date, s.code limit $4`,
    [organizationId, from, now, limit],
  );
  return rows;
}

/** Lets somebody in who comes without an appointment, while a seat is free that nobody in line waits for. Of them nothing is kept. */
export async function walkIn(
  tx: Tx,
  given: { organizationId: number; session: string; now: Date; random: () => number },
): Promise<Outcome<{ reference: string; startsAt: Date }>> {
  const { organizationId, session, now } = given;
  const slots = await slotsAt(tx, given);
  if (slots === undefined) return failed('appointments:unknown-session', 'There is no session of this code.');
  const open = slots.filter((slot) => isOpen(slot.starts_at, now));
  if (open.length === 0) return failed('appointments:slot-past', 'Nothing of the session takes place now.');
  const id = freshId(now.getTime());
  const key = { organizationId, contactId: id, id };
  for (const { slot_id: slotId, session_id: sessionId, starts_at: startsAt } of open) {
    if (await hasLine(tx, organizationId, slotId)) continue;
    if (!(await claimSeat(tx, { ...key, slotId, heldUntil: null, now }))) continue;
    const about = { person: WALK_IN, sessionId, slotId, channelId: null, language: '' };
    await insertHeld(tx, { ...key, ...about, heldUntil: now, now });
    const reference = await reserveReference(tx, key, given.random);
    await confirmHeld(tx, key, { reference, secret: newSecret(), remindAt: [], now });
    await setStatus(tx, key, { status: 'checked_in', now });
    return done({ reference, startsAt });
  }
  return failed('appointments:full', `No seat of ${session} is free.`);
}

/** Slots for anybody that are not over; undefined when there is no such session. */
async function slotsAt(
  tx: Tx,
  { organizationId, session, now }: { organizationId: number; session: string; now: Date },
): Promise<{ slot_id: string; session_id: string; starts_at: Date }[] | undefined> {
  const { rows } = await tx.query<{ slot_id: string; session_id: string; starts_at: Date; open: boolean }>(
    `select t.id as slot_id, s.id as session_id, t.starts_at, s.cancelled_at is null and t.class = '' and t.ends_at > $3 as open
       from appointment_sessions s join appointment_slots t on t.organization_id = s.organization_id and t.session_id = s.id
      where s.organization_id = $1 and s.code = $2 order by t.starts_at for share of s`,
    [organizationId, session, now],
  );
  return rows.length === 0 ? undefined : rows.filter(({ open }) => open);
}

/** Cancels a session. Its citizens are told and offered other seats by `rebookFallen`, at once or by the server. */
export async function cancelSession(
  tx: Tx,
  given: { organizationId: number; session: string; keepMinutes: number; now: Date },
): Promise<Outcome<{ id: string; appointments: number }>> {
  const fallen = await markFallen(tx, given);
  return fallen === undefined ? failed('appointments:unknown-session', 'There is no session of this code.') : done(fallen);
}

/** Marks everybody who did not come to a session that is over; returns how many. */
export async function markNoShows(
  tx: Tx,
  { organizationId, session, now }: { organizationId: number; session: string; now: Date },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update appointments a set status = 'no_show', changed_at = $3
       from appointment_slots t, appointment_sessions s
      where a.organization_id = $1 and a.status = 'booked' and t.organization_id = a.organization_id and t.id = a.slot_id
        and s.organization_id = a.organization_id and s.id = a.session_id and s.code = $2 and t.ends_at <= $3`,
    [organizationId, session, now],
  );
  return rowCount ?? 0;
}
