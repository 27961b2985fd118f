/**
 * Who wrote. An update names a person by any of phone, scoped user id and parent id; we look for the record that they
 * belong to, and make one where there is none.
 *
 * Two rules keep records apart. A phone number may pass to somebody else, a scoped id never does: where the two disagree,
 * the scoped id decides and the phone leaves the record that held it. Two records become one only when the provider itself
 * says that their identities are one person's, and the phone-only record is young enough that the number cannot have
 * been given to a new owner in between (`mergeWithinDays`).
 */
import { IDENTITY_TRUST } from '@hazir/core';
import type { Database, Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import {
  closeIdentity,
  identitiesOf,
  indexOpen,
  lockIdentities,
  mergeContacts,
  type OpenIdentity,
  type OpenIndex,
  openIdentity,
  type Person,
} from './identities.ts';
import { createNewcomers } from './newcomers.ts';

/** Indian operators give a number away again 90 days after it was given up. */
const MERGE_WITHIN_MS = 60 * 86_400_000;

const NOTE_SEEN_MS = 86_400_000;

/**
 * The contact of each person, in the same order. One query when all are known; newcomers
 * are made together, and whoever needs a decision has a short transaction of their own.
 * `moved` is true when an identity left a record: what a caller remembers of contacts is then out of date.
 */
export async function resolveContacts(
  database: Database,
  people: readonly Person[],
): Promise<{ contactIds: string[]; moved: boolean }> {
  let known = await indexOpen(database, people);
  const unknown = people.filter((person) => identitiesOf(person, known).length === 0);
  if (unknown.length > 1) {
    await createNewcomers(database, unknown);
    known = await indexOpen(database, people);
  }
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
async function noteSeen(database: Database, people: readonly Person[], known: OpenIndex): Promise<void> {
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
  await lockIdentities(tx, [person]);
  const found = identitiesOf(person, await indexOpen(tx, [person]));
  const contactId = await chooseContact(tx, person, found);
  for (const identity of person.identities) {
    const held = found.find((one) => one.kind === identity.kind && one.value === identity.value);
    if (held?.contactId === contactId) continue;
    if (held !== undefined) await closeIdentity(tx, person, held);
    await openIdentity(tx, person, { ...identity, contactId });
  }
  return contactId;
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
