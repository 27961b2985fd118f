/** Tenants, their numbers and the packs that they run. */
import type { Tx } from '../database.ts';

export interface Organization {
  id: number;
  slug: string;
  name: string;
}

export async function listOrganizations(tx: Tx): Promise<Organization[]> {
  const { rows } = await tx.query<Organization>('select id, slug, name from organizations order by id');
  return rows;
}

/** Creates the organization or returns the one with this slug. */
export async function ensureOrganization(tx: Tx, slug: string, name: string): Promise<Organization> {
  const { rows } = await tx.query<Organization>(
    `insert into organizations (slug, name) values ($1, $2) on conflict (slug) do update set slug = excluded.slug returning id, slug, name`,
    [slug, name],
  );
  if (rows[0] === undefined) throw new Error('insert returned no row');
  return rows[0];
}
