/** Templates of a business account: created, listed, edited, deleted. */
import { type JsonObject, property } from '@hazir/core';
import type { GraphCall } from '../graph/call.ts';
import { refuse } from '../graph/refusal.ts';
import { compact } from '../json.ts';
import { requiredText } from '../send/node.ts';
import type { BusinessState, Template, World } from '../world.ts';
import { type Definition, readDefinition } from './read-definition.ts';
import { planReview } from './review.ts';

/** As many as an unverified account may have; more would only waste memory. */
const MOST_TEMPLATES = 6_000;

/** `POST /{waba}/message_templates`. */
export function createTemplate(call: GraphCall, business: BusinessState): JsonObject {
  const definition = readDefinition(call.body);
  const key = keyOf(definition);
  if (business.templateNames.has(key)) return refuse(100, 'Content in this language already exists.', { subcode: 2388024 });
  if (business.templates.size >= MOST_TEMPLATES) return refuse(100, 'There are too many templates.', { subcode: 2388019 });
  const template = addTemplate(call.world, business, definition);
  planReview(call.world, template);
  return { id: template.id, status: template.status, category: template.category };
}

/** Adds an approved template, as the ones that exist from the start. */
export function addTemplate(world: World, business: BusinessState, definition: Definition): Template {
  const template: Template = {
    ...definition,
    id: world.ids.object(),
    businessId: business.businessId,
    status: 'APPROVED',
    rejection: undefined,
    cancelReview: undefined,
  };
  business.templates.set(template.id, template);
  business.templateNames.set(keyOf(template), template);
  return template;
}

/** `GET /{waba}/message_templates`, by name, language, status or category. */
export function listTemplates(call: GraphCall, business: BusinessState): JsonObject {
  const { query } = call;
  const found = [...business.templates.values()].filter(
    (one) =>
      matches(query.get('name'), one.name) &&
      matches(query.get('language'), one.language) &&
      matches(query.get('status'), one.status) &&
      matches(query.get('category'), one.category),
  );
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 25) || 25, 1), 1_000);
  const start = Number(Buffer.from(query.get('after') ?? '', 'base64url').toString()) || 0;
  const data = found.slice(start, start + limit).map(shown);
  const more = start + limit < found.length;
  const cursors = { before: cursor(start), after: cursor(start + data.length) };
  const next = `${call.world.settings.publicUrl}/simulator/graph/v${call.version}.0/${business.businessId}/message_templates?after=${cursors.after}`;
  return { data, paging: { cursors, ...(more ? { next } : {}) } };
}

/** `GET /{template}`. */
export function getTemplate(_call: GraphCall, template: Template): JsonObject {
  return shown(template);
}

/** `POST /{template}`: another content, which is reviewed again. */
export function editTemplate(call: GraphCall, template: Template): JsonObject {
  const category = property(call.body, 'category') ?? template.category;
  if (template.status === 'APPROVED' && category !== template.category)
    return refuse(100, 'The category of an approved template cannot change.');
  const definition = readDefinition({ ...call.body, name: template.name, language: template.language, category });
  Object.assign(template, { components: definition.components, category: definition.category, otp: definition.otp });
  planReview(call.world, template);
  return { success: true };
}

/** `DELETE /{waba}/message_templates?name=` and, for one language only, `hsm_id=`. */
export function deleteTemplates(call: GraphCall, business: BusinessState): JsonObject {
  const query = { at: '', value: Object.fromEntries(call.query) };
  const name = requiredText(query, 'name', 512);
  const id = call.query.get('hsm_id');
  const found = [...business.templates.values()].filter((one) => one.name === name && matches(id, one.id));
  if (found.length === 0) return refuse(100, 'There is no such template.', { subcode: 2593002 });
  for (const template of found) {
    template.cancelReview?.();
    business.templates.delete(template.id);
    business.templateNames.delete(keyOf(template));
  }
  return { success: true };
}

function keyOf(named: { name: string; language: string }): string {
  return `${named.name}/${named.language}`;
}

function matches(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

function cursor(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

function shown(template: Template): JsonObject {
  return compact({
    name: template.name,
    parameter_format: template.named ? 'NAMED' : 'POSITIONAL',
    components: template.components,
    language: template.language,
    status: template.status,
    category: template.category,
    rejected_reason: template.rejection,
    id: template.id,
  });
}
