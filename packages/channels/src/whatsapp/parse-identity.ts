/** System messages: a citizen changed the number, got another scoped id, or uses a new device. */
import { type Identity, type IdentityChanged, type Json, property, textProperty } from '@hazir/core';
import { identitiesOf, type Person, phoneDigits, readPerson } from './person.ts';
import { idProperty } from './wire.ts';

type Change = Pick<IdentityChanged, 'before' | 'after' | 'reason'>;

/** Reads the change; undefined when the type is unknown or the message does not say who changed into whom. */
export function readIdentityChange(message: Json, sender: Person): Change | undefined {
  const system = property(message, 'system');
  const type = textProperty(system, 'type');
  if (type === 'customer_identity_changed') return securityChange(system, sender);
  if (type === 'user_changed_number' || type === 'customer_changed_number') return numberChange(system, sender);
  return type === 'user_changed_user_id' ? userIdChange(system, sender) : undefined;
}

function securityChange(system: Json | undefined, sender: Person): Change | undefined {
  const person = { ...readPerson(system, { phone: 'wa_id', bsuid: 'user_id', parent: 'parent_user_id' }), ...sender };
  const identities = identitiesOf(person);
  return identities.length === 0 ? undefined : { before: identities, after: identities, reason: 'security' };
}

/** `from` is the old number and `wa_id` the new one; Meta makes a new scoped id with the new number. */
function numberChange(system: Json | undefined, sender: Person): Change | undefined {
  const after = nextPerson(system);
  after.phone ??= phoneDigits(idProperty(system, 'new_wa_id'));
  const before = previousPerson(system, sender, after);
  const old = sender.phone === after.phone ? phoneDigits(idProperty(system, 'customer')) : sender.phone;
  if (old !== undefined && old !== after.phone) before.phone = old;
  return change(before, after, 'number');
}

/** The phone is left out where scoped ids say enough: the message does not tell whether it is the old or the new one. */
function userIdChange(system: Json | undefined, sender: Person): Change | undefined {
  const after: Sides = { ...nextPerson(system), phone: undefined };
  const before = previousPerson(system, sender, after);
  if (before.bsuid === undefined && before.parent === undefined) before.phone = sender.phone;
  return change(before, after, 'user_id');
}

/** A person under construction, each identifier possibly undefined. */
type Sides = { [key in keyof Person]-?: Person[key] | undefined };

function nextPerson(system: Json | undefined): Sides {
  const { phone, bsuid, parent } = readPerson(system, { phone: 'wa_id', bsuid: 'user_id', parent: 'parent_user_id' });
  return { phone, bsuid, parent };
}

function previousPerson(system: Json | undefined, sender: Person, after: Sides): Sides {
  const bsuid = idProperty(system, 'previous_user_id') ?? (sender.bsuid === after.bsuid ? undefined : sender.bsuid);
  const parent = idProperty(system, 'previous_parent_user_id') ?? (sender.parent === after.parent ? undefined : sender.parent);
  return { phone: undefined, bsuid, parent };
}

function change(before: Sides, after: Sides, reason: 'number' | 'user_id'): Change | undefined {
  const sides = { before: listed(before), after: listed(after) };
  return sides.before.length === 0 || sides.after.length === 0 ? undefined : { ...sides, reason };
}

function listed({ phone, bsuid, parent }: Sides): Identity[] {
  return identitiesOf({
    ...(bsuid !== undefined && { bsuid }),
    ...(parent !== undefined && { parent }),
    ...(phone !== undefined && { phone }),
  });
}
