/** Opens the flow of every reminder that is due. Taken and told in one transaction, so that a crash tells nobody twice. */
import type { JsonObject } from '@hazir/core';
import type { Database, Tx } from '@hazir/store';
import type { Tell, Told } from '../tell.ts';

const AT_ONCE = 100;
/** After a longer outage it is still told: the day may have passed, the matter has not. */
const LATEST_DAYS = 14;

/** Resolves with how many were told. */
export async function sendDueReminders(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  let told = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const due = await takeDue(tx, now);
      for (const one of due) await tell(tx, one);
      return due.length;
    });
    told += taken;
    if (taken < AT_ONCE) return told;
  }
}

async function takeDue(tx: Tx, now: Date): Promise<Told[]> {
  await tx.query(`delete from reminders where due_at < $1::timestamptz - make_interval(days => $2)`, [now, LATEST_DAYS]);
  const { rows } = await tx.query<Omit<Told, 'values'> & { values: JsonObject }>(
    `with due as materialized (
       select organization_id, contact_id, name from reminders where due_at <= $1 order by due_at limit $2 for update skip locked)
     delete from reminders r using due
      where r.organization_id = due.organization_id and r.contact_id = due.contact_id and r.name = due.name
     returning r.organization_id as "organizationId", r.contact_id as "contactId", r.channel_id as "channelId", r.flow, r.inputs as values`,
    [now, AT_ONCE],
  );
  return rows;
}
