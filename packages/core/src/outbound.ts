/** What the engine asks to be said: channel-neutral; an adapter renders it within its capabilities. */
import type { MediaKind, SharedContact } from './inbound.ts';

export interface Choice {
  /** Comes back when tapped; unique within the message. */
  id: string;
  label: string;
  /** A second line, where the channel has room for one. */
  detail?: string;
}

/**
 * Where a file is: stored by us (SHA-256), at a public https address, or not yet anywhere: a service makes it when it is sent,
 * `<service>/<id>`.
 */
export type MediaSource = { hash: string; mimeType: string } | { link: string } | { made: string; mimeType: string };

export interface TemplateMessage {
  type: 'template';
  name: string;
  language: string;
  /** Body parameters in order; the channel cleans what its templates refuse (line breaks, empty values). */
  parameters: string[];
  /** Payloads of the template's quick-reply buttons, in order. */
  payloads?: string[];
}

export type OutboundContent =
  | { type: 'text'; text: string; preview?: boolean }
  | { type: 'choice'; text: string; header?: string; footer?: string; choices: Choice[]; listLabel?: string }
  | { type: 'media'; media: Exclude<MediaKind, 'sticker'>; source: MediaSource; caption?: string; fileName?: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { type: 'location_request'; text: string }
  | { type: 'contact_request'; text: string }
  | { type: 'link'; text: string; label: string; url: string }
  | { type: 'contacts'; contacts: SharedContact[] }
  | { type: 'reaction'; messageId: string; emoji: string }
  | TemplateMessage;

export interface OutboundMessage {
  content: OutboundContent;
  /** Quote this message of the citizen (the provider's id). */
  replyTo?: string;
  /** Sent instead when the channel's service window has closed. */
  fallback?: TemplateMessage;
}
