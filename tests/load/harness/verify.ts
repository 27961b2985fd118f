/** What must hold in the database when everything is over, whatever happened in between. */
import type { Database } from '@hazir/store';

export interface Queues {
  inbox: number;
  outbox: number;
  parked: number;
}

export interface Logged {
  inbound: number;
  outbound: number;
  /** Outbound messages that are not known to be read. */
  notRead: number;
}

/** What the world knows: messages acknowledged, those without a reply, and recipients of broadcasts. */
export interface Told {
  accepted: number;
  unanswered: number;
  broadcast: number;
}

export async function countQueues(database: Database): Promise<Queues> {
  const { rows } = await database.query<Queues>(
    `select (select count(*) from inbox)::int as inbox, (select count(*) from outbox)::int as outbox,
            (select count(*) from parked_messages)::int as parked`,
  );
  return only(rows);
}

/** Reads the whole log. */
export async function countLog(database: Database): Promise<Logged> {
  const { rows } = await database.query<Logged>(
    `select count(*) filter (where not outbound)::int as inbound, count(*) filter (where outbound)::int as outbound,
            count(*) filter (where outbound and read_at is null)::int as "notRead" from messages`,
  );
  return only(rows);
}

/** Sentences on what does not hold; empty when all is well. */
export function problemsOf(queues: Queues, log: Logged | undefined, told: Told): string[] {
  const wrong = [
    queues.inbox > 0 && `${queues.inbox} messages are still in the inbox`,
    queues.outbox > 0 && `${queues.outbox} messages are still in the outbox`,
    queues.parked > 0 && `${queues.parked} messages were set aside`,
    told.unanswered > 0 && `${told.unanswered} acknowledged messages have no reply`,
  ];
  return [...wrong, ...(log === undefined ? [] : logProblems(log, told))].filter((sentence) => sentence !== false);
}

function logProblems({ inbound, outbound, notRead }: Logged, { accepted, broadcast }: Told): (string | false)[] {
  const said = `${accepted} messages were acknowledged`;
  return [
    inbound !== accepted && `${said}, ${inbound} are in the log`,
    outbound !== accepted + broadcast && `${said} and ${broadcast} broadcast, ${outbound} replies are in the log`,
    notRead > 0 && `${notRead} replies are not known to be read`,
  ];
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error('the database told nothing');
  return row;
}
