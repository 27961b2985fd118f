/** One entry of `value.messages`: a citizen's message, or a system message about the citizen's identity. */
import { type ChannelUpdate, type Json, type JsonObject, type MessageReceived, property, textProperty } from '@hazir/core';
import { messageType, readContent } from './parse-content.ts';
import { readIdentityChange } from './parse-identity.ts';
import { type ContactFinder, completePerson, identitiesOf, phoneDigits, readPerson, senderFields } from './person.ts';
import { idProperty, rawPart, reasonOf, timeProperty } from './wire.ts';

/** What is common to all items of one `value`. */
export interface Scope {
  /** Phone-number id; absent in a webhook that is not of Meta's shape. */
  accountId?: string;
  /** WhatsApp business account id: names the account of a value that names no phone number. */
  businessId?: string;
  /** The business's own number, digits. */
  ownPhone?: string;
  /** Milliseconds, from the entry; used where an item has no time of its own. */
  time?: number;
  findContact: ContactFinder;
}

/** Reads one message; what cannot be attributed, ordered or understood is kept as unknown_received. */
export function parseMessage(message: Json, scope: Scope): ChannelUpdate {
  const sender = readPerson(message, senderFields);
  const contact = scope.findContact(sender);
  const raw = rawPart('message', message, contact);
  const type = messageType(message);
  const refusal = refuse(message, type);
  if (refusal !== undefined) return unknown(refusal, scope, raw);
  const frame = readFrame(message, scope, raw);
  if (typeof frame === 'string') return unknown(frame, scope, raw);
  if (sender.phone !== undefined && sender.phone === scope.ownPhone) {
    const { accountId, timestamp } = frame;
    return { type: 'notice_received', accountId, field: 'message_echoes', timestamp, raw };
  }
  if (type === 'system') {
    const change = readIdentityChange(message, sender);
    const word = textProperty(property(message, 'system'), 'type');
    return change === undefined
      ? unknown(reasonOf('system', word), scope, raw)
      : { type: 'identity_changed', ...frame, ...change };
  }
  const identities = identitiesOf(completePerson(sender, contact));
  if (identities.length === 0) return unknown('message:no_identity', scope, raw);
  const content = readContent(type ?? '', message);
  if (content === undefined) return unknown(reasonOf('message_type', type), scope, raw);
  return { type: 'message_received', ...frame, identities, content, ...readContext(message), ...readProfile(contact) };
}

type Frame = Pick<MessageReceived, 'accountId' | 'externalId' | 'timestamp' | 'raw'>;

/** The fields every update of a message has, or the reason why one is missing. */
function readFrame(message: Json, scope: Scope, raw: JsonObject): Frame | string {
  const { accountId } = scope;
  const externalId = idProperty(message, 'id');
  const timestamp = timeProperty(message, 'timestamp') ?? scope.time;
  if (accountId === undefined) return 'message:no_account';
  if (externalId === undefined) return 'message:no_id';
  return timestamp === undefined ? 'message:no_timestamp' : { accountId, externalId, timestamp, raw };
}

/** Groups are not served, and Meta no longer sends welcome requests. */
function refuse(message: Json, type: string | undefined): string | undefined {
  if (property(message, 'group_id') !== undefined) return 'message:group';
  return type === 'request_welcome' ? 'message_type:request_welcome' : undefined;
}

function readContext(message: Json): Partial<Pick<MessageReceived, 'replyTo' | 'forwarded' | 'referral'>> {
  const context = property(message, 'context');
  const replyTo = idProperty(context, 'id');
  const forwarded = property(context, 'forwarded') === true || property(context, 'frequently_forwarded') === true;
  const referral = readReferral(property(message, 'referral'));
  return {
    ...(replyTo !== undefined && { replyTo }),
    ...(forwarded && { forwarded }),
    ...(referral !== undefined && { referral }),
  };
}

function readReferral(referral: Json | undefined): MessageReceived['referral'] {
  if (referral === undefined || referral === null) return undefined;
  const sourceId = idProperty(referral, 'source_id');
  const url = textProperty(referral, 'source_url');
  return {
    sourceType: textProperty(referral, 'source_type') ?? 'unknown',
    ...(sourceId !== undefined && { sourceId }),
    ...(url !== undefined && { url }),
  };
}

function readProfile(contact: Json | undefined): { profileName?: string } {
  const profileName = textProperty(property(contact, 'profile'), 'name');
  return profileName === undefined ? {} : { profileName };
}

/** Wraps what stays unread. */
export function unknown(reason: string, scope: Pick<Scope, 'accountId'>, raw: Json): ChannelUpdate {
  const { accountId } = scope;
  return { type: 'unknown_received', ...(accountId !== undefined && { accountId }), reason, raw };
}

/** The business's own number of a `value`, as digits. */
export function ownPhone(value: Json): string | undefined {
  return phoneDigits(idProperty(property(value, 'metadata'), 'display_phone_number'));
}
