/**
 * Who wrote. An update names a person by any of phone, scoped user id and parent id; we look for the record that they
 * belong to, and make one where there is none.
 *
 * Two rules keep records apart. A phone number may pass to somebody else, a scoped id never does: where the two disagree,
 * the scoped id decides and the phone leaves the record that held it. Two records become one only when the provider itself
 * says that their identities are one person's, and the phone-only record is young enough that the number cannot have
 * been given to a new owner in between (`mergeWithinDays`).
 */
import { IDENTITY_TRUST, type Identity } from '@hazir/core';
import type { Database, Tx } from '../database.ts';
import { freshId } from '../ids.ts';

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

/** Indian operators give a number away again 90 days after it was given up. */
const MERGE_WITHIN_MS = 60 * 86_400_000;

const NOTE_SEEN_MS = 86_400_000;

export interface OpenIdentity extends Identity {
  contactId: string;
  validFrom: Date;
  lastSeenAt: Date;
}

/**
 * The contact of each person, in the same order. One query when all are known; a short transaction for each newcomer.
 * `moved` is true when an identity left a record: what a caller remembers of contacts is then out of date.
 */
export async function resolveContacts(
  database: Database,
  people: readonly Person[],
): Promise<{ contactIds: string[]; moved: boolean }> {
  const known = await findOpen(database, people);
  const contactIds: string[] = [];
  let moved = false;
  for (const person of people) {
    const found = identitiesOf(person, known);
    const contactId = settled(person, found) ?? (await database.transaction((tx) => resolveLocked(tx, person)));
    moved ||= found.some((one) => one.contactId !== contactId);
    contactIds.push(contactId);
  }
  await noteSeen(database, people, known);
  return { contactIds, moved };
}

/** An identity that is in use is noted once a day at most: what was not seen for long may have a new owner. */
async function noteSeen(
  database: Database,
  people: readonly Person[],
  known: readonly (OpenIdentity & { organizationId: number; scope: string })[],
): Promise<void> {
  const seen = people.flatMap((person) =>
    identitiesOf(person, known)
      .filter((one) => person.seenAt.getTime() - one.lastSeenAt.getTime() > NOTE_SEEN_MS)
      .map(({ kind, value }) => ({ person, kind, value })),
  );
  if (seen.length === 0) return;
  await database.query(
    `update contact_identities i set last_seen_at = v.seen
       from (select organization_id, channel_type, scope, kind, value, max(seen) as seen
               from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
                 as u (organization_id, channel_type, scope, kind, value, seen) group by 1, 2, 3, 4, 5) as v
      where (i.organization_id, i.channel_type, i.scope, i.kind, i.value) = (v.organization_id, v.channel_type, v.scope, v.kind, v.value)
        and i.valid_to is null and i.last_seen_at < v.seen`,
    [
      seen.map((one) => one.person.organizationId),
      seen.map((one) => one.person.channelType),
      seen.map((one) => one.person.scope),
      seen.map((one) => one.kind),
      seen.map((one) => one.value),
      seen.map((one) => one.person.seenAt),
    ],
  );
}

/** All identities point to one record: nothing to change. */
function settled(person: Person, found: readonly OpenIdentity[]): string | undefined {
  const first = found[0];
  const complete =
    first !== undefined && found.length === person.identities.length && found.every((one) => one.contactId === first.contactId);
  return complete ? first.contactId : undefined;
}

async function resolveLocked(tx: Tx, person: Person): Promise<string> {
  await lockIdentities(tx, person);
  const found = identitiesOf(person, await findOpen(tx, [person]));
  const contactId = await chooseContact(tx, person, found);
  for (const identity of person.identities) {
    const held = found.find((one) => one.kind === identity.kind && one.value === identity.value);
    if (held?.contactId === contactId) continue;
    if (held !== undefined) await closeIdentity(tx, person, held);
    await openIdentity(tx, person, { ...identity, contactId });
  }
  return contactId;
}

/** Concurrent first messages of one person must not make two records. */
export async function lockIdentities(tx: Tx, person: Person): Promise<void> {
  const keys = person.identities
    .map((identity) => `${person.organizationId}|${person.scope}|${identity.kind}|${identity.value}`)
    .sort();
  await tx.query('select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1::text[]) as k', [keys]);
}

async function chooseContact(tx: Tx, person: Person, found: readonly OpenIdentity[]): Promise<string> {
  const ranked = IDENTITY_TRUST.flatMap((kind) => found.filter((one) => one.kind === kind));
  const best = ranked[0];
  if (best === undefined) return createContact(tx, person);
  if (best.kind === 'phone' && (await belongsToAnother(tx, person, best))) return createContact(tx, person);
  for (const other of ranked.slice(1)) {
    if (other.contactId !== best.contactId && (await mayMerge(tx, person, other))) {
      await mergeContacts(tx, {
        organizationId: person.organizationId,
        from: other.contactId,
        into: best.contactId,
        reason: 'same_person',
      });
    }
  }
  return best.contactId;
}

/**
 * True when the message carries a scoped id and the phone's record lives under a different one, or under none and was not
 * seen for so long that the number may have changed hands.
 */
async function belongsToAnother(tx: Tx, person: Person, phone: OpenIdentity): Promise<boolean> {
  const scoped = person.identities.find((identity) => identity.kind === 'bsuid');
  if (scoped === undefined) return false;
  const scopedIds = await scopedIdsOf(tx, person, phone.contactId);
  if (scopedIds.length === 0) return person.seenAt.getTime() - phone.lastSeenAt.getTime() > MERGE_WITHIN_MS;
  return scopedIds.some((value) => value !== scoped.value);
}

async function mayMerge(tx: Tx, person: Person, other: OpenIdentity): Promise<boolean> {
  if (other.kind !== 'phone' || person.seenAt.getTime() - other.lastSeenAt.getTime() > MERGE_WITHIN_MS) return false;
  return (await scopedIdsOf(tx, person, other.contactId)).length === 0;
}

/** Scoped ids that the record has or ever had: a record that had one belongs to that account for good. */
async function scopedIdsOf(tx: Tx, person: Person, contactId: string): Promise<string[]> {
  const { rows } = await tx.query<{ value: string }>(
    `select value from contact_identities where organization_id = $1 and contact_id = $2 and channel_type = $3 and scope = $4 and kind = 'bsuid'`,
    [person.organizationId, contactId, person.channelType, person.scope],
  );
  return rows.map((row) => row.value);
}

async function createContact(tx: Tx, person: Person): Promise<string> {
  const id = freshId(person.seenAt.getTime());
  await tx.query('insert into contacts (organization_id, id, name) values ($1, $2, $3)', [
    person.organizationId,
    id,
    person.profileName ?? null,
  ]);
  return id;
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
      wanted.map((one) => one.person.organizationId),
      wanted.map((one) => one.person.channelType),
      wanted.map((one) => one.person.scope),
      wanted.map((one) => one.kind),
      wanted.map((one) => one.value),
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

function identitiesOf(
  person: Person,
  found: readonly (OpenIdentity & { organizationId: number; scope: string })[],
): OpenIdentity[] {
  return found.filter(
    (one) =>
      one.organizationId === person.organizationId &&
      one.scope === person.scope &&
      person.identities.some((identity) => identity.kind === one.kind && identity.value === one.value),
  );
}
