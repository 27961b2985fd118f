/** What a citizen may expect, honestly: whether anybody is there, how many wait before them, and about how long it takes. */
import type { Tx } from '@hazir/store';
import { type Desk, type Helpline, topicsOf } from './desk.ts';
import { agentsOnDuty, worksAt } from './on-duty.ts';

export interface Outlook {
  /** The desk's code. */
  desk: string;
  /** Somebody is there now. */
  staffed: boolean;
  /** When the desk opens; empty: it is open. */
  opensAt: string;
  /** Tickets of the desk that come before. */
  ahead: number;
  /** About how long it takes; 0: nobody can say. */
  minutes: number;
}

/** A ticket that waits, or one that may be opened. */
export interface Waiting {
  organizationId: number;
  priority: number;
  openedAt: Date;
}

const DAYS_AHEAD = 30;
/** Talks of which the usual length is taken. */
const LATEST_TALKS = 50;
const ROUNDED_TO = 5;

export async function outlookOf(
  tx: Tx,
  { helpline, desk }: { helpline: Helpline; desk: Desk },
  { organizationId, priority, openedAt }: Waiting,
  now: Date,
): Promise<Outlook> {
  const agents = (await agentsOnDuty(tx, { organizationId, now })).filter((agent) => worksAt(agent, desk.code));
  const { own, others } = topicsOf(helpline, desk);
  const { rows } = await tx.query<{ ahead: number; minutes: number | null }>(
    `select (select count(*)::int from tickets where organization_id = $1 and closed_at is null and assignee_id is null
               and case when $4::text[] is null then topic <> all ($5::text[]) else topic = any ($4::text[]) end
               and (priority, opened_at) < ($2::smallint, $3::timestamptz)) as ahead,
            (select percentile_cont(0.5) within group (order by extract(epoch from closed_at - assigned_at) / 60) from (
               select closed_at, assigned_at from tickets where organization_id = $1 and closed_at is not null and assigned_at is not null
                  and case when $4::text[] is null then topic <> all ($5::text[]) else topic = any ($4::text[]) end
                order by closed_at desc limit $6) latest) as minutes`,
    [organizationId, priority, openedAt, own, others, LATEST_TALKS],
  );
  const { ahead = 0, minutes: usual = null } = rows[0] ?? {};
  return {
    desk: desk.code,
    staffed: agents.length > 0,
    opensAt: opensAt(desk, now),
    ahead,
    minutes: minutesUntil({ ahead, talkMinutes: usual ?? desk.talkMinutes, agents }),
  };
}

/** Places become free one after another, evenly over the time that a talk takes. */
export function minutesUntil({
  ahead,
  talkMinutes,
  agents,
}: {
  ahead: number;
  talkMinutes: number;
  agents: readonly { capacity: number; load: number }[];
}): number {
  const places = agents.reduce((sum, { capacity }) => sum + capacity, 0);
  if (places === 0) return 0;
  const free = agents.reduce((sum, { capacity, load }) => sum + Math.max(0, capacity - load), 0);
  const before = Math.max(0, ahead + 1 - free);
  return Math.max(1, Math.ceil((before * talkMinutes) / places / ROUNDED_TO)) * ROUNDED_TO;
}

/** Empty while the desk is open, and where nobody can say. */
function opensAt({ hours }: Desk, now: Date): string {
  const moment = now.getTime();
  const today = hours.dayOf(moment);
  for (let day = today; day <= today + DAYS_AHEAD; day += 1)
    for (const { from, to } of hours.spansOn(day)) {
      if (moment >= to) continue;
      return moment >= from ? '' : new Date(from).toISOString();
    }
  return '';
}
