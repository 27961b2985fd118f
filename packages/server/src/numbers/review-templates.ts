/** A pack's templates beside what Meta has of them. */
import { type Json, type JsonObject, listProperty, property, textProperty } from '@hazir/core';
import type { CompiledPack } from '@hazir/flow';
import { templatesForReview } from '../setup/templates.ts';
import { askGraph, type GraphAccount, type GraphAnswer } from './graph.ts';

export interface ReviewedTemplate {
  name: string;
  language: string;
  category: string;
  /** In Meta's words: APPROVED, PENDING, REJECTED, PAUSED …; MISSING: Meta has none. */
  status: string;
  /** Why it was rejected. */
  reason: string | undefined;
  /** Meta has another wording than the pack. */
  differs: boolean;
}

interface Known {
  id: string;
  status: string;
  reason: string | undefined;
  body: string | undefined;
}

const PAGE = 500;
const MOST_PAGES = 20;

/** All templates of the pack. Returns Meta's refusal as text. */
export async function reviewTemplates(
  account: GraphAccount,
  pack: CompiledPack,
): Promise<{ templates: ReviewedTemplate[] } | { problem: string }> {
  const known = await listKnown(account);
  if ('problem' in known) return known;
  const templates = templatesForReview(pack).map((template) => {
    const name = textProperty(template, 'name') ?? '';
    const language = textProperty(template, 'language') ?? '';
    const found = known.templates.get(`${name}|${language}`);
    const differs = found?.body !== undefined && found.body !== bodyOf(template);
    const status = found?.status ?? 'MISSING';
    return { name, language, category: textProperty(template, 'category') ?? '', status, reason: found?.reason, differs };
  });
  return { templates };
}

/** Gives Meta one template to review: a new one, or another wording of one that it has. Undefined: the pack has none of this name. */
export async function submitTemplate(
  account: GraphAccount,
  pack: CompiledPack,
  { name, language }: { name: string; language: string },
): Promise<GraphAnswer | undefined> {
  const template = templatesForReview(pack).find(
    (one) => textProperty(one, 'name') === name && textProperty(one, 'language') === language,
  );
  if (template === undefined) return undefined;
  const known = await listKnown(account);
  if ('problem' in known) return { ok: false, problem: known.problem };
  const found = known.templates.get(`${name}|${language}`);
  if (found === undefined)
    return askGraph(account, { method: 'POST', path: `${account.businessId}/message_templates`, body: template });
  return askGraph(account, { method: 'POST', path: found.id, body: { components: template.components ?? [] } });
}

async function listKnown(account: GraphAccount): Promise<{ templates: Map<string, Known> } | { problem: string }> {
  const templates = new Map<string, Known>();
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = await askGraph(account, {
      path: `${account.businessId}/message_templates`,
      query: { limit: String(PAGE), fields: 'id,name,language,status,rejected_reason,components', ...(after && { after }) },
    });
    if (!asked.ok) return { problem: asked.problem };
    const data = listProperty(asked.body, 'data') ?? [];
    for (const one of data) templates.set(`${textProperty(one, 'name')}|${textProperty(one, 'language')}`, knownOf(one));
    after = data.length < PAGE ? undefined : cursorIn(asked.body);
    if (after === undefined) break;
  }
  return { templates };
}

function knownOf(template: Json): Known {
  const reason = textProperty(template, 'rejected_reason');
  return {
    id: textProperty(template, 'id') ?? '',
    status: textProperty(template, 'status') ?? 'UNKNOWN',
    reason: reason === 'NONE' ? undefined : reason,
    body: bodyOf(template),
  };
}

function bodyOf(template: Json | JsonObject): string | undefined {
  const components = listProperty(template, 'components') ?? [];
  return textProperty(
    components.find((one) => textProperty(one, 'type') === 'BODY'),
    'text',
  );
}

function cursorIn(body: Json): string | undefined {
  return textProperty(property(property(body, 'paging'), 'cursors'), 'after');
}
