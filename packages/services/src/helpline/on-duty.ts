/** Who is there: officers of the helpline whose console is open and who take talks, and what they have already. */
import type { Tx } from '@hazir/store';

export interface Agent {
  officerId: string;
  desks: readonly string[];
  languages: readonly string[];
  capacity: number;
  /** Talks that they have, and those that are offered to them. */
  load: number;
}

/** A console that has said nothing for so long is closed. */
export const ABSENT_MS = 120_000;

/** Of a row `a` of helpline_agents: has a role there, and is not suspended. */
export const IN_TEAM =
  'exists (select from officer_roles r where r.organization_id = a.organization_id and r.officer_id = a.officer_id and r.suspended_at is null)';

/** Officers on duty; with locks, so that two processes do not offer to the same one at once. */
export async function agentsOnDuty(tx: Tx, { organizationId, now }: { organizationId: number; now: Date }): Promise<Agent[]> {
  const { rows } = await tx.query<Agent>(
    `select a.officer_id as "officerId", a.desks, a.languages, a.capacity,
            (select count(*)::int from tickets t where t.organization_id = a.organization_id and t.closed_at is null
               and (t.assignee_id = a.officer_id or (t.assignee_id is null and t.offered_to = a.officer_id))) as load
       from helpline_agents a join officers o on o.id = a.officer_id
      where a.organization_id = $1 and a.available and a.seen_at > $2 and o.disabled_at is null and ${IN_TEAM} order by a.officer_id`,
    [organizationId, new Date(now.getTime() - ABSENT_MS)],
  );
  return rows;
}

export function worksAt({ desks }: Pick<Agent, 'desks'>, desk: string): boolean {
  return desks.length === 0 || desks.includes(desk);
}

export function speaks({ languages }: Pick<Agent, 'languages'>, language: string | null): boolean {
  return languages.length === 0 || language === null || languages.includes(language);
}
