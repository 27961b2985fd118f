/** What the log says, the latest first; by the indexes of who, to what and when. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { Audited } from './record-audit.ts';

export interface AuditFilter {
  organizationId: number;
  actor?: string | undefined;
  action?: Audited | undefined;
  /** One thing, in each way in which it may have been written. */
  subjects?: readonly string[] | undefined;
  contactId?: string | undefined;
  from?: Date | undefined;
  /** Before this moment. */
  to?: Date | undefined;
}

export interface AuditRow {
  id: string;
  actor: string;
  /** Of an officer; of whoever is gone as well. */
  officerName: string | null;
  address: string | null;
  action: string;
  subject: string | null;
  /** Where the subject is an officer. */
  subjectName: string | null;
  contactId: string | null;
  details: JsonObject | null;
  happenedAt: Date;
}

const WHERE = `e.organization_id = $1 and ($2::text is null or e.actor = $2) and ($3::text is null or e.action = $3)
  and ($4::text[] is null or e.subject = any($4)) and ($5::uuid is null or e.contact_id = $5)
  and ($6::timestamptz is null or e.happened_at >= $6) and ($7::timestamptz is null or e.happened_at < $7)`;

/** A page; `after` is the id of the last row of the page before. */
export async function listAudit(
  tx: Tx,
  filter: AuditFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<AuditRow[]> {
  const { rows } = await tx.query<AuditRow>(
    `select e.id, e.actor, o.name as "officerName", e.address, e.action, e.subject, s.name as "subjectName",
            e.contact_id as "contactId", e.details, e.happened_at as "happenedAt"
       from audit_events e left join officers o on e.actor = 'officer-' || o.id left join officers s on e.subject = 'officer-' || s.id
      where ${WHERE} and ($8::uuid is null or (e.happened_at, e.id) <
            (select p.happened_at, p.id from audit_events p where p.organization_id = $1 and p.id = $8))
      order by e.happened_at desc, e.id desc limit $9`,
    [...valuesOf(filter), after ?? null, limit],
  );
  return rows;
}

/** How many rows there are, counted up to `most`. */
export async function countAudit(tx: Tx, filter: AuditFilter, most: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from (select from audit_events e where ${WHERE} limit $8) as counted`,
    [...valuesOf(filter), most],
  );
  return rows[0]?.count ?? 0;
}

/** Everybody who stands in the log, found by leaps through its index. */
export async function listActors(
  tx: Tx,
  organizationId: number,
  most: number,
): Promise<{ actor: string; officerName: string | null }[]> {
  const { rows } = await tx.query<{ actor: string; officerName: string | null }>(
    `with recursive actors as (
       (select actor from audit_events where organization_id = $1 order by actor limit 1)
       union all
       select (select actor from audit_events where organization_id = $1 and actor > a.actor order by actor limit 1)
         from actors a where a.actor is not null)
     select a.actor, o.name as "officerName" from actors a left join officers o on a.actor = 'officer-' || o.id
      where a.actor is not null limit $2`,
    [organizationId, most],
  );
  return rows;
}

function valuesOf({ organizationId, actor, action, subjects, contactId, from, to }: AuditFilter): unknown[] {
  return [organizationId, actor ?? null, action ?? null, subjects ?? null, contactId ?? null, from ?? null, to ?? null];
}
