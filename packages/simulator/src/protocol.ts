/**
 * The simulator's control API as data: what the phone page, the terminal chat, conversation tests and foreign scripts
 * speak. JSON, camelCase, below `/simulator/api`. The wire between simulator and Hazir is Meta's and is not described here.
 *
 * GET    /state                                -> SimulatorState
 * POST   /citizens              NewCitizen     -> Citizen
 * PATCH  /citizens/:id          CitizenChange  -> Citizen
 * POST   /citizens/:id/messages CitizenMessage -> { id }            (202; the webhook is delivered asynchronously)
 * POST   /citizens/:id/reads    { numberId }   -> 204               (the chat was opened: read receipts go out)
 * POST   /citizens/:id/typing   not simulated: WhatsApp tells a business nothing of it
 * GET    /citizens/:id/messages?numberId=&after=SEQ -> { items: ChatItem[] }
 * GET    /citizens/:id/events                  -> server-sent events, each data: a ChatItem (new or changed) or { typing, numberId }
 * POST   /media                 bytes, content-type and x-file-name headers -> { mediaId }
 * GET    /media/:id                            -> the bytes
 * GET    /faults, PUT /faults   Faults         -> Faults
 * POST   /clock                 { advanceMs }  -> { now }
 * GET    /requests?after=SEQ                   -> { items: GraphRequest[] }  (what Hazir asked of the Graph API)
 * GET    /deliveries?after=SEQ                 -> { items: Delivery[] }      (webhooks sent, with the response)
 * POST   /templates/:id/status { event, reason? } -> 204             (Meta approves, rejects, pauses, disables or reinstates it)
 * POST   /reset                                -> 204                (citizens, chats, media, logs, faults; the clock stays)
 */
import type { Json } from '@hazir/core';

/** What the platform tells a business of a person. */
export type IdentityMode = 'phone' | 'phone_and_user_id' | 'user_id_only';

export interface Citizen {
  id: string;
  name: string;
  /** E.164 digits without "+". */
  phone: string;
  /** Business-scoped user id, for example "IN.1A2B3C". */
  userId: string;
  username?: string;
  identityMode: IdentityMode;
  readReceipts: boolean;
  /** Offline: nothing is delivered until the phone is back. */
  online: boolean;
  onWhatsApp: boolean;
  marketing: 'resumed' | 'stopped';
}

export interface NewCitizen {
  name: string;
  phone?: string;
  username?: string;
  identityMode?: IdentityMode;
}

export interface CitizenChange {
  name?: string;
  online?: boolean;
  onWhatsApp?: boolean;
  readReceipts?: boolean;
  marketing?: 'resumed' | 'stopped';
  identityMode?: IdentityMode;
  /** Changes the number: a system message goes out and the user id is regenerated. */
  phone?: string;
  /** Regenerates the user id alone. */
  rotateUserId?: true;
}

/** What a citizen can send. `replyTo` is a ChatItem's wamid. */
export type CitizenMessage = { numberId: string; replyTo?: string } & (
  | { type: 'text'; text: string }
  /** A tap on a reply button or list row of the message `replyTo`. */
  | { type: 'tap'; choiceId: string; replyTo: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | {
      type: 'media';
      media: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
      mediaId: string;
      caption?: string;
      fileName?: string;
    }
  | { type: 'contacts'; name: string; phone: string }
  /** Answers a request for the citizen's own phone number. */
  | { type: 'share_phone'; replyTo: string }
  | { type: 'reaction'; wamid: string; emoji: string }
  | { type: 'edit'; wamid: string; text: string }
  | { type: 'revoke'; wamid: string }
  /** Any message object of Meta's shape, put into the envelope as it is. */
  | { type: 'raw'; message: Json }
);

export type Ticks = 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** One bubble in a chat. `seq` grows with every change, so that a reader can ask for what is new. */
export interface ChatItem {
  seq: number;
  wamid: string;
  numberId: string;
  from: 'citizen' | 'business';
  /** Milliseconds, the simulator's clock. */
  at: number;
  ticks: Ticks;
  /** Why it failed, in words for a developer; only with the ticks `failed`. */
  failure?: string;
  body: ChatBody;
  replyTo?: string;
  reaction?: string;
  edited?: boolean;
  revoked?: boolean;
}

export type ChatBody =
  | { type: 'text'; text: string }
  | { type: 'buttons'; header?: ChatHeader; text: string; footer?: string; buttons: { id: string; label: string }[] }
  | {
      type: 'list';
      header?: ChatHeader;
      text: string;
      footer?: string;
      openLabel: string;
      sections: { title?: string; rows: { id: string; label: string; detail?: string }[] }[];
    }
  | { type: 'link'; header?: ChatHeader; text: string; footer?: string; label: string; url: string }
  | { type: 'location_request'; text: string }
  | { type: 'contact_request'; text: string }
  | { type: 'media'; media: string; mediaId: string; url: string; mimeType: string; caption?: string; fileName?: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { type: 'contacts'; contacts: { name: string; phones: string[] }[] }
  | {
      type: 'template';
      header?: ChatHeader;
      text: string;
      footer?: string;
      buttons: { id: string; label: string; url?: string }[];
    }
  | { type: 'unsupported'; detail: string };

export type ChatHeader = { type: 'text'; text: string } | { type: 'media'; media: string; url: string };

export interface BusinessNumber {
  numberId: string;
  businessId: string;
  displayPhone: string;
  name: string;
  about?: string;
  /** Verified government badge. */
  verified: boolean;
}

/** Faults by name; probabilities are 0 to 1, from the seeded random. */
export interface Faults {
  /** A webhook is delivered again. */
  duplicate: number;
  /** A webhook waits and is overtaken by later ones. */
  reorder: number;
  /** Updates are collected and sent in one POST, at most this many (1: off, 1000: Meta's most). */
  batch: number;
  /** Extra milliseconds before each webhook. */
  delayMs: number;
  /** A send is refused with this Graph error code (for example 131056), with the probability. */
  fail: { code: number; probability: number } | null;
  /** A webhook for a status is never sent. */
  drop: number;
  /** A send is accepted but the connection closes before the response. */
  acceptThenTimeout: number;
  /** Milliseconds before each Graph response. */
  slowMs: number;
  /** Non-ASCII characters and slashes in webhooks are escaped, so that only a raw-byte signature matches. */
  escape: boolean;
}

export interface SimulatorState {
  now: number;
  seed: number;
  numbers: BusinessNumber[];
  citizens: Citizen[];
  faults: Faults;
}

export interface GraphRequest {
  seq: number;
  at: number;
  method: string;
  path: string;
  body: Json;
  status: number;
  response: Json;
}

export interface Delivery {
  seq: number;
  at: number;
  attempt: number;
  status: number | 'unreachable';
  body: Json;
}
