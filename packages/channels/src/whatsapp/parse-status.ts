/** One entry of `value.statuses`: a fact about a message of ours. */
import {
  type ChannelUpdate,
  type Json,
  listProperty,
  type MessageStatus,
  property,
  type StatusReported,
  textProperty,
} from '@hazir/core';
import { type Scope, unknown } from './parse-message.ts';
import { readPerson, recipientFields } from './person.ts';
import { firstText, idProperty, rawPart, reasonOf, timeProperty } from './wire.ts';

const statuses: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
]);

/** Reads one status. Payments and calls report here too and have a `failed` of their own: they are not facts of a message. */
export function parseStatus(item: Json, scope: Scope): ChannelUpdate {
  const raw = rawPart('status', item, scope.findContact(readPerson(item, recipientFields)));
  const kind = textProperty(item, 'type');
  if (kind !== undefined && kind !== 'message') return unknown(reasonOf('status_type', kind), scope, raw);
  if (property(item, 'recipient_type') === 'group') return unknown('status:group', scope, raw);
  const word = textProperty(item, 'status');
  const status = statuses.get(word ?? '');
  if (status === undefined) return unknown(reasonOf('status', word), scope, raw);
  const { accountId } = scope;
  const externalId = idProperty(item, 'id');
  const timestamp = timeProperty(item, 'timestamp') ?? scope.time;
  if (accountId === undefined || externalId === undefined || timestamp === undefined) {
    return unknown('status:incomplete', scope, raw);
  }
  return { type: 'status_reported', accountId, externalId, status, timestamp, ...readFacts(item), raw };
}

function readFacts(item: Json): Partial<Pick<StatusReported, 'tracker' | 'error' | 'pricing'>> {
  const tracker = idProperty(item, 'biz_opaque_callback_data');
  const error = readError(listProperty(item, 'errors')[0]);
  const pricing = readPricing(property(item, 'pricing'));
  return {
    ...(tracker !== undefined && { tracker }),
    ...(error !== undefined && { error }),
    ...(pricing !== undefined && { pricing }),
  };
}

function readError(error: Json | undefined): StatusReported['error'] {
  if (error === undefined) return undefined;
  const detail = textProperty(property(error, 'error_data'), 'details') ?? textProperty(error, 'details');
  return {
    code: idProperty(error, 'code') ?? 'unknown',
    title: firstText(error, ['title', 'message']) ?? 'No reason was given',
    ...(detail !== undefined && { detail }),
  };
}

function readPricing(pricing: Json | undefined): StatusReported['pricing'] {
  if (pricing === undefined || pricing === null) return undefined;
  return {
    billable: property(pricing, 'billable') === true,
    model: textProperty(pricing, 'pricing_model') ?? 'unknown',
    category: textProperty(pricing, 'category') ?? 'unknown',
    kind: textProperty(pricing, 'type') ?? 'unknown',
  };
}
