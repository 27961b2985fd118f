import { type Database, listOrganizations } from '@hazir/store';

/** Short names of organizations by number, kept in memory. */
export interface OrganizationNames {
  slugOf: (organizationId: number) => string | undefined;
  /** Takes over new organizations. */
  refresh: () => Promise<void>;
}

export async function openOrganizationNames(database: Database): Promise<OrganizationNames> {
  let slugs = new Map<number, string>();
  const refresh = async () => {
    slugs = new Map((await listOrganizations(database)).map(({ id, slug }) => [id, slug]));
  };
  await refresh();
  return { slugOf: (organizationId) => slugs.get(organizationId), refresh };
}
