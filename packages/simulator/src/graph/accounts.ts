/** Business accounts in the Graph API: their fields and the subscription of the application. */
import type { JsonObject } from '@hazir/core';
import { compact } from '../json.ts';
import { optionalText } from '../send/node.ts';
import { verifyCallback } from '../webhooks/handshake.ts';
import type { BusinessState } from '../world.ts';
import type { GraphCall } from './call.ts';
import { refuse } from './refusal.ts';

export function getBusiness(call: GraphCall, business: BusinessState): JsonObject {
  const number = call.numbers.find((one) => one.options.businessId === business.businessId);
  const all: JsonObject = {
    id: business.businessId,
    name: number?.options.name ?? '',
    timezone_id: '71',
    currency: 'INR',
    message_template_namespace: `ns_${business.businessId}`,
    account_review_status: 'APPROVED',
  };
  const fields = call.query.get('fields')?.split(',') ?? ['name', 'timezone_id', 'message_template_namespace'];
  return compact(Object.fromEntries([...fields, 'id'].map((field) => [field, all[field.trim()]])));
}

export function getSubscriptions(call: GraphCall, business: BusinessState): JsonObject {
  return { data: business.subscribed ? [subscription(call, business)] : [] };
}

/** `POST /{waba}/subscribed_apps`, with or without another callback for messages. */
export async function subscribe(call: GraphCall, business: BusinessState): Promise<JsonObject> {
  const node = { at: '', value: call.body };
  const uri = optionalText(node, 'override_callback_uri', 200);
  if (uri === undefined) {
    business.subscribed = true;
    business.callbackOverride = undefined;
    return { success: true };
  }
  if (!business.subscribed) {
    return refuse(
      100,
      'Before override the current callback uri, your app must be subscribed to receive messages for this account.',
    );
  }
  await verifyCallback(uri, optionalText(node, 'verify_token', 500) ?? '', () => call.world.ids.trace());
  business.callbackOverride = uri;
  return { data: [subscription(call, business)] };
}

export function unsubscribe(_call: GraphCall, business: BusinessState): JsonObject {
  business.subscribed = false;
  business.callbackOverride = undefined;
  return { success: true };
}

function subscription(call: GraphCall, business: BusinessState): JsonObject {
  const name = call.numbers.find((one) => one.options.appId === business.appId)?.options.name ?? '';
  return compact({
    override_callback_uri: business.callbackOverride,
    whatsapp_business_api_data: { link: `https://www.facebook.com/games/?app_id=${business.appId}`, name, id: business.appId },
  });
}
