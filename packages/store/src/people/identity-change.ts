/** The provider's notice that a person's identifiers changed: the record stays, what the old number proved does not. */
import type { IdentityChanged } from '@hazir/core';
import type { Database, Tx } from '../database.ts';
import { closeIdentity, findOpen, lockIdentities, mergeContacts, openIdentity, type Person } from './identities.ts';

/** Applies a change once; a repeated notice finds nothing left to do. Returns the record that it concerned. */
export async function applyIdentityChange(
  database: Database,
  where: Omit<Person, 'identities' | 'seenAt'>,
  change: Omit<IdentityChanged, 'raw'>,
): Promise<string | undefined> {
  const person: Person = { ...where, identities: [...change.before, ...change.after], seenAt: new Date(change.timestamp) };
  return database.transaction(async (tx) => {
    await lockIdentities(tx, [person]);
    // A notice that comes again late must not touch whoever got the number after it.
    const open = (await findOpen(tx, [person])).filter(
      (one) => one.validFrom <= person.seenAt || change.after.some((next) => next.value === one.value),
    );
    const holder = (side: IdentityChanged['before']) =>
      open.find((one) => side.some((identity) => identity.kind === one.kind && identity.value === one.value))?.contactId;
    const contactId = holder(change.before);
    if (contactId === undefined) return holder(change.after);
    await moveIdentities(tx, { person, change, contactId, newcomer: holder(change.after) });
    await forgetProofs(tx, person.organizationId, { contactId, reason: change.reason });
    return contactId;
  });
}

async function moveIdentities(
  tx: Tx,
  move: { person: Person; change: Omit<IdentityChanged, 'raw'>; contactId: string; newcomer: string | undefined },
): Promise<void> {
  const { person, change, contactId, newcomer } = move;
  // A message under the new scoped id may have come before the notice: the provider says that it is the same account.
  if (newcomer !== undefined && newcomer !== contactId && change.reason === 'user_id') {
    await mergeContacts(tx, {
      organizationId: person.organizationId,
      from: newcomer,
      into: contactId,
      reason: 'user_id_changed',
    });
    for (const identity of change.after) await reassign(tx, person, { ...identity, contactId });
  }
  // A notice of a new number says nothing yet of the new user id: what has no successor here stays.
  for (const identity of change.before) {
    const replaced = change.after.some((one) => one.kind === identity.kind && one.value !== identity.value);
    if (replaced) await closeIdentity(tx, person, identity);
  }
  for (const identity of change.after) {
    await closeIdentity(tx, person, identity);
    await openIdentity(tx, person, { ...identity, contactId });
  }
}

async function reassign(tx: Tx, person: Person, identity: { kind: string; value: string; contactId: string }): Promise<void> {
  await tx.query(
    `update contact_identities set contact_id = $5
      where organization_id = $1 and scope = $2 and kind = $3 and value = $4 and valid_to is null`,
    [person.organizationId, person.scope, identity.kind, identity.value, identity.contactId],
  );
}

async function forgetProofs(tx: Tx, organizationId: number, what: { contactId: string; reason: string }): Promise<void> {
  await tx.query('update contacts set phone_verified_at = null where organization_id = $1 and id = $2', [
    organizationId,
    what.contactId,
  ]);
  await tx.query(
    `insert into contact_changes (organization_id, contact_id, change, detail) values ($1, $2, 'identity_changed', jsonb_build_object('reason', $3::text))`,
    [organizationId, what.contactId, what.reason],
  );
}
