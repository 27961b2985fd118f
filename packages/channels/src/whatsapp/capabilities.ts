/**
 * Limits of WhatsApp messages, from Meta's Cloud API reference. Where two of Meta's pages disagree the smaller value
 * stands (list body 1024 or 4096, contacts 5 or 257), and "MB" is read as a million bytes.
 */
import type { ChannelCapabilities } from '@hazir/core';

const hour = 3_600_000;

export const capabilities: ChannelCapabilities = {
  text: 4096,
  choiceText: 1024,
  buttons: { most: 3, label: 20 },
  list: { most: 10, label: 24, detail: 72, openLabel: 20 },
  header: 60,
  footer: 60,
  caption: 1024,
  mediaBytes: { image: 5_000_000, video: 16_000_000, audio: 16_000_000, voice: 16_000_000, document: 100_000_000 },
  locationRequest: true,
  contactRequest: true,
  templates: true,
  serviceWindow: 24 * hour,
};

/** Limits that only this adapter checks. */
export const limits = {
  /** A button's id may have 256, a list row's 200; a choice may be rendered as either. */
  choiceId: 200,
  linkLabel: 20,
  url: 2000,
  contacts: 5,
  templateName: 512,
  /** A whole template body has 1024; one value cannot have more. */
  templateValue: 1024,
  payload: 256,
  fileName: 240,
  tracker: 512,
} as const;

/** Content types that Meta accepts per media kind, without parameters such as codecs. */
export const mediaTypes: Readonly<Record<'image' | 'video' | 'audio' | 'voice' | 'document', readonly string[]>> = {
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gpp'],
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  voice: ['audio/ogg'],
  document: [
    'text/plain',
    'application/pdf',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
};
