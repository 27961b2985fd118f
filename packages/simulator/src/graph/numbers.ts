/** Business numbers in the Graph API: fields, registration, settings, profile, blocked users, callback override. */
import { type Json, type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import { citizenByPhone } from '../citizens/find.ts';
import { compact } from '../json.ts';
import { optionalObject, optionalText, requiredObject, requiredText } from '../send/node.ts';
import { verifyCallback } from '../webhooks/handshake.ts';
import type { BusinessState, CitizenState, NumberState } from '../world.ts';
import type { GraphCall } from './call.ts';
import { refuse } from './refusal.ts';

const DEFAULT_FIELDS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'webhook_configuration',
];

/** `GET /{phone}?fields=`; the id is always there. */
export function getNumber(call: GraphCall, number: NumberState): JsonObject {
  const business = call.world.businesses.get(number.options.businessId);
  const all = numberFields(number, business);
  const fields =
    call.query
      .get('fields')
      ?.split(',')
      .map((field) => field.trim()) ?? DEFAULT_FIELDS;
  const unknown = fields.find((field) => !Object.hasOwn(all, field));
  if (unknown !== undefined) {
    const title = `Tried accessing nonexisting field (${unknown.slice(0, 80)})`;
    return refuse(100, undefined, { title });
  }
  return compact(Object.fromEntries([...fields, 'id'].map((field) => [field, all[field]])));
}

/** `GET /{waba}/phone_numbers`. */
export function listNumbers(call: GraphCall, business: BusinessState): JsonObject {
  const data = call.numbers.filter((one) => one.options.businessId === business.businessId).map((one) => getNumber(call, one));
  return { data, paging: { cursors: { before: 'MAZDZD', after: 'MjQZD' } } };
}

/** `POST /{phone}`: the PIN, or the number's own callback. */
export async function changeNumber(call: GraphCall, number: NumberState): Promise<JsonObject> {
  const node = { at: '', value: call.body };
  const pin = optionalText(node, 'pin', 6);
  if (pin !== undefined) number.pin = checkedPin(pin);
  const configuration = optionalObject(node, 'webhook_configuration');
  if (configuration !== undefined) {
    const uri = optionalText(configuration, 'override_callback_uri', 200);
    const token = textProperty(configuration.value, 'verify_token') ?? '';
    if (uri !== undefined) await verifyCallback(uri, token, () => call.world.ids.trace());
    number.callbackOverride = uri;
  }
  return { success: true };
}

/** `POST /{phone}/register`. */
export function register(call: GraphCall, number: NumberState): JsonObject {
  const node = { at: '', value: call.body };
  requiredText(node, 'messaging_product', 20);
  const pin = checkedPin(requiredText(node, 'pin', 6));
  if (number.pin !== undefined && number.pin !== pin) return refuse(133005, 'Two-step verification PIN mismatch.');
  number.pin = pin;
  number.registered = true;
  return { success: true };
}

/** `POST /{phone}/deregister`. */
export function deregister(_call: GraphCall, number: NumberState): JsonObject {
  number.registered = false;
  return { success: true };
}

export function getSettings(_call: GraphCall, number: NumberState): JsonObject {
  return { storage_configuration: { status: 'DEFAULT' }, ...number.settings };
}

/** `POST /{phone}/settings`; where data is stored can be changed only while the number is not registered. */
export function changeSettings(call: GraphCall, number: NumberState): JsonObject {
  if (property(call.body, 'storage_configuration') !== undefined && number.registered) {
    return refuse(100, 'The storage configuration can be changed only for a number that is not registered.');
  }
  number.settings = { ...number.settings, ...call.body };
  return { success: true };
}

export function getProfile(call: GraphCall, number: NumberState): JsonObject {
  const fields = call.query
    .get('fields')
    ?.split(',')
    .map((field) => field.trim());
  const shown = fields ?? Object.keys(number.profile);
  const data = compact(Object.fromEntries([...shown, 'messaging_product'].map((field) => [field, number.profile[field]])));
  return { data: [data] };
}

const PROFILE_TEXTS: Record<string, number> = { about: 139, address: 256, description: 512, email: 128, vertical: 40 };

/** `POST /{phone}/whatsapp_business_profile`. */
export function changeProfile(call: GraphCall, number: NumberState): JsonObject {
  const node = { at: '', value: call.body };
  requiredText(node, 'messaging_product', 20);
  const changed: JsonObject = {};
  for (const [field, most] of Object.entries(PROFILE_TEXTS)) {
    const text = optionalText(node, field, most);
    if (text !== undefined) changed[field] = text;
  }
  const websites = listProperty(call.body, 'websites');
  if (websites.length > 2) return refuse(100, 'At most two websites.');
  if (websites.length > 0) changed.websites = websites.map((site) => String(site).slice(0, 256));
  number.profile = { ...number.profile, ...changed };
  return { success: true };
}

export function getBlocked(call: GraphCall, number: NumberState): JsonObject {
  const data = [...number.blocked].flatMap((id) => {
    const citizen = call.world.citizens.get(id);
    return citizen === undefined ? [] : [{ messaging_product: 'whatsapp', ...userOf(citizen) }];
  });
  return { data, paging: { cursors: { before: 'MAZDZD', after: 'MjQZD' } } };
}

/** `POST /{phone}/block_users`: only people who wrote within 24 hours can be blocked. */
export function block(call: GraphCall, number: NumberState): JsonObject {
  const added: Json[] = [];
  for (const { citizen, input } of namedUsers(call)) {
    const last = citizen?.pairs.get(number.options.numberId)?.lastInboundAt ?? Number.NEGATIVE_INFINITY;
    if (citizen === undefined || call.world.schedule.now() - last > 86_400_000) {
      return refuse(139100, 'The user has not messaged the business in the last 24 hours.');
    }
    number.blocked.add(citizen.citizen.id);
    added.push({ input, ...userOf(citizen) });
  }
  return { messaging_product: 'whatsapp', block_users: { added_users: added } };
}

/** `DELETE /{phone}/block_users`. */
export function unblock(call: GraphCall, number: NumberState): JsonObject {
  const removed = namedUsers(call).map(({ citizen, input }) => {
    if (citizen !== undefined) number.blocked.delete(citizen.citizen.id);
    return { input, ...(citizen === undefined ? {} : userOf(citizen)) };
  });
  return { messaging_product: 'whatsapp', block_users: { removed_users: removed } };
}

function namedUsers(call: GraphCall): { citizen: CitizenState | undefined; input: string }[] {
  requiredText({ at: '', value: call.body }, 'messaging_product', 20);
  const users = listProperty(call.body, 'block_users');
  if (users.length === 0) return refuse(131008, 'Required parameter block_users is missing.');
  return users.map((one) => {
    const node = { at: 'block_users', value: requiredObject({ at: '', value: { user: one } }, 'user').value };
    const userId = textProperty(one, 'user_id');
    if (userId !== undefined) return { citizen: call.world.byUserId.get(userId), input: userId };
    const input = requiredText(node, 'user', 40);
    return { citizen: citizenByPhone(call.world, input.replace(/\D/g, '')), input };
  });
}

function userOf(state: CitizenState): JsonObject {
  const { phone, userId, identityMode } = state.citizen;
  return compact({
    wa_id: identityMode === 'user_id_only' ? undefined : phone,
    user_id: identityMode === 'phone' ? undefined : userId,
  });
}

function checkedPin(pin: string): string {
  return /^\d{6}$/.test(pin) ? pin : refuse(100, 'Param pin must be 6 digits.');
}

function numberFields(number: NumberState, business: BusinessState | undefined): JsonObject {
  const { options } = number;
  return {
    id: options.numberId,
    verified_name: options.name,
    display_phone_number: options.displayPhone,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    new_name_status: 'NONE',
    status: number.registered ? 'CONNECTED' : 'DISCONNECTED',
    platform_type: 'CLOUD_API',
    account_mode: 'LIVE',
    is_official_business_account: options.verified,
    is_pin_enabled: number.pin !== undefined,
    messaging_limit_tier: 'TIER_UNLIMITED',
    whatsapp_business_manager_messaging_limit: 'TIER_UNLIMITED',
    throughput: { level: (options.throughput ?? 80) > 80 ? 'HIGH' : 'STANDARD' },
    webhook_configuration: compact({
      application: options.callbackUrl,
      whatsapp_business_account: business?.callbackOverride,
      phone_number: number.callbackOverride,
    }),
  };
}
