import {
  isJsonObject,
  type Json,
  listProperty,
  type MediaSource,
  numberProperty,
  type SharedContact,
  type TemplateMessage,
  textProperty,
} from '@hazir/core';
import type { Turn } from '../../step/turn.ts';
import type { CompileScope } from '../node-type.ts';

interface AttachmentsIn {
  media?: { kind: 'image' | 'video' | 'audio' | 'document'; source: string; fileName?: string | undefined } | undefined;
  attach?: { location?: string | undefined; contact?: string | undefined } | undefined;
}

export interface Attachments {
  /**
   * Sends the file, with the caption when there is one that fits; false when there is none to send or the text did not fit.
   * The template stands in for a file that carries the text.
   */
  media: (turn: Turn, caption?: string, fallback?: TemplateMessage) => boolean;
  /** Sends the map pin and the contact cards. */
  after: (turn: Turn) => void;
}

/** Compiles what goes along with a text. Values that are unset or incomplete at run time are left out. */
export function compileAttachments({ media, attach }: AttachmentsIn, scope: CompileScope): Attachments {
  const source = media === undefined ? undefined : scope.expression(media.source, { path: ['media', 'source'] });
  const fileName = media?.fileName === undefined ? undefined : scope.expression(media.fileName, { path: ['media', 'fileName'] });
  const location =
    attach?.location === undefined ? undefined : scope.expression(attach.location, { path: ['attach', 'location'] });
  const contact = attach?.contact === undefined ? undefined : scope.expression(attach.contact, { path: ['attach', 'contact'] });
  return {
    media(turn, caption, fallback) {
      const file = source === undefined ? undefined : mediaSource(turn.evaluate(source));
      if (file === undefined || media === undefined) return false;
      const fits = caption !== undefined && caption.length <= turn.context.capabilities.caption && media.kind !== 'audio';
      const named = fileName === undefined ? null : turn.evaluate(fileName);
      const rest = { ...(fits ? { caption } : {}), ...(typeof named === 'string' ? { fileName: named } : {}) };
      turn.post({ type: 'media', media: media.kind, source: file, ...rest }, fits ? fallback : undefined);
      return fits;
    },
    after(turn) {
      const pin = location === undefined ? undefined : pinOf(turn.evaluate(location));
      if (pin !== undefined) turn.post({ type: 'location', ...pin });
      const contacts = contact === undefined ? [] : contactsOf(turn.evaluate(contact));
      if (contacts.length > 0) turn.post({ type: 'contacts', contacts });
    },
  };
}

function mediaSource(value: Json): MediaSource | undefined {
  const link = typeof value === 'string' ? value : textProperty(value, 'link');
  if (link !== undefined) return link.startsWith('https://') ? { link } : undefined;
  const mimeType = textProperty(value, 'mimeType');
  if (mimeType === undefined) return undefined;
  const hash = textProperty(value, 'hash');
  const made = textProperty(value, 'made');
  if (hash !== undefined) return { hash, mimeType };
  return made === undefined ? undefined : { made, mimeType };
}

function pinOf(value: Json): { latitude: number; longitude: number; name?: string; address?: string } | undefined {
  const latitude = numberProperty(value, 'latitude');
  const longitude = numberProperty(value, 'longitude');
  if (latitude === undefined || longitude === undefined) return undefined;
  const name = textProperty(value, 'name');
  const address = textProperty(value, 'address');
  return { latitude, longitude, ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
}

function contactsOf(value: Json): SharedContact[] {
  return (Array.isArray(value) ? value : [value]).map(contactOf).filter((contact) => contact !== undefined);
}

function contactOf(value: Json): SharedContact | undefined {
  const name = textProperty(value, 'name');
  const phones = listProperty(value, 'phones')
    .filter(isJsonObject)
    .flatMap((each) => {
      const phone = textProperty(each, 'phone');
      const waId = textProperty(each, 'waId');
      return phone === undefined ? [] : [{ phone, ...(waId === undefined ? {} : { waId }) }];
    });
  return name === undefined || phones.length === 0 ? undefined : { name, phones };
}
