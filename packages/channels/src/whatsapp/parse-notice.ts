/** Everything that Meta tells the operator rather than a conversation: reviews, quality, limits, opt-outs, echoes. */
import { type ChannelUpdate, type Json, listProperty, property } from '@hazir/core';
import { type Scope, unknown } from './parse-message.ts';
import { contactFields, contactFinder, readPerson } from './person.ts';
import { rawPart, reasonOf, timeProperty } from './wire.ts';

/** Webhook fields that are kept as one notice each; a field outside these lists is unknown to this version. */
const wholeFields: ReadonlySet<string> = new Set([
  'account_alerts',
  'account_review_update',
  'account_update',
  'automatic_events',
  'business_capability_update',
  'business_username_update',
  'calls',
  'flows',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'history',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'standby',
  'template_category_update',
]);

/** Fields whose value is a list: one notice per item, with the item's name in the raw part. */
const listFields: ReadonlyMap<string, { list: string; item: string }> = new Map([
  ['smb_message_echoes', { list: 'message_echoes', item: 'message' }],
  ['message_echoes', { list: 'message_echoes', item: 'message' }],
  ['user_preferences', { list: 'user_preferences', item: 'preference' }],
]);

/** Reads one change of a field other than `messages`. */
export function parseNotice(field: string | undefined, value: Json, scope: Scope): ChannelUpdate[] {
  const lists = listFields.get(field ?? '');
  if (field === undefined || (lists === undefined && !wholeFields.has(field))) {
    return [unknown(reasonOf('field', field), scope, value)];
  }
  const accountId = accountOf(scope);
  const notice = (item: Json, raw: Json): ChannelUpdate => {
    const timestamp = timeProperty(item, 'timestamp') ?? scope.time;
    return { type: 'notice_received', accountId, field, ...(timestamp !== undefined && { timestamp }), raw };
  };
  const items = lists === undefined ? [] : listProperty(value, lists.list);
  if (lists === undefined || items.length === 0) return [notice(value, value)];
  const findContact = contactFinder(value, items.length);
  return items.map((item) => notice(item, rawPart(lists.item, item, findContact(readPerson(item, contactFields)))));
}

/** What stands beside messages and statuses in a `messages` value: errors of the account, clicks on marketing links. */
export function parseAside(value: Json, scope: Scope): ChannelUpdate[] {
  const accountId = accountOf(scope);
  const when = scope.time === undefined ? {} : { timestamp: scope.time };
  const found: ChannelUpdate[] = listProperty(value, 'user_actions').map((action) => {
    const timestamp = timeProperty(action, 'timestamp') ?? scope.time;
    const raw = { action };
    return { type: 'notice_received', accountId, field: 'user_actions', ...(timestamp !== undefined && { timestamp }), raw };
  });
  const errors = property(value, 'errors');
  if (errors !== undefined) found.push({ type: 'notice_received', accountId, field: 'errors', ...when, raw: { errors } });
  return found;
}

function accountOf(scope: Scope): string {
  return scope.accountId ?? scope.businessId ?? '';
}
