/** The stub business: keeps what a citizen sends and answers "Hi" with buttons, a list tap with thanks. */
import { numberProperty, property, textProperty } from '@hazir/core';
import type { ChatBody, ChatItem } from '../../src/protocol.ts';

interface Chats {
  items: Map<string, ChatItem[]>;
  push: (citizenId: string, item: Partial<ChatItem> & { body: ChatBody }) => ChatItem;
  change: (citizenId: string, wamid: string, changed: Partial<ChatItem>) => void;
}

/** Applies one CitizenMessage; returns the message's id. */
export function answerTo(chats: Chats, citizenId: string, message: unknown): string {
  const wamid = textProperty(message, 'wamid') ?? '';
  switch (property(message, 'type')) {
    case 'reaction':
      chats.change(citizenId, wamid, { reaction: textProperty(message, 'emoji') ?? '' });
      return wamid;
    case 'edit':
      chats.change(citizenId, wamid, { body: { type: 'text', text: textProperty(message, 'text') ?? '' }, edited: true });
      return wamid;
    case 'revoke':
      chats.change(citizenId, wamid, { revoked: true });
      return wamid;
    default:
      return keep(chats, citizenId, message);
  }
}

function keep(chats: Chats, citizenId: string, message: unknown): string {
  const replyTo = textProperty(message, 'replyTo');
  const body = bodyOf(chats, citizenId, message);
  const item = chats.push(citizenId, { from: 'citizen', ticks: 'sent', body, ...(replyTo === undefined ? {} : { replyTo }) });
  setImmediate(() => {
    chats.change(citizenId, item.wamid, { ticks: 'read' });
    const answer = answerFor(body);
    if (answer) chats.push(citizenId, { body: answer });
  });
  return item.wamid;
}

function answerFor(body: ChatBody): ChatBody | undefined {
  if (body.type === 'location') return { type: 'text', text: '*Ward G/N* office: Harishchandra Yelve Marg, Dadar.' };
  if (body.type !== 'text') return undefined;
  if (body.text !== 'Hi') return { type: 'text', text: `You wrote: ${body.text}` };
  return {
    type: 'buttons',
    text: 'Namaskar! Choose a language.',
    footer: 'You can change it at any time.',
    buttons: [
      { id: 'en', label: 'English' },
      { id: 'hi', label: 'हिन्दी' },
      { id: 'mr', label: 'मराठी' },
    ],
  };
}

function bodyOf(chats: Chats, citizenId: string, message: unknown): ChatBody {
  const text = (key: string) => textProperty(message, key) ?? '';
  switch (property(message, 'type')) {
    case 'tap':
      return { type: 'text', text: labelOf(chats, citizenId, { wamid: text('replyTo'), choiceId: text('choiceId') }) };
    case 'location':
      return {
        type: 'location',
        latitude: numberProperty(message, 'latitude') ?? 0,
        longitude: numberProperty(message, 'longitude') ?? 0,
      };
    case 'contacts':
      return { type: 'contacts', contacts: [{ name: text('name'), phones: [text('phone')] }] };
    case 'share_phone':
      return { type: 'contacts', contacts: [{ name: 'Meera Kulkarni', phones: ['+919999900001'] }] };
    case 'media':
      return mediaBody(message);
    default:
      return { type: 'text', text: text('text') };
  }
}

function mediaBody(message: unknown): ChatBody {
  const mediaId = textProperty(message, 'mediaId') ?? '';
  const caption = textProperty(message, 'caption');
  const fileName = textProperty(message, 'fileName');
  return {
    type: 'media',
    media: textProperty(message, 'media') ?? 'document',
    mediaId,
    url: `/simulator/api/media/${mediaId}`,
    mimeType: 'application/octet-stream',
    ...(caption === undefined ? {} : { caption }),
    ...(fileName === undefined ? {} : { fileName }),
  };
}

function labelOf(chats: Chats, citizenId: string, { wamid, choiceId }: { wamid: string; choiceId: string }): string {
  const body = chats.items.get(citizenId)?.find((item) => item.wamid === wamid)?.body;
  return choicesOf(body).find((choice) => choice.id === choiceId)?.label ?? choiceId;
}

function choicesOf(body: ChatBody | undefined): { id: string; label: string }[] {
  if (body?.type === 'buttons' || body?.type === 'template') return body.buttons;
  return body?.type === 'list' ? body.sections.flatMap((section) => section.rows) : [];
}
