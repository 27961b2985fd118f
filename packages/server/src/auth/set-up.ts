/**
 * The first run: a server without officers has one link, by which the organization and its first administrator are made. The link follows from the
 * server's own secret, so that every process, and every start, knows the same one; once there is an officer it opens nothing.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { HazirError } from '@hazir/core';
import { ensureOrganization, listOrganizations, type Organization, type Tx } from '@hazir/store';
import { addOfficer, grantRole } from './officers.ts';

export interface SetUp {
  organization: { slug: string; name: string };
  officer: { email: string; name: string; language: string; password: string };
}

export function setUpSecret(authSecret: string): string {
  return createHmac('sha256', authSecret).update('first run').digest('base64url');
}

export function isSetUpSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

export async function hasOfficers(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ found: boolean }>('select exists (select from officers) as found');
  return rows[0]?.found === true;
}

/** What the server prints; undefined where nobody is to be made. */
export async function setUpLink(tx: Tx, publicUrl: string, secret: string | undefined): Promise<string | undefined> {
  return secret === undefined || (await hasOfficers(tx)) ? undefined : `${publicUrl}/console/set-up#${secret}`;
}

/** Makes the first administrator, in one transaction. Throws `set-up:done` when somebody was faster. */
export async function setUp(tx: Tx, { organization, officer }: SetUp, now: Date): Promise<Organization> {
  // Of two who have the link, one is the first.
  await tx.query('lock table officers in share row exclusive mode');
  if (await hasOfficers(tx)) throw new HazirError('set-up:done', 'This server has its officers already.');
  const known = await listOrganizations(tx);
  const chosen = known.find(({ slug }) => slug === organization.slug);
  if (known.length > 0 && chosen === undefined) throw new HazirError('set-up:organization', 'Choose one of the organizations.');
  const { id: organizationId, slug, name } = chosen ?? (await ensureOrganization(tx, organization.slug, organization.name));
  const { id: officerId } = await addOfficer(tx, officer);
  const everywhere = { department: null, area: null, post: null };
  await grantRole(tx, { ...everywhere, organizationId, officerId, role: 'administrator', now });
  return { id: organizationId, slug, name };
}
