/**
 * What a citizen's message says, one reader per WhatsApp type. A reader returns undefined for a body that it cannot use;
 * the message is then kept as unsupported, so that the flow can ask again instead of falling silent.
 */
import {
  type InboundContent,
  type InboundMedia,
  type Json,
  listProperty,
  numberProperty,
  property,
  type SharedContact,
  textProperty,
} from '@hazir/core';
import { readInteractive } from './parse-interactive.ts';
import { sha256Hex } from './sha256.ts';
import { firstText, idProperty } from './wire.ts';

type Reader = (body: Json | undefined, message: Json) => InboundContent | undefined;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['text', readText],
  ['image', (body) => readMedia(body, 'image')],
  ['video', (body) => readMedia(body, 'video')],
  ['audio', (body) => readMedia(body, property(body, 'voice') === true ? 'voice' : 'audio')],
  ['voice', (body) => readMedia(body, 'voice')],
  ['document', (body) => readMedia(body, 'document')],
  ['sticker', (body) => readMedia(body, 'sticker')],
  ['location', readLocation],
  ['contacts', readContacts],
  ['interactive', readInteractive],
  ['button', readTemplateButton],
  ['order', readOrder],
  ['reaction', readReaction],
  ['edit', readEdit],
  ['revoke', readRevoke],
  ['unsupported', readUnsupported],
  ['unknown', readUnsupported],
]);

/** The message's type; where Meta leaves it out (its own location sample does), the body tells. */
export function messageType(message: Json): string | undefined {
  return textProperty(message, 'type') ?? [...readers.keys()].find((type) => property(message, type) !== undefined);
}

/** Reads the content of a message of a type; undefined for a type that this version does not know. */
export function readContent(type: string, message: Json): InboundContent | undefined {
  const read = readers.get(type);
  if (read === undefined) return undefined;
  return read(property(message, type), message) ?? { type: 'unsupported', detail: `malformed:${type}` };
}

function readText(body: Json | undefined): InboundContent | undefined {
  const text = textProperty(body, 'body');
  return text === undefined ? undefined : { type: 'text', text };
}

function readMedia(body: Json | undefined, media: InboundMedia['media']): InboundMedia | undefined {
  const mediaId = idProperty(body, 'id');
  if (mediaId === undefined) return undefined;
  const sha256 = sha256Hex(textProperty(body, 'sha256'));
  const caption = textProperty(body, 'caption');
  const fileName = textProperty(body, 'filename');
  return {
    type: 'media',
    media,
    mediaId,
    mimeType: textProperty(body, 'mime_type') ?? 'application/octet-stream',
    ...(sha256 !== undefined && { sha256 }),
    ...(caption !== undefined && { caption }),
    ...(fileName !== undefined && { fileName }),
  };
}

function readLocation(body: Json | undefined): InboundContent | undefined {
  const latitude = numberProperty(body, 'latitude');
  const longitude = numberProperty(body, 'longitude');
  if (latitude === undefined || Math.abs(latitude) > 90) return undefined;
  if (longitude === undefined || Math.abs(longitude) > 180) return undefined;
  const name = textProperty(body, 'name');
  const address = textProperty(body, 'address');
  return {
    type: 'location',
    latitude,
    longitude,
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
  };
}

/** `contacts` is a list beside the message's other fields; `origin` says whether it answers our request. */
function readContacts(_body: Json | undefined, message: Json): InboundContent | undefined {
  const contacts = listProperty(message, 'contacts').map(readContact);
  if (contacts.length === 0) return undefined;
  return { type: 'contacts', contacts, requested: property(message, 'origin') === 'contact_request' };
}

function readContact(contact: Json): SharedContact {
  const name = property(contact, 'name');
  const parts = [textProperty(name, 'first_name'), textProperty(name, 'last_name')].filter((part) => part !== undefined);
  return {
    name: textProperty(name, 'formatted_name') ?? parts.join(' '),
    phones: listProperty(contact, 'phones').flatMap((entry) => {
      const waId = idProperty(entry, 'wa_id');
      const phone = idProperty(entry, 'phone') ?? (waId === undefined ? undefined : `+${waId}`);
      return phone === undefined ? [] : [{ phone, ...(waId !== undefined && { waId }) }];
    }),
  };
}

function readTemplateButton(body: Json | undefined): InboundContent | undefined {
  const id = firstText(body, ['payload', 'text']);
  if (id === undefined) return undefined;
  return { type: 'choice', id, label: textProperty(body, 'text') ?? id, source: 'template' };
}

/** An order is read as a whole or not at all: a basket with a line missing would be a wrong order. */
function readOrder(body: Json | undefined): InboundContent | undefined {
  const catalogId = idProperty(body, 'catalog_id');
  const lines = listProperty(body, 'product_items');
  const items = lines.flatMap((line) => {
    const productId = idProperty(line, 'product_retailer_id');
    const quantity = numberProperty(line, 'quantity');
    const price = numberProperty(line, 'item_price');
    const currency = textProperty(line, 'currency');
    if (productId === undefined || quantity === undefined || price === undefined || currency === undefined) return [];
    return [{ productId, quantity, price, currency }];
  });
  if (catalogId === undefined || items.length === 0 || items.length < lines.length) return undefined;
  const text = textProperty(body, 'text');
  return { type: 'order', catalogId, ...(text !== undefined && { text }), items };
}

/** No emoji, or an empty one: taken back. Meta's published sample misspells the id's name, so both spellings are read. */
function readReaction(body: Json | undefined): InboundContent | undefined {
  const messageId = firstText(body, ['message_id', 'messsage_id']);
  if (messageId === undefined) return undefined;
  const emoji = textProperty(body, 'emoji');
  return { type: 'reaction', messageId, ...(emoji !== undefined && { emoji }) };
}

/** The new content is a message object of its own: its words are a text body or a caption. */
function readEdit(body: Json | undefined): InboundContent | undefined {
  const messageId = textProperty(body, 'original_message_id');
  if (messageId === undefined) return undefined;
  const edited = property(body, 'message');
  const inner = property(edited, textProperty(edited, 'type') ?? 'text');
  const text = firstText(inner, ['body', 'caption']);
  return { type: 'edit', messageId, ...(text !== undefined && { text }) };
}

function readRevoke(body: Json | undefined): InboundContent | undefined {
  const messageId = textProperty(body, 'original_message_id');
  return messageId === undefined ? undefined : { type: 'revoke', messageId };
}

function readUnsupported(_body: Json | undefined, message: Json): InboundContent {
  const kind = textProperty(property(message, 'unsupported'), 'type');
  const code = idProperty(listProperty(message, 'errors')[0], 'code');
  return { type: 'unsupported', detail: kind ?? (code === undefined ? 'unsupported' : `error:${code}`) };
}
