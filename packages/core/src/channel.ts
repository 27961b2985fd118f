/** The contract between the runtime and a channel adapter. An adapter builds requests and reads responses; it never calls. */
import type { Identity } from './identity.ts';
import type { ChannelUpdate, StatusReported } from './inbound.ts';
import type { Json } from './json.ts';
import type { OutboundContent, OutboundMessage } from './outbound.ts';

/** What a channel can carry; lengths are in the larger of UTF-16 units and code points. */
export interface ChannelCapabilities {
  text: number;
  /** Body of a message with choices. */
  choiceText: number;
  buttons: { most: number; label: number };
  list: { most: number; label: number; detail: number; openLabel: number };
  header: number;
  footer: number;
  caption: number;
  /** Most bytes of a file, by media kind. */
  mediaBytes: { image: number; video: number; audio: number; voice: number; document: number };
  locationRequest: boolean;
  contactRequest: boolean;
  templates: boolean;
  /** Milliseconds after a citizen's message in which free-form messages may be sent; absent: always. */
  serviceWindow?: number;
}

/** What an adapter must know of the account that sends. */
export interface ChannelAccount {
  accountId: string;
  /** Business account that owns it (WhatsApp: WABA id). */
  businessId: string;
  /** For example http://127.0.0.1:4000/graph, without a version. */
  baseUrl: string;
  version: string;
  accessToken: string;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  /** JSON text, or parts of a multipart form. */
  body?: string | { field: string; value: string | { bytes: Uint8Array; fileName: string; mimeType: string } }[];
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What the sender does after a response. */
export type SendOutcome =
  | { type: 'accepted'; externalId: string; recipient: Identity[]; held: boolean }
  /** Try again: after so many milliseconds, or by the sender's own back-off. */
  | { type: 'retry'; scope: 'message' | 'pair' | 'account'; after?: number; error: ChannelError }
  /** The request may have been carried out: wait for a status that carries the tracker. */
  | { type: 'in_doubt'; error: ChannelError }
  /** Outside the service window: send the fall-back template where one is named. */
  | { type: 'window_closed'; error: ChannelError }
  /** Never will: give up on this message, tell the flow. */
  | { type: 'rejected'; reason: 'unreachable' | 'opted_out' | 'bad_request' | 'template' | 'feature'; error: ChannelError }
  /** The account cannot send: hold the whole queue and alert the operator. */
  | { type: 'account_stopped'; error: ChannelError };

export interface ChannelError {
  /** The provider's own code, for example "131047"; "http:502" or "network" where there is none. */
  code: string;
  title: string;
  /** What the operator can do, one sentence. */
  remedy: string;
}

export interface SendContext {
  account: ChannelAccount;
  to: Identity[];
  /** Comes back in every status. */
  tracker: string;
  /** Uploaded media ids by content hash, or by the name of what a service made. */
  mediaIds: ReadonlyMap<string, string>;
}

export interface WebhookRequest {
  headers: Record<string, string | undefined>;
  rawBody: Uint8Array;
}

/** Primitives that a pure adapter may not import. */
export interface AdapterCrypto {
  hmacSha256Hex: (key: string, bytes: Uint8Array) => string;
  equalConstantTime: (a: string, b: string) => boolean;
}

export interface ChannelAdapter {
  /** For example "whatsapp". */
  channelType: string;
  capabilities: ChannelCapabilities;
  /** Checks the signature over the raw bytes; any of the secrets may match (rotation). */
  verify: (request: WebhookRequest, secrets: readonly string[], crypto: AdapterCrypto) => boolean;
  /**
   * The account that a body names, found without parsing it: a hint which secret to try first. The body is not trusted for it.
   */
  accountIn: (body: string) => string | undefined;
  /** Answers the provider's subscription handshake: the text to return, or undefined to refuse with 403. */
  handshake: (query: Record<string, string | undefined>, tokens: readonly string[], crypto: AdapterCrypto) => string | undefined;
  /** Reads one parsed webhook body; never throws: what it does not know becomes unknown_received. */
  parse: (body: Json) => ChannelUpdate[];
  /** Problems of a message against the channel's limits; empty when it can be sent. */
  check: (content: OutboundContent) => string[];
  /** Throws HazirError `channel:...` when the message cannot be expressed. Clips what may be clipped, on grapheme borders. */
  render: (message: OutboundMessage, context: SendContext) => HttpRequest;
  renderRead: (externalId: string, typing: boolean, account: ChannelAccount) => HttpRequest;
  /** `network`: no response came; sent is true when the request may have reached the provider. */
  classify: (response: HttpResponse | { network: string; sent: boolean }) => SendOutcome;
  /** The same table for an error that arrives later, in a `failed` status of a message that had been accepted. */
  classifyFailure: (error: NonNullable<StatusReported['error']>) => SendOutcome;
  media: {
    /** First step of a download: asks for a short-lived address. */
    locate: (mediaId: string, account: ChannelAccount) => HttpRequest;
    /** Second step: the download itself; throws `channel:media-host` for a host that is not the provider's. */
    download: (
      located: HttpResponse,
      account: ChannelAccount,
    ) => { request: HttpRequest; mimeType: string; sha256?: string; bytes?: number };
    upload: (file: { bytes: Uint8Array; mimeType: string; fileName: string }, account: ChannelAccount) => HttpRequest;
    uploadedId: (response: HttpResponse) => string | undefined;
  };
  /** Reads an account's throughput from a notice, in messages per second, where the notice says it. */
  throughput: (notice: Json) => number | undefined;
}
