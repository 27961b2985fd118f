/** Officers of the helpline: what they can do, whether they are there, and who is on call when. */
import type { Tx } from '../database.ts';

export interface HelplineAgent {
  officerId: string;
  name: string;
  /** Codes; empty: every desk. */
  desks: string[];
  /** BCP-47; empty: any. */
  languages: string[];
  /** Talks at a time. */
  capacity: number;
  /** With country, digits only. */
  phone: string | null;
  available: boolean;
  seenAt: Date | null;
  /** Talks that they have. */
  talks: number;
}

interface Of {
  organizationId: number;
  officerId: string;
}

/** Everybody who may work tickets by one of these roles; who was never set up has the defaults. */
export async function listAgents(
  tx: Tx,
  { organizationId, roles }: { organizationId: number; roles: readonly string[] },
): Promise<HelplineAgent[]> {
  const { rows } = await tx.query<HelplineAgent>(
    `select o.id as "officerId", o.name, coalesce(a.desks, '{}') as desks, coalesce(a.languages, '{}') as languages, coalesce(a.capacity, 4) as capacity,
            a.phone, coalesce(a.available, false) as available, a.seen_at as "seenAt",
            (select count(*)::int from tickets t where t.organization_id = $1 and t.assignee_id = o.id and t.closed_at is null) as talks
       from officers o left join helpline_agents a on a.organization_id = $1 and a.officer_id = o.id
      where o.disabled_at is null and exists (select from officer_roles r where r.organization_id = $1 and r.officer_id = o.id and r.role = any ($2)
          and r.suspended_at is null)
      order by o.name, o.id`,
    [organizationId, roles],
  );
  return rows;
}

/** By their own word: takes talks now, or does not. */
export async function setAvailable(
  tx: Tx,
  { organizationId, officerId, available, now }: Of & { available: boolean; now: Date },
): Promise<void> {
  await tx.query(
    `insert into helpline_agents (organization_id, officer_id, available, seen_at) values ($1, $2, $3, $4)
     on conflict (organization_id, officer_id) do update set available = excluded.available, seen_at = excluded.seen_at`,
    [organizationId, officerId, available, now],
  );
}

/** Their console is open. */
export async function seeAgent(tx: Tx, { organizationId, officerId, now }: Of & { now: Date }): Promise<void> {
  await tx.query('update helpline_agents set seen_at = $3 where organization_id = $1 and officer_id = $2', [
    ...[organizationId, officerId, now],
  ]);
}

/** What an officer can do; whether they are there stays their own to say. */
export async function saveAgent(
  tx: Tx,
  {
    organizationId,
    officerId,
    desks,
    languages,
    capacity,
    phone,
  }: Of & Pick<HelplineAgent, 'desks' | 'languages' | 'capacity' | 'phone'>,
): Promise<void> {
  await tx.query(
    `insert into helpline_agents (organization_id, officer_id, desks, languages, capacity, phone) values ($1, $2, $3, $4, $5, $6)
     on conflict (organization_id, officer_id) do update set desks = excluded.desks, languages = excluded.languages,
       capacity = excluded.capacity, phone = excluded.phone`,
    [organizationId, officerId, desks, languages, capacity, phone],
  );
}

export interface Shift {
  id: string;
  desk: string;
  officerId: string;
  officerName: string;
  /** Whoever has the lowest is called first. */
  rank: number;
  startsAt: Date;
  endsAt: Date;
}

/** Shifts that are not over by `from` and begin before `to`. */
export async function listShifts(
  tx: Tx,
  { organizationId, from, to }: { organizationId: number; from: Date; to: Date },
): Promise<Shift[]> {
  const { rows } = await tx.query<Shift>(
    `select s.id, s.desk, s.officer_id as "officerId", o.name as "officerName", s.rank, s.starts_at as "startsAt", s.ends_at as "endsAt"
       from helpline_shifts s join officers o on o.id = s.officer_id
      where s.organization_id = $1 and s.ends_at > $2 and s.starts_at < $3 order by s.starts_at, s.desk, s.rank, s.id limit 1000`,
    [organizationId, from, to],
  );
  return rows;
}

export async function addShift(tx: Tx, shift: Omit<Shift, 'officerName'> & { organizationId: number }): Promise<void> {
  const { organizationId, id, desk, officerId, rank, startsAt, endsAt } = shift;
  await tx.query(
    'insert into helpline_shifts (organization_id, id, desk, officer_id, rank, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [organizationId, id, desk, officerId, rank, startsAt, endsAt],
  );
}

/** False when there was none. */
export async function removeShift(tx: Tx, { organizationId, id }: { organizationId: number; id: string }): Promise<boolean> {
  const { rowCount } = await tx.query('delete from helpline_shifts where organization_id = $1 and id = $2', [organizationId, id]);
  return rowCount === 1;
}
