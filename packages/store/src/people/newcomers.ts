/**
 * Many first messages at once, as on a results day: whoever is unknown under all identities, and shares none with another in the
 * batch, gets a record in one transaction for all of them. Everybody else is looked at one by one.
 */

import { column } from '../columns.ts';
import type { Database, Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { identityKey, indexOpen, lockIdentities, type Person } from './identities.ts';

/** Locks of one transaction: the server's lock table has room for some thousands. */
const AT_ONCE = 250;

/** Makes the records that plainly have to be made. */
export async function createNewcomers(database: Database, people: readonly Person[]): Promise<void> {
  const plain = withoutSharing(people);
  if (plain.length < 2) return;
  for (let from = 0; from < plain.length; from += AT_ONCE) {
    const some = plain.slice(from, from + AT_ONCE);
    await database.transaction(async (tx) => {
      await lockIdentities(tx, some);
      const taken = await indexOpen(tx, some);
      await insertAll(
        tx,
        some.filter((person) => !identityKeys(person).some((key) => taken.has(key))),
      );
    });
  }
}

/** One of each; those who share an identity with a different set of identities are left out. */
function withoutSharing(people: readonly Person[]): Person[] {
  const distinct = new Map(people.map((person) => [identityKeys(person).sort().join(' '), person]));
  const uses = new Map<string, number>();
  for (const person of distinct.values()) for (const key of identityKeys(person)) uses.set(key, (uses.get(key) ?? 0) + 1);
  return [...distinct.values()].filter((person) => identityKeys(person).every((key) => uses.get(key) === 1));
}

function identityKeys(person: Person): string[] {
  return person.identities.map((identity) => identityKey({ ...person, ...identity }));
}

async function insertAll(tx: Tx, people: readonly Person[]): Promise<void> {
  const records = people.map((person) => ({ ...person, contactId: freshId(person.seenAt.getTime()) }));
  await tx.query('insert into contacts (organization_id, id, name) select * from unnest($1::int[], $2::uuid[], $3::text[])', [
    column(records, 'organizationId'),
    column(records, 'contactId'),
    records.map((record) => record.profileName ?? null),
  ]);
  const rows = records.flatMap((record) => record.identities.map((identity) => ({ ...record, ...identity })));
  await tx.query(
    `insert into contact_identities (organization_id, channel_type, scope, kind, value, contact_id, source, valid_from, last_seen_at)
     select organization_id, channel_type, scope, kind, value, contact_id, 'channel', seen, seen
       from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])
         as v (organization_id, channel_type, scope, kind, value, contact_id, seen)`,
    [
      ...[column(rows, 'organizationId'), column(rows, 'channelType'), column(rows, 'scope'), column(rows, 'kind')],
      ...[column(rows, 'value'), column(rows, 'contactId'), column(rows, 'seenAt')],
    ],
  );
}
