/** What stands in a worker's queue: something from the inbox, or a timer that rang. */
import type { CallResult, Identity, IdentityChanged, JsonObject, MessageReceived } from '@hazir/core';
import type { Input, PlatformText, RelayedFile } from '@hazir/flow';
import type { ConversationKey, InboxEntry, InboxRow, Lane } from '@hazir/store';

/** The answer of an outside call, as its job put it into the inbox. */
export interface AnswerReceived extends ConversationKey {
  type: 'answer';
  callId: string;
  result: CallResult;
}

/** A flow opened from outside (an officer, a broadcast, a test). */
export interface StartRequested extends ConversationKey {
  type: 'start';
  flow: string;
  values?: JsonObject;
  /** Default: notification. */
  lane?: Lane;
}

/** Something of the platform's own is to be said, such as that a file was lost. */
export interface SayRequested extends ConversationKey {
  type: 'say';
  text: PlatformText;
  values?: JsonObject;
}

/** Words of an officer, to a citizen whose ticket they have. */
export interface RelayRequested extends ConversationKey {
  type: 'relay';
  words: string;
  from: string;
  file?: RelayedFile;
}

export type InboxPayload =
  | Omit<MessageReceived, 'raw'>
  | Omit<IdentityChanged, 'raw'>
  | AnswerReceived
  | StartRequested
  | SayRequested
  | RelayRequested;

export type Item =
  | { kind: 'inbox'; row: InboxRow; payload: InboxPayload }
  | { kind: 'timer'; key: ConversationKey; dueAt: number };

/** What is put into the inbox; `parsed` is the payload before it was written as JSON. */
export interface Arrival extends InboxEntry {
  parsed?: InboxPayload;
}

/** A row of the inbox, read back or stored a moment ago. */
export type ArrivedRow = InboxRow & Pick<Arrival, 'parsed'>;

export function itemOf(row: ArrivedRow): Item {
  const payload: InboxPayload = row.parsed ?? JSON.parse(row.payload);
  return { kind: 'inbox', row, payload };
}

/** How urgent the answer is: whoever wrote waits for it. */
export function laneOf(item: Item): Lane {
  return item.kind === 'inbox' && item.payload.type === 'start' ? (item.payload.lane ?? 'notification') : 'reply';
}

/** Whom the answer goes to, where the input says it. */
export function sendersOf(item: Item): readonly Identity[] | undefined {
  return item.kind === 'inbox' && item.payload.type === 'message_received' ? item.payload.identities : undefined;
}

/** What the engine is told; undefined for updates that are not its concern. */
export function inputOf(item: Item): Input | undefined {
  if (item.kind === 'timer') return { type: 'timer' };
  const { payload, row } = item;
  switch (payload.type) {
    case 'message_received':
      return { type: 'message', content: payload.content, messageId: row.id };
    case 'answer':
      return { type: 'answer', callId: payload.callId, result: payload.result };
    case 'start':
      return { type: 'start', flow: payload.flow, ...(payload.values && { values: payload.values }) };
    case 'say':
      return { type: 'say', text: payload.text, ...(payload.values && { values: payload.values }) };
    case 'relay':
      return { type: 'relay', words: payload.words, from: payload.from, ...(payload.file && { file: payload.file }) };
    default:
      return undefined;
  }
}
