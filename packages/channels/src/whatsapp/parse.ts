/**
 * Reads a webhook body. Meta sends up to 1,000 updates in one POST, in any mixture: every list is walked, every update
 * keeps its own part of the body, and what is not understood is kept rather than refused, because Meta would repeat a
 * refused delivery for days.
 */
import { type ChannelUpdate, isJsonObject, type Json, listProperty, property, textProperty } from '@hazir/core';
import { ownPhone, parseMessage, type Scope, unknown } from './parse-message.ts';
import { parseAside, parseNotice } from './parse-notice.ts';
import { parseStatus } from './parse-status.ts';
import { contactFinder } from './person.ts';
import { idProperty, timeProperty } from './wire.ts';

/** Never throws, whatever the JSON. */
export function parse(body: Json): ChannelUpdate[] {
  if (property(body, 'object') !== 'whatsapp_business_account') return [unknown('body:object', {}, body)];
  const entries = listProperty(body, 'entry');
  if (entries.length === 0) return [unknown('body:empty', {}, body)];
  return entries.flatMap(parseEntry);
}

function parseEntry(entry: Json): ChannelUpdate[] {
  const changes = listProperty(entry, 'changes');
  if (changes.length === 0) return [unknown('entry:empty', {}, entry)];
  return changes.flatMap((change) => parseChange(change, entry));
}

function parseChange(change: Json, entry: Json): ChannelUpdate[] {
  const value = property(change, 'value');
  if (!isJsonObject(value)) return [unknown('change:shape', {}, change)];
  const field = textProperty(change, 'field');
  const scope = readScope(value, entry);
  return field === 'messages' ? parseMessages(value, scope) : parseNotice(field, value, scope);
}

function parseMessages(value: Json, scope: Scope): ChannelUpdate[] {
  const found = [
    ...listProperty(value, 'messages').map((message) => parseMessage(message, scope)),
    ...listProperty(value, 'statuses').map((status) => parseStatus(status, scope)),
    ...parseAside(value, scope),
  ];
  return found.length === 0 ? [unknown('value:empty', scope, value)] : found;
}

function readScope(value: Json, entry: Json): Scope {
  const accountId = idProperty(property(value, 'metadata'), 'phone_number_id');
  const businessId = idProperty(entry, 'id');
  const phone = ownPhone(value);
  const time = timeProperty(entry, 'time');
  const items = listProperty(value, 'messages').length + listProperty(value, 'statuses').length;
  return {
    ...(accountId !== undefined && { accountId }),
    ...(businessId !== undefined && { businessId }),
    ...(phone !== undefined && { ownPhone: phone }),
    ...(time !== undefined && { time }),
    findContact: contactFinder(value, items),
  };
}
