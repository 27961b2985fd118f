/** What must hold in the database when everything is over, whatever happened in between. */
import type { Database } from '@hazir/store';

export interface Verified {
  inbox: number;
  outbox: number;
  parked: number;
  inbound: number;
  outbound: number;
  /** Outbound messages that are not known to be read. */
  notRead: number;
}

export async function countRows(database: Database): Promise<Verified> {
  const { rows } = await database.query<Verified>(
    `select (select count(*) from inbox)::int as inbox, (select count(*) from outbox)::int as outbox,
            (select count(*) from parked_messages)::int as parked, m.inbound, m.outbound, m."notRead"
       from (select count(*) filter (where not outbound)::int as inbound, count(*) filter (where outbound)::int as outbound,
                    count(*) filter (where outbound and read_at is null)::int as "notRead" from messages) as m`,
  );
  if (rows[0] === undefined) throw new Error('the database told nothing');
  return rows[0];
}

/** Sentences on what does not hold; empty when all is well. */
export function problemsOf(counts: Verified, told: { accepted: number; unanswered: number }): string[] {
  const wrong = [
    counts.inbox > 0 && `${counts.inbox} messages are still in the inbox`,
    counts.outbox > 0 && `${counts.outbox} messages are still in the outbox`,
    counts.parked > 0 && `${counts.parked} messages were set aside`,
    counts.inbound !== told.accepted && `${told.accepted} messages were acknowledged, ${counts.inbound} are in the log`,
    counts.outbound !== told.accepted && `${told.accepted} messages were acknowledged, ${counts.outbound} replies are in the log`,
    counts.notRead > 0 && `${counts.notRead} replies are not known to be read`,
    told.unanswered > 0 && `${told.unanswered} acknowledged messages have no reply`,
  ];
  return wrong.filter((sentence) => sentence !== false);
}
