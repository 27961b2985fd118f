/**
 * Tickets that wait are offered to officers on duty, one at a time: whoever speaks the citizen's language and has least to do comes
 * first. An offer is no promise to the citizen; taking it is. Whoever lets it pass is not asked again before the others were.
 */
import type { Database, Tx } from '@hazir/store';
import { deskOf, type Helpline, type Helplines } from './desk.ts';
import { ABSENT_MS, type Agent, agentsOnDuty, speaks, worksAt } from './on-duty.ts';

interface WaitingTicket {
  id: string;
  topic: string;
  priority: number;
  language: string | null;
  /** Officers who let it pass. */
  passed: string[];
}

const AT_ONCE = 200;
/** Whoever is in danger may be one too many. */
const DANGER = 1;

/** Resolves with how many were offered. */
export async function offerTickets(database: Database, { now, helplines }: { now: Date; helplines: Helplines }): Promise<number> {
  let offered = 0;
  for (const [organizationId, helpline] of helplines)
    offered += await database.transaction((tx) => offerOf(tx, { organizationId, helpline, now }));
  return offered;
}

async function offerOf(
  tx: Tx,
  { organizationId, helpline, now }: { organizationId: number; helpline: Helpline; now: Date },
): Promise<number> {
  const agents = await agentsOnDuty(tx, { organizationId, now });
  if (agents.length === 0) return 0;
  const waiting = await waitingTickets(tx, {
    organizationId,
    until: new Date(now.getTime() - helpline.offerSeconds * 1_000),
    now,
  });
  let offered = 0;
  for (const ticket of waiting) {
    const agent = bestFor(agents, ticket, deskOf(helpline, ticket.topic)?.code ?? '');
    if (agent === undefined) continue;
    agent.load += 1;
    offered += 1;
    await tx.query(
      `with made as (
         insert into ticket_offers (organization_id, ticket_id, officer_id, offered_at) values ($1, $2, $3, $4)
           on conflict (organization_id, ticket_id, officer_id) do update set offered_at = excluded.offered_at)
       update tickets set offered_to = $3, offered_at = $4, version = version + 1 where organization_id = $1 and id = $2`,
      [organizationId, ticket.id, agent.officerId, now],
    );
  }
  return offered;
}

/** Of those who have room and are of the desk; undefined: nobody is free. */
export function bestFor(
  agents: readonly Agent[],
  { priority, language, passed }: Pick<WaitingTicket, 'priority' | 'language' | 'passed'>,
  desk: string,
): Agent | undefined {
  const free = agents.filter(
    (agent) => worksAt(agent, desk) && (agent.load < agent.capacity || (priority === DANGER && agent.load === agent.capacity)),
  );
  // The order of `passed` is that of the offers: whoever was asked longest ago is asked first when all have let it pass.
  const turn = ({ officerId }: Agent) => passed.indexOf(officerId);
  const rank = (agent: Agent) => [turn(agent), speaks(agent, language) ? 0 : 1, agent.load / agent.capacity] as const;
  return free.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
  })[0];
}

/** Nobody has them, and nobody is being asked: an offer ends with its time, and when the officer has gone. */
async function waitingTickets(
  tx: Tx,
  { organizationId, until, now }: { organizationId: number; until: Date; now: Date },
): Promise<WaitingTicket[]> {
  const { rows } = await tx.query<WaitingTicket>(
    `select t.id, t.topic, t.priority, p.language,
            array(select o.officer_id from ticket_offers o where o.organization_id = t.organization_id and o.ticket_id = t.id order by o.offered_at) as passed
       from tickets t join contacts p on p.organization_id = t.organization_id and p.id = t.contact_id
      where t.organization_id = $1 and t.closed_at is null and t.assignee_id is null
        and (t.offered_to is null or t.offered_at <= $2 or not exists (
          select from helpline_agents a where a.organization_id = t.organization_id and a.officer_id = t.offered_to and a.available and a.seen_at > $3))
      order by t.priority, t.opened_at, t.id limit $4 for update of t skip locked`,
    [organizationId, until, new Date(now.getTime() - ABSENT_MS), AT_ONCE],
  );
  return rows;
}
