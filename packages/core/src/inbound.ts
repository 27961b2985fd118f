/** What a channel adapter reads from one webhook: the channel-neutral form of everything that can arrive. */
import type { Identity } from './identity.ts';
import type { Json } from './json.ts';

export type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';

export interface InboundMedia {
  type: 'media';
  media: MediaKind;
  /** The provider's id, good for a later download. */
  mediaId: string;
  mimeType: string;
  /** Lower-case hex of the content, where the provider says it. */
  sha256?: string;
  caption?: string;
  fileName?: string;
}

export interface SharedContact {
  name: string;
  phones: { phone: string; waId?: string }[];
}

export type InboundContent =
  | { type: 'text'; text: string }
  /** A tap on an option that we offered (`button`, `list`) or on a template's quick reply (`template`). */
  | { type: 'choice'; id: string; label: string; source: 'button' | 'list' | 'template' }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | InboundMedia
  | { type: 'contacts'; contacts: SharedContact[]; requested: boolean }
  | { type: 'form'; name: string; values: Json }
  | {
      type: 'order';
      catalogId: string;
      text?: string;
      items: { productId: string; quantity: number; price: number; currency: string }[];
    }
  /** No emoji: the reaction was taken back. */
  | { type: 'reaction'; messageId: string; emoji?: string }
  | { type: 'edit'; messageId: string; text?: string }
  | { type: 'revoke'; messageId: string }
  | { type: 'unsupported'; detail: string };

/** A message from a citizen. */
export interface MessageReceived {
  type: 'message_received';
  /** The provider's account that it came to (WhatsApp: phone-number id). */
  accountId: string;
  externalId: string;
  identities: Identity[];
  profileName?: string;
  /** Milliseconds since 1970, by the provider's clock. */
  timestamp: number;
  content: InboundContent;
  /** The message of ours (or theirs) that this one quotes or answers. */
  replyTo?: string;
  forwarded?: boolean;
  /** The advertisement or post that brought the citizen here. */
  referral?: { sourceType: string; sourceId?: string; url?: string };
  raw: Json;
}

/** Ranked so that a later fact never lowers the status shown; `failed` loses against delivered and read. */
export type MessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** A fact about a message of ours, as the provider timestamped it. Facts may repeat and come in any order. */
export interface StatusReported {
  type: 'status_reported';
  accountId: string;
  externalId: string;
  status: MessageStatus;
  timestamp: number;
  /** What we sent as tracker; for WhatsApp biz_opaque_callback_data. */
  tracker?: string;
  error?: { code: string; title: string; detail?: string };
  pricing?: { billable: boolean; model: string; category: string; kind: string };
  raw: Json;
}

/** The provider says that a person's identifiers changed. */
export interface IdentityChanged {
  type: 'identity_changed';
  accountId: string;
  externalId: string;
  timestamp: number;
  before: Identity[];
  after: Identity[];
  /** `number`: the old phone may belong to somebody else tomorrow. `user_id`: same person, new id. `security`: device keys changed. */
  reason: 'number' | 'user_id' | 'security';
  raw: Json;
}

/** A notice for the operator: template review, quality, account, throughput ... kept and shown. */
export interface NoticeReceived {
  type: 'notice_received';
  /** Phone-number id or business-account id. */
  accountId: string;
  field: string;
  timestamp?: number;
  raw: Json;
}

/** Something that this version does not know: kept raw, counted, answered 200. */
export interface UnknownReceived {
  type: 'unknown_received';
  accountId?: string;
  reason: string;
  raw: Json;
}

export type ChannelUpdate = MessageReceived | StatusReported | IdentityChanged | NoticeReceived | UnknownReceived;
