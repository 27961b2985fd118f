/**
 * Reminders: their moments are written with the booking, and what is due is taken and told in one transaction. So a crash
 * tells nobody twice, and whoever has cancelled is told nothing.
 */
import type { Database, Tx } from '@hazir/store';
import type { Tell, Told } from '../tell.ts';
import type { Desk } from './desk.ts';
import { DAY, dateOf, HOUR, later, momentOf } from './times.ts';

/** A pack that reminds has this flow; its inputs are `reference` and `days` (0 on the day itself, 1 on the evening before). */
export const REMINDER_FLOW = 'appointment-reminder';

/** A reminder that could not go out for so long is left out: nobody is woken at night for one of the evening. */
const LATEST_MS = 4 * HOUR;
const AT_ONCE = 100;

interface DueReminder {
  organizationId: number;
  contactId: string;
  channelId: number | null;
  reference: string;
  startsAt: Date;
  dueAt: Date;
  stands: boolean;
}

/** When to remind of an appointment that starts then, the next moment first; what is past already is left out. */
export function reminderMoments({ settings }: Desk, startsAt: Date, now: Date): Date[] {
  return settings.reminders
    .map(({ daysBefore, at }) => momentOf(dateOf(later(startsAt, -daysBefore * DAY)), at))
    .filter((moment) => moment > now && moment < startsAt)
    .sort((a, b) => a.getTime() - b.getTime());
}

/** Tells everybody whose reminder is due; resolves with how many were told. */
export async function sendReminders(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  let told = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const due = await takeDue(tx, now);
      const standing = due.filter((one) => one.stands && now.getTime() - one.dueAt.getTime() <= LATEST_MS);
      for (const one of standing) await tell(tx, reminderOf(one, now));
      told += standing.length;
      return due.length;
    });
    if (taken < AT_ONCE) return told;
  }
}

function reminderOf({ organizationId, contactId, channelId, reference, startsAt }: DueReminder, now: Date): Told {
  const days = Math.round((Date.parse(dateOf(startsAt)) - Date.parse(dateOf(now))) / DAY);
  return { organizationId, contactId, channelId, flow: REMINDER_FLOW, values: { reference, days } };
}

/** Takes what is due, in one statement: of several moments that have passed meanwhile only one is told. */
async function takeDue(tx: Tx, now: Date): Promise<DueReminder[]> {
  const { rows } = await tx.query<DueReminder>(
    `with due as materialized (
       select organization_id, contact_id, id, (select max(m) from unnest(remind_at) m where m <= $1) as due_at from appointments
        where cardinality(remind_at) > 0 and remind_at[1] <= $1 order by remind_at[1] limit $2 for update skip locked)
     update appointments a set remind_at = array(select m from unnest(a.remind_at) m where m > $1 order by m)
       from due, appointment_slots t, appointment_sessions s
      where a.organization_id = due.organization_id and a.contact_id = due.contact_id and a.id = due.id
        and t.organization_id = a.organization_id and t.id = a.slot_id and s.organization_id = a.organization_id and s.id = a.session_id
     returning a.organization_id as "organizationId", a.contact_id as "contactId", a.channel_id as "channelId", a.reference,
       t.starts_at as "startsAt", due.due_at as "dueAt", a.status = 'booked' and s.cancelled_at is null and t.starts_at > $1 as stands`,
    [now, AT_ONCE],
  );
  return rows;
}
