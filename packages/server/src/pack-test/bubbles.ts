/** What arrived on the citizen's phone, in the words of the engine: conversations are compared with what citizens see. */
import { type Json, listProperty, type OutboundContent, type OutboundMessage, property, textProperty } from '@hazir/core';
import type { ChatItem, Control } from '@hazir/simulator';

export function readBubbles(control: Control, items: readonly ChatItem[]): OutboundMessage[] {
  return items.map((item) => ({ content: contentOf(control, item) }));
}

function contentOf(control: Control, item: ChatItem): OutboundContent {
  const { body } = item;
  switch (body.type) {
    case 'text':
    case 'location_request':
    case 'contact_request':
    case 'link':
    case 'location':
      return body;
    case 'buttons':
      return { type: 'choice', text: body.text, choices: body.buttons };
    case 'list':
      return {
        type: 'choice',
        text: body.text,
        choices: body.sections.flatMap((section) => section.rows),
        listLabel: body.openLabel,
      };
    case 'contacts':
      return {
        type: 'contacts',
        contacts: body.contacts.map(({ name, phones }) => ({ name, phones: phones.map((phone) => ({ phone })) })),
      };
    case 'media':
      return {
        type: 'media',
        media: mediaKind(body.media),
        source: { link: body.url },
        ...(body.caption && { caption: body.caption }),
      };
    case 'template':
      return { type: 'template', name: templateName(control, item.wamid), language: '', parameters: [body.text] };
    case 'unsupported':
      return { type: 'text', text: `(${body.detail})` };
  }
}

function mediaKind(kind: string): 'image' | 'video' | 'audio' | 'voice' | 'document' {
  return kind === 'video' || kind === 'audio' || kind === 'voice' || kind === 'document' ? kind : 'image';
}

/** A bubble does not show the name of its template; the request that made it does. */
function templateName(control: Control, wamid: string): string {
  const made = control.requests().find(({ response }) => idOf(response) === wamid);
  return textProperty(property(made?.body, 'template'), 'name') ?? '';
}

function idOf(response: Json): string | undefined {
  return textProperty(listProperty(response, 'messages')[0], 'id');
}
