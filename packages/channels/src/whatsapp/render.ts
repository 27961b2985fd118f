/** Writes messages as requests to Meta. The envelope is here; what a message says is in render-content.ts. */
import {
  type ChannelAccount,
  HazirError,
  type HttpRequest,
  type Identity,
  type JsonObject,
  type OutboundMessage,
  type SendContext,
} from '@hazir/core';
import { limits } from './capabilities.ts';
import { check } from './check.ts';
import { postJson } from './graph.ts';
import { renderContent } from './render-content.ts';

/**
 * Builds the request. Throws `channel:refused-content` for what check() names, `channel:no-recipient` without a phone or
 * scoped id, `channel:long-tracker` over 512 characters, `channel:media-not-uploaded` for a file without a media id.
 */
export function render(message: OutboundMessage, context: SendContext): HttpRequest {
  const problems = check(message.content);
  if (problems.length > 0) {
    throw new HazirError('channel:refused-content', `WhatsApp cannot carry the message: ${problems.join('. ')}`, {
      hint: 'Correct the flow; `hazir pack check` finds what is too long before it is published.',
    });
  }
  return postJson(context.account, 'messages', {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...address(context.to),
    ...quote(message),
    ...tracker(context.tracker),
    ...renderContent(message.content, context.mediaIds),
  });
}

/** Marks a message, and all before it, as read; `typing` also shows the dots, for 25 seconds or until the reply. */
export function renderRead(externalId: string, typing: boolean, account: ChannelAccount): HttpRequest {
  return postJson(account, 'messages', {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: externalId,
    ...(typing && { typing_indicator: { type: 'text' } }),
  });
}

/** The phone with "+", because Meta puts the business's own country before a number without; else the scoped id. */
function address(to: readonly Identity[]): JsonObject {
  const find = (kind: Identity['kind']): string | undefined => to.find((identity) => identity.kind === kind)?.value;
  const phone = find('phone');
  if (phone !== undefined) return { to: phone.startsWith('+') ? phone : `+${phone}` };
  const recipient = find('bsuid') ?? find('parent_bsuid');
  if (recipient !== undefined) return { recipient };
  throw new HazirError('channel:no-recipient', 'The contact has neither a phone nor a WhatsApp user id', {
    hint: 'The contact came from another channel: answer it there.',
  });
}

/** A reaction points at its message by itself. */
function quote({ replyTo, content }: OutboundMessage): JsonObject {
  return replyTo === undefined || content.type === 'reaction' ? {} : { context: { message_id: replyTo } };
}

function tracker(text: string): JsonObject {
  if (text.length > limits.tracker) {
    throw new HazirError('channel:long-tracker', `A tracker of ${text.length} characters; WhatsApp returns ${limits.tracker}`);
  }
  return text === '' ? {} : { biz_opaque_callback_data: text };
}
