/** One line for a quote, the chat list or a screen reader. */
import type { ChatBody, ChatItem } from '../../src/protocol.ts';
import type { Texts } from '../texts/index.ts';
import { plainText } from './markup.ts';

export type MediaContent = Extract<ChatBody, { type: 'media' }>;

export function describeItem(item: ChatItem, texts: Texts): string {
  if (item.revoked) return item.from === 'citizen' ? texts.chat.youRevoked : texts.chat.revoked;
  return describeBody(item.body, texts);
}

export function describeBody(body: ChatBody, texts: Texts): string {
  switch (body.type) {
    case 'media':
      return body.caption ?? body.fileName ?? mediaName(body.media, texts);
    case 'location':
      return body.name ?? texts.kinds.location;
    case 'contacts':
      return body.contacts.map((contact) => contact.name).join(', ') || texts.kinds.contact;
    case 'unsupported':
      return texts.chat.unsupported;
    default:
      return plainText(body.text);
  }
}

export function mediaName(media: string, texts: Texts): string {
  switch (media) {
    case 'image':
      return texts.kinds.image;
    case 'video':
      return texts.kinds.video;
    case 'audio':
      return texts.kinds.audio;
    case 'voice':
      return texts.kinds.voice;
    case 'sticker':
      return texts.kinds.sticker;
    default:
      return texts.kinds.document;
  }
}

/** The words of a message that can be copied; undefined where there are none. */
export function textIn(body: ChatBody): string | undefined {
  if ('text' in body) return body.text;
  return body.type === 'media' ? body.caption : undefined;
}
