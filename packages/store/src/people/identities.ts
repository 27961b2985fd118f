/** The identities under which people are known, and what may be done with them. */
import type { Identity } from '@hazir/core';
import { values } from '../columns.ts';
import type { Tx } from '../database.ts';

export interface Person {
  organizationId: number;
  channelType: string;
  /** The portfolio within which identity values are unique. */
  scope: string;
  identities: readonly Identity[];
  profileName?: string;
  /** By the provider's clock. */
  seenAt: Date;
}

export interface OpenIdentity extends Identity {
  contactId: string;
  validFrom: Date;
  lastSeenAt: Date;
}

/** Concurrent first messages of one person must not make two records. */
export async function lockIdentities(tx: Tx, people: readonly Person[]): Promise<void> {
  const keys = people.flatMap((person) => person.identities.map((identity) => identityKey({ ...person, ...identity }))).sort();
  await tx.query('select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1::text[]) as k', [keys]);
}

/** Joins two records; the caller has made sure that they are one person's. */
export async function mergeContacts(
  tx: Tx,
  merge: { organizationId: number; from: string; into: string; reason: string },
): Promise<void> {
  await tx.query('select merge_contacts($1, $2, $3, $4)', [merge.organizationId, merge.from, merge.into, merge.reason]);
}

export async function closeIdentity(tx: Tx, person: Omit<Person, 'identities'>, identity: Identity): Promise<void> {
  await tx.query(
    `update contact_identities set valid_to = $6
      where organization_id = $1 and channel_type = $2 and scope = $3 and kind = $4 and value = $5 and valid_to is null`,
    [person.organizationId, person.channelType, person.scope, identity.kind, identity.value, person.seenAt],
  );
}

export async function openIdentity(
  tx: Tx,
  person: Omit<Person, 'identities'>,
  identity: Identity & { contactId: string },
): Promise<void> {
  await tx.query(
    `insert into contact_identities (organization_id, channel_type, scope, kind, value, contact_id, source, valid_from, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, 'channel', $7, $7) on conflict do nothing`,
    [person.organizationId, person.channelType, person.scope, identity.kind, identity.value, identity.contactId, person.seenAt],
  );
}

/** The open identities that any of these people name. */
export async function findOpen(
  tx: Tx,
  people: readonly Person[],
): Promise<(OpenIdentity & { organizationId: number; scope: string })[]> {
  const wanted = people.flatMap((person) => person.identities.map((identity) => ({ ...identity, person })));
  const { rows } = await tx.query<{
    organization_id: number;
    scope: string;
    kind: Identity['kind'];
    value: string;
    contact_id: string;
    valid_from: Date;
    last_seen_at: Date;
  }>({
    name: 'find_identities',
    text: `select i.organization_id, i.scope, i.kind, i.value, i.contact_id, i.valid_from, i.last_seen_at
             from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) as w (organization_id, channel_type, scope, kind, value)
             join contact_identities i using (organization_id, channel_type, scope, kind, value)
            where i.valid_to is null`,
    values: [
      values(wanted.map((one) => one.person.organizationId)),
      values(wanted.map((one) => one.person.channelType)),
      values(wanted.map((one) => one.person.scope)),
      values(wanted.map((one) => one.kind)),
      values(wanted.map((one) => one.value)),
    ],
  });
  return rows.map((row) => ({
    organizationId: row.organization_id,
    scope: row.scope,
    kind: row.kind,
    value: row.value,
    contactId: row.contact_id,
    validFrom: row.valid_from,
    lastSeenAt: row.last_seen_at,
  }));
}

/** One identity's place in an index. */
export function identityKey(of: { organizationId: number; scope: string; kind: string; value: string }): string {
  return `${of.organizationId}|${of.scope}|${of.kind}|${of.value}`;
}

/** Open identities by their key. */
export type OpenIndex = ReadonlyMap<string, OpenIdentity>;

export async function indexOpen(tx: Tx, people: readonly Person[]): Promise<OpenIndex> {
  return new Map((await findOpen(tx, people)).map((one) => [identityKey(one), one]));
}

export function identitiesOf({ organizationId, scope, identities }: Person, open: OpenIndex): OpenIdentity[] {
  return identities.flatMap(({ kind, value }) => open.get(identityKey({ organizationId, scope, kind, value })) ?? []);
}
