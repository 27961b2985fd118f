/**
 * What becomes free is offered to the head of the line: a seat is held for them, and whoever does not book it in time is passed
 * over. Looked for again and again; two processes that look at once share the lines between them.
 */
import { type Database, derivedId, type Tx } from '@hazir/store';
import type { Tell, Told } from '../tell.ts';
import { type AppointmentKey, insertHeld, readSlot } from './records.ts';
import { claimSeat } from './seats.ts';
import { later, MINUTE } from './times.ts';

/** A pack that lets citizens wait has this flow; its inputs are those of `values`. */
const OFFER_FLOW = 'appointment-offer';

interface Line {
  organizationId: number;
  slotId: string;
}

interface Waiting {
  contact_id: string;
  id: string;
  session_id: string;
  person: string;
  channel_id: number | null;
  language: string;
  offer_minutes: number;
}

const MOST_LINES = 100;

/** Offers every seat that is free and waited for; resolves with the number of offers. */
export async function offerSeats(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  let offered = 0;
  for (const line of await findLines(database, now)) {
    offered += await database.transaction(async (tx) => {
      const offers = await offerLine(tx, line, now);
      for (const offer of offers) await tell(tx, offer);
      return offers.length;
    });
  }
  return offered;
}

/** Lines before slots to come in which a seat is free. */
async function findLines(tx: Tx, now: Date): Promise<Line[]> {
  const { rows } = await tx.query<Line>(
    `select w.organization_id as "organizationId", w.slot_id as "slotId"
       from (select distinct organization_id, slot_id from appointment_waits where status in ('waiting', 'offered')) w
       join appointment_slots t on t.organization_id = w.organization_id and t.id = w.slot_id and t.ends_at > $1
       join appointment_sessions s on s.organization_id = t.organization_id and s.id = t.session_id and s.cancelled_at is null
        and (s.draw_at is null or exists (select 1 from appointment_draws d where d.organization_id = w.organization_id
               and d.slot_id = w.slot_id and d.drawn_at is not null))
      where exists (select 1 from appointment_seats e where e.organization_id = w.organization_id and e.slot_id = w.slot_id
                       and (e.appointment_id is null or e.held_until < $1)) limit $2`,
    [now, MOST_LINES],
  );
  return rows;
}

async function offerLine(tx: Tx, line: Line, now: Date): Promise<Told[]> {
  const { organizationId, slotId } = line;
  const { rowCount } = await tx.query(
    'select 1 from appointment_lines where organization_id = $1 and slot_id = $2 for update skip locked',
    [organizationId, slotId],
  );
  const slot = rowCount === 1 ? await readSlot(tx, organizationId, slotId) : undefined;
  if (slot === undefined) return [];
  await passOver(tx, line, now);
  const offers: Told[] = [];
  for (;;) {
    const next = await findNext(tx, line, now);
    if (next === undefined) return offers;
    const key = { organizationId, contactId: next.contact_id, id: derivedId(next.id, 'offer') };
    const heldUntil = later(now, next.offer_minutes * MINUTE);
    // Never waits for a seat: whoever has it locked may wait for the line.
    if (!(await claimSeat(tx, { ...key, slotId, heldUntil, now }, { wait: false }))) return offers;
    const { person, session_id: sessionId, channel_id: channelId, language } = next;
    await insertHeld(tx, { ...key, person, sessionId, slotId, channelId, language, heldUntil, now });
    await markOffered(tx, key, { waitId: next.id, now });
    const values = { hold: key.id, until: heldUntil.toISOString() };
    offers.push({ organizationId, contactId: next.contact_id, channelId, flow: OFFER_FLOW, values });
  }
}

/** Who was offered a seat and did not take it in time is passed over. */
async function passOver(tx: Tx, { organizationId, slotId }: Line, now: Date): Promise<void> {
  await tx.query(
    `with passed as (
       update appointment_waits w set status = 'passed', changed_at = $3 from appointments a
        where w.organization_id = $1 and w.slot_id = $2 and w.status = 'offered' and a.organization_id = w.organization_id
          and a.contact_id = w.contact_id and a.id = w.appointment_id and (a.status = 'lapsed' or (a.status = 'held' and a.held_until < $3))
       returning w.contact_id, w.appointment_id),
     lapsed as (update appointments a set status = 'lapsed', changed_at = $3 from passed p
                 where a.organization_id = $1 and a.contact_id = p.contact_id and a.id = p.appointment_id and a.status = 'held')
     update appointment_seats e set contact_id = null, appointment_id = null, held_until = null from passed p
      where e.organization_id = $1 and e.contact_id = p.contact_id and e.appointment_id = p.appointment_id`,
    [organizationId, slotId, now],
  );
}

/** The head of the line; who has a place in the session by now steps out. */
async function findNext(tx: Tx, { organizationId, slotId }: Line, now: Date): Promise<Waiting | undefined> {
  await tx.query(
    `update appointment_waits w set status = 'left', changed_at = $3
      where w.organization_id = $1 and w.slot_id = $2 and w.status = 'waiting' and exists (
        select 1 from appointments a where a.organization_id = w.organization_id and a.contact_id = w.contact_id and a.person = w.person
           and a.session_id = w.session_id and a.status in ('held', 'booked', 'checked_in'))`,
    [organizationId, slotId, now],
  );
  const { rows } = await tx.query<Waiting>(
    `select contact_id, id, session_id, person, channel_id, language, offer_minutes from appointment_waits
      where organization_id = $1 and slot_id = $2 and status = 'waiting' order by number limit 1 for update`,
    [organizationId, slotId],
  );
  return rows[0];
}

async function markOffered(
  tx: Tx,
  { organizationId, contactId, id }: AppointmentKey,
  { waitId, now }: { waitId: string; now: Date },
): Promise<void> {
  await tx.query(
    `update appointment_waits set status = 'offered', appointment_id = $4, changed_at = $5
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [organizationId, contactId, waitId, id, now],
  );
}
