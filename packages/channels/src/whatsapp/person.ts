/**
 * Who a webhook speaks of. Since usernames exist the phone may be missing, and an old sender may lack the
 * business-scoped user id; either is enough. Contact objects stand beside the messages of a batch and are matched by
 * id, never by position, so that one person's name or number is not given to another.
 */
import { type Identity, type Json, listProperty } from '@hazir/core';
import { idProperty } from './wire.ts';

export interface Person {
  phone?: string;
  bsuid?: string;
  parent?: string;
}

/** Which fields of an object name the person. */
export interface PersonFields {
  phone: string;
  bsuid: string;
  parent: string;
}

export const senderFields: PersonFields = { phone: 'from', bsuid: 'from_user_id', parent: 'from_parent_user_id' };
export const recipientFields: PersonFields = {
  phone: 'recipient_id',
  bsuid: 'recipient_user_id',
  parent: 'parent_recipient_user_id',
};
export const contactFields: PersonFields = { phone: 'wa_id', bsuid: 'user_id', parent: 'parent_user_id' };

const scopedId = /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/;

/** Reads the person that the fields name; a scoped id that stands where a phone is expected is taken as what it is. */
export function readPerson(source: Json | undefined, fields: PersonFields): Person {
  const address = idProperty(source, fields.phone);
  const phone = phoneDigits(address);
  const misplaced = address !== undefined && scopedId.test(address) ? address : undefined;
  const bsuid = idProperty(source, fields.bsuid) ?? misplaced;
  const parent = idProperty(source, fields.parent);
  return {
    ...(phone !== undefined && { phone }),
    ...(bsuid !== undefined && { bsuid }),
    ...(parent !== undefined && { parent }),
  };
}

/** The digits of a phone number without "+", spaces and brackets; undefined when it is none. */
export function phoneDigits(text: string | undefined): string | undefined {
  const digits = text?.replace(/[+\s()-]/g, '');
  return digits !== undefined && /^\d{5,20}$/.test(digits) ? digits : undefined;
}

/** In the order of trust: scoped id, parent id, phone. */
export function identitiesOf(person: Person): Identity[] {
  const found: Identity[] = [];
  if (person.bsuid !== undefined) found.push({ kind: 'bsuid', value: person.bsuid });
  if (person.parent !== undefined) found.push({ kind: 'parent_bsuid', value: person.parent });
  if (person.phone !== undefined) found.push({ kind: 'phone', value: person.phone });
  return found;
}

export type ContactFinder = (person: Person) => Json | undefined;

/** Prepares the search for a person's contact object in `value.contacts`; `items`: how many messages or statuses share them. */
export function contactFinder(value: Json, items: number): ContactFinder {
  const contacts = listProperty(value, 'contacts');
  if (contacts.length === 0) return () => undefined;
  const byPhone = new Map<string, Json>();
  const byUser = new Map<string, Json>();
  for (const contact of contacts) {
    const { phone, bsuid } = readPerson(contact, contactFields);
    if (phone !== undefined) byPhone.set(phone, contact);
    if (bsuid !== undefined) byUser.set(bsuid, contact);
  }
  const only = contacts.length === 1 && items === 1 ? contacts[0] : undefined;
  return (person) => {
    const known = byUser.get(person.bsuid ?? '') ?? byPhone.get(person.phone ?? '');
    if (known !== undefined) return differ(person.bsuid, readPerson(known, contactFields).bsuid) ? undefined : known;
    return only !== undefined && compatible(person, readPerson(only, contactFields)) ? only : undefined;
  };
}

/** What the message says, completed by the contact object. */
export function completePerson(person: Person, contact: Json | undefined): Person {
  return { ...readPerson(contact, contactFields), ...person };
}

function compatible(person: Person, contact: Person): boolean {
  return !differ(person.bsuid, contact.bsuid) && !differ(person.phone, contact.phone);
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
