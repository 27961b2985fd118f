/** Which function answers which path of the Graph API: kind of object, method, edge. */
import type { JsonObject } from '@hazir/core';
import { createTemplate, deleteTemplates, editTemplate, getTemplate, listTemplates } from '../templates/templates.ts';
import type { BusinessState, MediaFile, NumberState, Template } from '../world.ts';
import { getBusiness, getSubscriptions, subscribe, unsubscribe } from './accounts.ts';
import type { GraphCall, GraphObject } from './call.ts';
import { deleteMedia, getMedia, uploadMedia } from './media.ts';
import { postMessage, type SWALLOWED } from './messages.ts';
import * as numbers from './numbers.ts';
import { refuse } from './refusal.ts';

export type GraphAnswer = JsonObject | typeof SWALLOWED;

type Route<T> = (call: GraphCall, object: T) => GraphAnswer | Promise<GraphAnswer>;

/** Calls the function of a route; throws a GraphRefusal when there is none. */
export async function route(call: GraphCall, asked: { object: GraphObject; method: string; edge: string }): Promise<GraphAnswer> {
  const { object, edge } = asked;
  const key = `${asked.method} ${edge}`;
  switch (object.kind) {
    case 'number':
      return (NUMBER[key] ?? unknown(edge, NUMBER))(call, object.number);
    case 'business':
      return (BUSINESS[key] ?? unknown(edge, BUSINESS))(call, object.business);
    case 'template':
      return (TEMPLATE[key] ?? unknown(edge, TEMPLATE))(call, object.template);
    case 'media':
      return (MEDIA[key] ?? unknown(edge, MEDIA))(call, object.file);
  }
}

const NUMBER: Record<string, Route<NumberState>> = {
  'GET ': numbers.getNumber,
  'POST ': numbers.changeNumber,
  'POST messages': postMessage,
  // Meta's collection marks messages as read with PUT.
  'PUT messages': postMessage,
  'POST media': uploadMedia,
  'POST register': numbers.register,
  'POST deregister': numbers.deregister,
  'GET settings': numbers.getSettings,
  'POST settings': numbers.changeSettings,
  'GET whatsapp_business_profile': numbers.getProfile,
  'POST whatsapp_business_profile': numbers.changeProfile,
  'GET block_users': numbers.getBlocked,
  'POST block_users': numbers.block,
  'DELETE block_users': numbers.unblock,
};

const BUSINESS: Record<string, Route<BusinessState>> = {
  'GET ': getBusiness,
  'GET phone_numbers': numbers.listNumbers,
  'GET message_templates': listTemplates,
  'POST message_templates': createTemplate,
  'DELETE message_templates': deleteTemplates,
  'GET subscribed_apps': getSubscriptions,
  'POST subscribed_apps': subscribe,
  'DELETE subscribed_apps': unsubscribe,
};

const TEMPLATE: Record<string, Route<Template>> = { 'GET ': getTemplate, 'POST ': editTemplate };

const MEDIA: Record<string, Route<MediaFile>> = { 'GET ': getMedia, 'DELETE ': deleteMedia };

function unknown(edge: string, routes: Record<string, unknown>): never {
  const known = Object.keys(routes).some((key) => key.endsWith(` ${edge}`));
  if (known) return refuse(100, undefined, { title: 'Unsupported request method for this edge' });
  return refuse(2500, undefined, { title: `Unknown path components: /${edge.slice(0, 80)}` });
}
