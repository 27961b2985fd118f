/** Makes Meta's message object, and the bubble on the phone, of what a citizen does. */
import { HazirError, type Json, type JsonObject, textProperty } from '@hazir/core';
import { compact } from '../json.ts';
import { MEDIA_LIMITS, MOST_FILE_BYTES } from '../media/limits.ts';
import { findFile, signedUrl } from '../media/store.ts';
import type { ChatBody, CitizenMessage } from '../protocol.ts';
import type { CitizenState, MessageRecord, NumberState, World } from '../world.ts';
import { changeItem } from './chat.ts';
import { identityOf } from './identity.ts';

export interface Composed {
  bubble: ChatBody | undefined;
  /** The message object without its common fields; made when it goes out, because addresses of media expire. */
  content: () => JsonObject;
  /** The whole message object, as it is. */
  raw?: Json;
  /** An id of its own, of a raw message. */
  wamid?: string | undefined;
  /** What changes on the phone besides. */
  applied?: () => void;
}

type Said<T extends CitizenMessage['type']> = Extract<CitizenMessage, { type: T }>;

interface Speaker {
  world: World;
  state: CitizenState;
  number: NumberState;
}

/** Throws HazirError `simulator:invalid-message` for what the phone could not do. */
export function compose(world: World, state: CitizenState, said: { number: NumberState; message: CitizenMessage }): Composed {
  const speaker: Speaker = { world, state, number: said.number };
  const { message } = said;
  switch (message.type) {
    case 'text':
      return plain(
        { type: 'text', text: message.text },
        { ...contextOf(speaker, message), type: 'text', text: { body: message.text } },
      );
    case 'tap':
      return composeTap(speaker, message);
    case 'location':
      return composeLocation(speaker, message);
    case 'media':
      return composeMedia(speaker, message);
    case 'contacts':
      return composeContacts(speaker, message);
    case 'share_phone':
      return composePhone(speaker, message);
    case 'reaction':
      return composeReaction(speaker, message);
    case 'edit':
    case 'revoke':
      return composeCorrection(speaker, message);
    case 'raw':
      return {
        bubble: { type: 'unsupported', detail: textProperty(message.message, 'type') ?? 'raw' },
        content: () => ({}),
        raw: message.message,
        wamid: textProperty(message.message, 'id'),
      };
  }
}

function plain(bubble: ChatBody | undefined, content: JsonObject): Composed {
  return { bubble, content: () => content };
}

function composeTap(speaker: Speaker, message: Said<'tap'>): Composed {
  const body = received(speaker, message.replyTo).item?.body;
  const context = contextOf(speaker, message);
  if (body?.type === 'buttons' || body?.type === 'template') {
    const button = body.buttons.find((one) => one.id === message.choiceId && !('url' in one));
    if (button === undefined) return invalid('The message has no such button.');
    const { id, label } = button;
    const tapped: JsonObject =
      body.type === 'template'
        ? { type: 'button', button: { text: label, payload: id } }
        : { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id, title: label } } };
    return plain({ type: 'text', text: label }, { ...context, ...tapped });
  }
  if (body?.type !== 'list') return invalid('The message has nothing to tap.');
  const row = body.sections.flatMap((section) => section.rows).find((one) => one.id === message.choiceId);
  if (row === undefined) return invalid('The list has no such row.');
  const reply = compact({ id: row.id, title: row.label, description: row.detail });
  const text = row.detail === undefined ? row.label : `${row.label}\n${row.detail}`;
  return plain(
    { type: 'text', text },
    { ...context, type: 'interactive', interactive: { type: 'list_reply', list_reply: reply } },
  );
}

function composeLocation(speaker: Speaker, message: Said<'location'>): Composed {
  const { latitude, longitude, name, address } = message;
  const place = { latitude, longitude, ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
  return plain({ type: 'location', ...place }, { ...contextOf(speaker, message), type: 'location', location: place });
}

function composeMedia(speaker: Speaker, message: Said<'media'>): Composed {
  const file = findFile(speaker.world, message.mediaId);
  if (file === undefined) return invalid('There is no such media; upload it first.');
  const kind = message.media === 'voice' ? 'audio' : message.media;
  const most = kind === 'image' ? MEDIA_LIMITS.video.bytes : Math.min(MEDIA_LIMITS[kind].bytes, MOST_FILE_BYTES);
  if (file.bytes.length > most) return invalid(`A file of kind ${message.media} has at most ${most} bytes.`);
  const fileName = kind === 'document' ? (message.fileName ?? file.fileName) : undefined;
  const caption = kind === 'audio' || kind === 'sticker' ? undefined : message.caption;
  const shown = { type: 'media', media: message.media, mediaId: file.id, mimeType: file.mimeType } as const;
  const content = () => ({
    ...contextOf(speaker, message),
    type: kind,
    [kind]: compact({
      caption,
      filename: fileName,
      mime_type: file.mimeType,
      sha256: Buffer.from(file.sha256, 'hex').toString('base64'),
      id: file.id,
      url: signedUrl(speaker.world, file.id),
      voice: kind === 'audio' ? message.media === 'voice' : undefined,
      animated: kind === 'sticker' ? false : undefined,
    }),
  });
  const bubble: ChatBody = {
    ...shown,
    url: `/simulator/api/media/${file.id}`,
    ...(caption === undefined ? {} : { caption }),
    ...(fileName === undefined ? {} : { fileName }),
  };
  return { bubble, content };
}

function composeContacts(speaker: Speaker, message: Said<'contacts'>): Composed {
  const digits = message.phone.replace(/\D/g, '');
  const known = speaker.world.byPhone.has(digits);
  const contact = contactCard(message.name, { phone: message.phone, ...(known ? { wa_id: digits } : {}) });
  const bubble: ChatBody = { type: 'contacts', contacts: [{ name: message.name, phones: [message.phone] }] };
  return plain(bubble, { ...contextOf(speaker, message), type: 'contacts', contacts: [contact], origin: 'other' });
}

function composePhone(speaker: Speaker, message: Said<'share_phone'>): Composed {
  if (received(speaker, message.replyTo).item?.body.type !== 'contact_request')
    return invalid('The message does not ask for the phone number.');
  const { name, phone } = speaker.state.citizen;
  const contact = contactCard(name, { phone: `+${phone}`, wa_id: phone });
  const bubble: ChatBody = { type: 'contacts', contacts: [{ name, phones: [`+${phone}`] }] };
  return plain(bubble, { ...contextOf(speaker, message), type: 'contacts', contacts: [contact], origin: 'contact_request' });
}

function contactCard(name: string, phone: JsonObject): JsonObject {
  return { name: { formatted_name: name, first_name: name.split(' ')[0] ?? name }, phones: [{ ...phone, type: 'CELL' }] };
}

/** An empty emoji takes a reaction back; the wire then has no emoji. */
function composeReaction(speaker: Speaker, message: Said<'reaction'>): Composed {
  const target = messageOf(speaker, message.wamid);
  const emoji = message.emoji === '' ? undefined : message.emoji;
  const applied = () => {
    if (target.item !== undefined) changeItem(speaker.world, speaker.state, target.item, { reaction: message.emoji });
  };
  return { ...plain(undefined, { type: 'reaction', reaction: compact({ message_id: message.wamid, emoji }) }), applied };
}

/** Only numbers with coexistence learn what was edited or deleted; others get `unsupported` for an edit. */
function composeCorrection(speaker: Speaker, message: Said<'edit' | 'revoke'>): Composed {
  const target = messageOf(speaker, message.wamid);
  if (target.direction !== 'in') return invalid('Only a message of the citizen can be edited or deleted.');
  const { item } = target;
  const change =
    message.type === 'edit' ? ({ body: { type: 'text', text: message.text }, edited: true } as const) : { revoked: true };
  const applied = () => {
    if (item !== undefined) changeItem(speaker.world, speaker.state, item, change);
  };
  if (speaker.number.options.coexistence === false) return { ...plain(undefined, unsupported(message.type)), applied };
  const content: JsonObject =
    message.type === 'edit'
      ? { type: 'edit', edit: { original_message_id: message.wamid, message: { type: 'text', text: { body: message.text } } } }
      : { type: 'revoke', revoke: { original_message_id: message.wamid } };
  return { ...plain(undefined, content), applied };
}

function unsupported(type: string): JsonObject {
  const details = 'Message type is not currently supported';
  const errors = [{ code: 131051, title: 'Message type unknown', message: 'Message type unknown', error_data: { details } }];
  return { errors, type: 'unsupported', unsupported: { type } };
}

/** `context` of an answer: who wrote the message that is answered, and its id. */
function contextOf(speaker: Speaker, message: CitizenMessage): JsonObject {
  if (message.replyTo === undefined) return {};
  const target = messageOf(speaker, message.replyTo);
  if (target.direction === 'out') return { context: { from: speaker.number.digits, id: message.replyTo } };
  const { world, state } = speaker;
  const known = identityOf(state, state.pairs.get(message.numberId), world.schedule.now());
  return { context: compact({ from: known.phone, from_user_id: known.userId, id: message.replyTo }) };
}

function received(speaker: Speaker, wamid: string): MessageRecord {
  const message = messageOf(speaker, wamid);
  const arrived = message.direction === 'out' && message.item !== undefined && message.item.ticks !== 'failed';
  return arrived ? message : invalid('The message has not arrived on this phone.');
}

function messageOf(speaker: Speaker, wamid: string): MessageRecord {
  const message = speaker.world.messages.get(wamid);
  const mine = message?.citizenId === speaker.state.citizen.id && message.numberId === speaker.number.options.numberId;
  return message !== undefined && mine ? message : invalid('There is no such message in this chat.');
}

function invalid(message: string): never {
  throw new HazirError('simulator:invalid-message', message);
}
