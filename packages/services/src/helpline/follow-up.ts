/** On the day that an officer chose the citizen is asked how it went. */
import type { Database, Tx } from '@hazir/store';
import type { Tell } from '../tell.ts';

interface Due {
  organizationId: number;
  contactId: string;
  channelId: number;
  id: string;
  number: number;
  topic: string;
  note: string | null;
}

const AT_ONCE = 100;
const FLOW = 'ticket-follow-up';

/** Taken and told in one transaction, so that a crash asks nobody twice. Resolves with how many were asked. */
export async function followUp(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  let told = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const due = await takeDue(tx, now);
      for (const { organizationId, contactId, channelId, id, number, topic, note } of due)
        await tell(tx, { organizationId, contactId, channelId, flow: FLOW, values: { id, number, topic, note: note ?? '' } });
      return due.length;
    });
    told += taken;
    if (taken < AT_ONCE) return told;
  }
}

async function takeDue(tx: Tx, now: Date): Promise<Due[]> {
  const { rows } = await tx.query<Due>(
    `with due as materialized (
       select organization_id, contact_id, id from tickets where follow_up_at <= $1 order by follow_up_at limit $2 for update skip locked)
     update tickets t set follow_up_at = null, version = version + 1 from due
      where t.organization_id = due.organization_id and t.contact_id = due.contact_id and t.id = due.id
     returning t.organization_id as "organizationId", t.contact_id as "contactId", t.channel_id as "channelId", t.id, t.number, t.topic,
       t.follow_up_note as note`,
    [now, AT_ONCE],
  );
  return rows;
}
