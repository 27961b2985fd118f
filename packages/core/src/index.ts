export type {
  AdapterCrypto,
  ChannelAccount,
  ChannelAdapter,
  ChannelCapabilities,
  ChannelError,
  HttpRequest,
  HttpResponse,
  SendContext,
  SendOutcome,
  WebhookRequest,
} from './channel.ts';
export { type ErrorCode, HazirError, type HazirErrorOptions, type Problem } from './errors.ts';
export { IDENTITY_TRUST, type Identity, type IdentityKind } from './identity.ts';
export type {
  ChannelUpdate,
  IdentityChanged,
  InboundContent,
  InboundMedia,
  MediaKind,
  MessageReceived,
  MessageStatus,
  NoticeReceived,
  SharedContact,
  StatusReported,
  UnknownReceived,
} from './inbound.ts';
export { isJsonObject, type Json, type JsonObject, listProperty, numberProperty, property, textProperty } from './json.ts';
export type { Choice, MediaSource, OutboundContent, OutboundMessage, TemplateMessage } from './outbound.ts';
export type { CallError, CallRequest, CallResult, CallSubject, JsonSchema, OperationSignature } from './service.ts';
export { clip, graphemeCount, textLength } from './text.ts';
