/** The `type` of a message and the object of that name, one function per kind of content. */
import { clip, HazirError, type JsonObject, type OutboundContent, type SharedContact } from '@hazir/core';
import { limits } from './capabilities.ts';
import { renderChoice } from './render-choice.ts';
import { renderTemplate } from './render-template.ts';
import { oneLine } from './words.ts';

/** Content that check() passed. Throws `channel:media-not-uploaded` for a file that has no media id. */
export function renderContent(content: OutboundContent, mediaIds: ReadonlyMap<string, string>): JsonObject {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: { preview_url: content.preview ?? false, body: content.text } };
    case 'choice':
      return { type: 'interactive', interactive: renderChoice(content) };
    case 'media':
      return renderMedia(content, mediaIds);
    case 'location':
      return renderLocation(content);
    case 'location_request':
      return renderRequest('location_request_message', 'send_location', content.text);
    case 'contact_request':
      return renderRequest('request_contact_info', 'request_contact_info', content.text);
    case 'link':
      return renderLink(content);
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts.map(renderContact) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: content.messageId, emoji: content.emoji } };
    case 'template':
      return { type: 'template', template: renderTemplate(content) };
  }
}

function renderMedia(content: Extract<OutboundContent, { type: 'media' }>, mediaIds: ReadonlyMap<string, string>): JsonObject {
  const { media, caption, fileName } = content;
  const type = media === 'voice' ? 'audio' : media;
  return {
    type,
    [type]: {
      ...mediaReference(content.source, mediaIds),
      ...(media === 'voice' && { voice: true }),
      ...(caption !== undefined && caption !== '' && { caption }),
      ...(media === 'document' && fileName !== undefined && { filename: oneLine(fileName).slice(-limits.fileName) }),
    },
  };
}

type MediaContent = Extract<OutboundContent, { type: 'media' }>;

function mediaReference(source: MediaContent['source'], mediaIds: ReadonlyMap<string, string>): JsonObject {
  if ('link' in source) return { link: source.link };
  const name = 'hash' in source ? source.hash : source.made;
  const id = mediaIds.get(name);
  if (id !== undefined) return { id };
  throw new HazirError('channel:media-not-uploaded', `The file ${name} has no media id of this number`, {
    hint: 'Upload it first; WhatsApp keeps an upload for 30 days.',
  });
}

function renderLocation(content: Extract<OutboundContent, { type: 'location' }>): JsonObject {
  const { latitude, longitude, name, address } = content;
  const words = { ...(name !== undefined && { name }), ...(address !== undefined && { address }) };
  return { type: 'location', location: { latitude, longitude, ...words } };
}

function renderRequest(type: string, name: string, text: string): JsonObject {
  return { type: 'interactive', interactive: { type, body: { text }, action: { name } } };
}

function renderLink(content: Extract<OutboundContent, { type: 'link' }>): JsonObject {
  const parameters = { display_text: clip(oneLine(content.label), limits.linkLabel), url: content.url };
  return {
    type: 'interactive',
    interactive: { type: 'cta_url', body: { text: content.text }, action: { name: 'cta_url', parameters } },
  };
}

/** Meta wants one more part of the name beside the formatted one; `wa_id` puts a message button on the card. */
function renderContact({ name, phones }: SharedContact): JsonObject {
  return {
    name: { formatted_name: name, first_name: name },
    phones: phones.map(({ phone, waId }) => ({ phone, ...(waId !== undefined && { wa_id: waId }) })),
  };
}
