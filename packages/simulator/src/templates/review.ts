/** The review of templates, and what happens to them afterwards; each change is told by a webhook. */
import { type JsonObject, textProperty } from '@hazir/core';
import { compact } from '../json.ts';
import type { Template, TemplateStatus, World } from '../world.ts';

/** Meta's events that the simulator can play. */
export type TemplateEvent = 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED' | 'REINSTATED';

const STATUS: Record<TemplateEvent, TemplateStatus> = {
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
  REINSTATED: 'APPROVED',
};

/** Plans the decision on a template. */
export function planReview(world: World, template: Template): void {
  template.cancelReview?.();
  template.status = 'PENDING';
  template.cancelReview = world.schedule.after(world.settings.reviewDelayMs, () => {
    template.cancelReview = undefined;
    const reason = reasonAgainst(template);
    decide(world, template, {
      event: reason === undefined ? 'APPROVED' : 'REJECTED',
      ...(reason === undefined ? {} : { reason }),
    });
  });
}

/** Sets a template's state and sends message_template_status_update. */
export function decide(world: World, template: Template, decision: { event: TemplateEvent; reason?: string }): void {
  template.status = STATUS[decision.event];
  template.rejection = decision.event === 'REJECTED' ? (decision.reason ?? 'INVALID_FORMAT') : undefined;
  tell(world, template, {
    field: 'message_template_status_update',
    value: compact({
      event: decision.event,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason: decision.reason ?? 'NONE',
      other_info: OTHER_INFO[decision.event],
    }),
  });
}

const OTHER_INFO: Partial<Record<TemplateEvent, JsonObject>> = {
  PAUSED: { title: 'FIRST_PAUSE', description: 'Paused for 3 hours because of negative feedback.' },
  DISABLED: { title: 'DISABLED', description: 'Disabled because of negative feedback.' },
  REINSTATED: { title: 'UNPAUSE', description: 'The pause is over.' },
};

/** Words of advertising, with which a message is not a service message. */
const ADVERTISING = /\b(offer|sale|discount|promo|coupon|\d+% off|buy now)\b/i;

function reasonAgainst(template: Template): string | undefined {
  const body = textProperty(
    template.components.find((part) => part.type === 'BODY'),
    'text',
  );
  return template.category === 'UTILITY' && ADVERTISING.test(body ?? '') ? 'INCORRECT_CATEGORY' : undefined;
}

/** Management webhooks belong to the account; they go out through one of its numbers' applications. */
function tell(world: World, template: Template, update: { field: string; value: JsonObject }): void {
  for (const number of world.numbers.values()) {
    if (number.options.businessId !== template.businessId) continue;
    world.publish({ numberId: number.options.numberId, kind: 'management', lane: template.businessId, ...update });
    return;
  }
}
