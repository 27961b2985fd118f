import { HazirError } from '@hazir/core';
import { type Database, listOrganizations } from '@hazir/store';

/** The id of an organization by its short name. Throws `usage:organization` when there is none. */
export async function organizationId(database: Database, slug: string): Promise<number> {
  const found = (await listOrganizations(database)).find((one) => one.slug === slug);
  if (found !== undefined) return found.id;
  throw new HazirError('usage:organization', `There is no organization ${slug}.`, {
    hint: 'Run: hazir pack publish FOLDER --organization SLUG',
  });
}
