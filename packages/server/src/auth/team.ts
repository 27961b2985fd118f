/** The officers of one organization, as its administrators keep them. */
import type { Tx } from '@hazir/store';
import type { Grant } from './policies.ts';

export interface Member {
  id: string;
  name: string;
  email: string;
  language: string;
  twoFactor: boolean;
  /** Has a password, a passkey or an account elsewhere. */
  entered: boolean;
  signedInAt: Date | null;
  /** By whoever runs the server. */
  disabledAt: Date | null;
  suspendedAt: Date | null;
  /** Has a role in another organization. */
  elsewhere: boolean;
  roles: (Grant & { id: string })[];
}

/** Everybody with a role there, by name; one of them where an id is given. */
export async function listTeam(tx: Tx, { organizationId, id }: { organizationId: number; id?: string }): Promise<Member[]> {
  const { rows } = await tx.query<Member>(
    `select o.id, o.name, o.email, o.language, coalesce(o.two_factor_enabled, false) as "twoFactor",
            exists (select from officer_accounts a where a.officer_id = o.id) or exists (select from officer_passkeys p where p.officer_id = o.id) as entered,
            o.signed_in_at as "signedInAt", o.disabled_at as "disabledAt", max(r.suspended_at) as "suspendedAt",
            exists (select from officer_roles e where e.officer_id = o.id and e.organization_id <> $1) as elsewhere,
            json_agg(json_build_object('id', r.id, 'role', r.role, 'department', r.department, 'area', r.area, 'post', r.post)
              order by r.granted_at, r.id) as roles
       from officer_roles r join officers o on o.id = r.officer_id
      where r.organization_id = $1 and ($2::uuid is null or o.id = $2) group by o.id order by lower(o.name), o.id`,
    [organizationId, id ?? null],
  );
  return rows;
}

/** Until the end of the transaction nobody else changes who may do what there. */
export async function lockTeam(tx: Tx, organizationId: number): Promise<void> {
  await tx.query('select from organizations where id = $1 for update', [organizationId]);
}

/** Takes one role back. Returns it; undefined when the officer has no such role there. */
export async function revokeGrant(
  tx: Tx,
  { organizationId, officerId, id }: { organizationId: number; officerId: string; id: string },
): Promise<Grant | undefined> {
  const { rows } = await tx.query<Grant>(
    'delete from officer_roles where organization_id = $1 and officer_id = $2 and id = $3 returning role, department, area, post',
    [organizationId, officerId, id],
  );
  return rows[0];
}

/** In one organization only; whoever works nowhere else is signed out. */
export async function setSuspended(
  tx: Tx,
  { organizationId, officerId, at }: { organizationId: number; officerId: string; at: Date | null },
): Promise<void> {
  await tx.query('update officer_roles set suspended_at = $3 where organization_id = $1 and officer_id = $2', [
    ...[organizationId, officerId, at],
  ]);
  if (at === null) return;
  await tx.query(
    `delete from officer_sessions where officer_id = $1
        and not exists (select from officer_roles where officer_id = $1 and suspended_at is null)`,
    [officerId],
  );
}

/** Organizations in which an officer has a role, also one that is suspended. */
export async function workplacesOf(tx: Tx, officerId: string): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    'select distinct organization_id as id from officer_roles where officer_id = $1',
    [officerId],
  );
  return rows.map(({ id }) => id);
}
