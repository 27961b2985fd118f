/** Officers as operators keep them: who there is, and what each may do in which organization. */
import { HazirError } from '@hazir/core';
import { freshId, type Tx } from '@hazir/store';
import { hash } from '@node-rs/argon2';
import type { Grant } from './policies.ts';

export interface Officer {
  id: string;
  name: string;
  email: string;
  language: string;
  twoFactor: boolean;
  disabledAt: Date | null;
}

export interface OrganizationGrant extends Grant {
  organizationId: number;
  organizationName: string;
  id: string;
}

const COLUMNS = `id, name, email, language, coalesce(two_factor_enabled, false) as "twoFactor", disabled_at as "disabledAt"`;

type Person = Pick<Officer, 'email' | 'name' | 'language'>;

/** Adds an officer with a password. Throws `usage:officer` when the address is taken. */
export async function addOfficer(tx: Tx, { password, ...person }: Person & { password: string }): Promise<Officer> {
  const officer = await openAccount(tx, person);
  if (officer === undefined)
    throw new HazirError('usage:officer', 'There is an officer with this address already.', { hint: 'See: hazir officer list' });
  await setPassword(tx, officer.id, password);
  return officer;
}

/** An officer with no way to sign in yet; undefined when the address is taken. */
export async function openAccount(tx: Tx, { email, name, language }: Person): Promise<Officer | undefined> {
  const { rows } = await tx.query<Officer>(
    `insert into officers (email, name, language, email_verified) values ($1, $2, $3, true) on conflict do nothing returning ${COLUMNS}`,
    [email.toLowerCase(), name, language],
  );
  return rows[0];
}

/** The officer with an address. Throws `usage:officer` when there is none. */
export async function findOfficer(tx: Tx, email: string): Promise<Officer> {
  const { rows } = await tx.query<Officer>(`select ${COLUMNS} from officers where email = $1`, [email.toLowerCase()]);
  if (rows[0] !== undefined) return rows[0];
  throw new HazirError('usage:officer', 'There is no officer with this address.', { hint: 'See: hazir officer list' });
}

export async function officerWith(tx: Pick<Tx, 'query'>, id: string): Promise<Officer | undefined> {
  const { rows } = await tx.query<Officer>(`select ${COLUMNS} from officers where id = $1`, [id]);
  return rows[0];
}

export async function listOfficers(tx: Tx): Promise<Officer[]> {
  const { rows } = await tx.query<Officer>(`select ${COLUMNS} from officers order by email`);
  return rows;
}

/** What officers may do and where, as long as they are not suspended there; of one officer where one is given. */
export async function readGrants(
  tx: Tx,
  { officerId }: { officerId?: string } = {},
): Promise<(OrganizationGrant & { officerId: string })[]> {
  const { rows } = await tx.query<OrganizationGrant & { officerId: string }>(
    `select r.organization_id as "organizationId", o.name as "organizationName", r.id, r.officer_id as "officerId", r.role, r.department, r.area, r.post
       from officer_roles r join organizations o on o.id = r.organization_id
      where ($1::uuid is null or r.officer_id = $1) and r.suspended_at is null order by r.organization_id, r.granted_at, r.id`,
    [officerId ?? null],
  );
  return rows;
}

/** Gives a role; giving it again changes nothing but that it holds again. */
export async function grantRole(
  tx: Tx,
  {
    organizationId,
    officerId,
    role,
    department,
    area,
    post,
    now,
  }: Grant & { organizationId: number; officerId: string; now: Date },
): Promise<void> {
  await tx.query(
    `insert into officer_roles (organization_id, id, officer_id, role, department, area, post, granted_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organization_id, officer_id, role, department, area, post) do update set suspended_at = null`,
    [organizationId, freshId(now.getTime()), officerId, role, department, area, post, now],
  );
}

/** Takes a role back, wherever it holds; from the next call on. Returns how many grants there were. */
export async function revokeRole(
  tx: Tx,
  { organizationId, officerId, role }: { organizationId: number; officerId: string; role: string },
): Promise<number> {
  const { rowCount } = await tx.query('delete from officer_roles where organization_id = $1 and officer_id = $2 and role = $3', [
    ...[organizationId, officerId, role],
  ]);
  return rowCount ?? 0;
}

/** Closes an account, or opens it again; a closed one is signed out everywhere at once. */
export async function setDisabled(tx: Tx, officerId: string, at: Date | null): Promise<void> {
  await tx.query('update officers set disabled_at = $2 where id = $1', [officerId, at]);
  if (at !== null) await tx.query('delete from officer_sessions where officer_id = $1', [officerId]);
}

/** A new password; every other way in and the second factors are taken away, and every session ends. */
export async function resetPassword(tx: Tx, officerId: string, password: string): Promise<void> {
  await closeWays(tx, officerId);
  await setPassword(tx, officerId, password);
}

/** Nobody comes in with what they had or knew. */
export async function closeWays(tx: Tx, officerId: string): Promise<void> {
  for (const table of ['officer_accounts', 'officer_passkeys', 'officer_two_factors', 'officer_sessions'])
    await tx.query(`delete from ${table} where officer_id = $1`, [officerId]);
  await tx.query('update officers set two_factor_enabled = false where id = $1', [officerId]);
}

async function setPassword(tx: Tx, officerId: string, password: string): Promise<void> {
  await tx.query(
    `insert into officer_accounts (officer_id, account_id, provider_id, password, updated_at) values ($1::uuid, $1::uuid::text, 'credential', $2, now())`,
    [officerId, await hash(password)],
  );
}
