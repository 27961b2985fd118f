/** The kinds of answer that "ask" knows: how each is read from a message, and how each is asked for a second time. */
import type { InboundContent, InboundMedia, Json, JsonObject, MediaKind } from '@hazir/core';
import { asciiDigits, extractEntities } from '@hazir/language';
import type { ValueType } from '../../expressions/value-type.ts';
import { DEFAULT_TEXT_LENGTH, MOST_INPUT_LENGTH } from '../../limits.ts';
import type { PlatformText } from '../../locales/locale.ts';
import { dayOf, readDate } from './read-date.ts';
import { readNumber, readPhone, readPin } from './read-text.ts';

export type Kind = 'text' | 'number' | 'date' | 'pin' | 'phone' | 'location' | 'place' | 'photo' | 'document' | 'voice';

/** Why an answer was refused: the platform text that says what is wanted. */
export interface Refusal {
  text: PlatformText;
  values?: { [name: string]: Json };
}

/** A value; a refusal; or undefined where the message is not of the kind at all. */
export type Reading = { value: Json } | Refusal | undefined;

/** What the node asks for, and what reading depends on. */
export interface ReadLimits {
  min?: number | string | undefined;
  max?: number | string | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  decimals?: boolean | undefined;
  /** Form of the number that a text asks for. */
  form?: string | undefined;
  messageId: string;
  now: number;
  timeZone: string;
  languages: readonly string[];
}

interface KindDefinition {
  type: (source: { decimals?: boolean | undefined }) => ValueType;
  read: (content: InboundContent, limits: ReadLimits) => Reading;
  retry: PlatformText;
}

const TEXT = 'string' as const;
const location: ValueType = { fields: { latitude: 'double', longitude: 'double', name: TEXT, address: TEXT } };
/** What is saved of a place: a position, or a PIN code. */
export const PLACE_TYPE: ValueType = {
  fields: { latitude: 'double', longitude: 'double', name: TEXT, address: TEXT, pin: TEXT },
};
/** What is saved of a file; it is kept by the message. */
export const MEDIA_TYPE: ValueType = { fields: { messageId: TEXT, media: TEXT, mimeType: TEXT, caption: TEXT, fileName: TEXT } };

export const KINDS: Readonly<Record<Kind, KindDefinition>> = {
  text: { type: () => TEXT, read: readText, retry: 'retry_text' },
  number: { type: ({ decimals }) => (decimals === true ? 'double' : 'int'), read: written(readNumber), retry: 'retry_number' },
  date: { type: () => TEXT, read: written(readDate), retry: 'retry_date' },
  pin: { type: () => TEXT, read: written((text) => readPin(text)), retry: 'retry_pin' },
  phone: { type: () => TEXT, read: readPhoneFrom, retry: 'retry_phone' },
  location: { type: () => location, read: readLocation, retry: 'retry_location' },
  place: { type: () => PLACE_TYPE, read: readPlace, retry: 'retry_place' },
  photo: { type: () => MEDIA_TYPE, read: readMedia('image'), retry: 'retry_photo' },
  document: { type: () => MEDIA_TYPE, read: readMedia('document', 'image'), retry: 'retry_document' },
  voice: { type: () => MEDIA_TYPE, read: readMedia('voice', 'audio'), retry: 'retry_voice' },
};

const SENT = ['photo', 'voice', 'document', 'place'] as const;
const ONLY_PIN = /^\d{3} ?\d{3}$/;

/** A file or place as "ask" would save it; undefined for whatever else was sent. Of words only a bare PIN code is a place. */
export function sentThing(content: InboundContent, limits: ReadLimits): { kind: (typeof SENT)[number]; value: Json } | undefined {
  if (content.type === 'text' && !ONLY_PIN.test(asciiDigits(content.text.slice(0, MOST_INPUT_LENGTH)).trim())) return undefined;
  for (const kind of SENT) {
    const reading = KINDS[kind].read(content, limits);
    if (reading !== undefined && 'value' in reading) return { kind, value: reading.value };
  }
  return undefined;
}

function written(read: (text: string, limits: ReadLimits) => Reading): KindDefinition['read'] {
  return (content, limits) =>
    content.type === 'text' ? read(content.text.slice(0, MOST_INPUT_LENGTH).toWellFormed(), limits) : undefined;
}

function readText(content: InboundContent, limits: ReadLimits): Reading {
  const { minLength = 1, maxLength = DEFAULT_TEXT_LENGTH, form } = limits;
  if (content.type !== 'text') return undefined;
  const text = content.text.slice(0, MOST_INPUT_LENGTH).toWellFormed().trim();
  if (text.length > maxLength) return { text: 'retry_text_long', values: { max: maxLength } };
  if (text.length < minLength)
    return text === '' ? { text: 'retry_text' } : { text: 'retry_text_short', values: { min: minLength } };
  return form === undefined ? { value: text } : readForm(text, form, dayOf(limits.now, limits.timeZone));
}

const DIGITS = /\p{Nd}/gu;
const PLACES = /[#*]/g;

/** A number of the form, wherever it stands; with at most one digit missing it is for the flow to check. All else is no answer. */
function readForm(text: string, form: string, today: string): Reading {
  const found = extractEntities(text, { today, references: [{ name: 'form', template: form }] }).filter(
    ({ kind }) => kind === 'reference',
  );
  const [first] = found;
  if (first?.kind === 'reference' && found.length === 1) return { value: first.value };
  const missing = (form.match(PLACES)?.length ?? 0) - (text.match(DIGITS)?.length ?? 0);
  return missing <= 1 ? { value: text } : { text: 'retry_text' };
}

function readPhoneFrom(content: InboundContent): Reading {
  if (content.type === 'text') return readPhone(content.text.slice(0, MOST_INPUT_LENGTH));
  if (content.type !== 'contacts') return undefined;
  const shared = content.contacts[0]?.phones[0];
  return shared === undefined ? undefined : readPhone(shared.waId === undefined ? shared.phone : `+${shared.waId}`);
}

function readLocation(content: InboundContent): Reading {
  if (content.type !== 'location') return undefined;
  const { latitude, longitude, name, address } = content;
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return {
    value: { latitude, longitude, ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) },
  };
}

function readPlace(content: InboundContent): Reading {
  if (content.type !== 'text') return readLocation(content);
  const pin = readPin(content.text.slice(0, MOST_INPUT_LENGTH));
  return pin !== undefined && 'value' in pin ? { value: { pin: pin.value } } : { text: 'retry_place' };
}

/** People send photos as files, so a file of the right type counts too. */
function readMedia(...kinds: MediaKind[]): KindDefinition['read'] {
  return (content, { messageId }) => {
    if (content.type !== 'media') return undefined;
    const imageFile = kinds[0] === 'image' && content.media === 'document' && content.mimeType.startsWith('image/');
    return kinds.includes(content.media) || imageFile ? { value: mediaValue(content, messageId) } : undefined;
  };
}

function mediaValue({ media: kind, mimeType, caption, fileName }: InboundMedia, messageId: string): JsonObject {
  const text = caption?.slice(0, MOST_INPUT_LENGTH).toWellFormed();
  return {
    messageId,
    media: kind,
    mimeType: mimeType.slice(0, 100),
    ...(text === undefined ? {} : { caption: text }),
    ...(fileName === undefined ? {} : { fileName: fileName.slice(0, 200).toWellFormed() }),
  };
}
