/** What a citizen service lends to the runtime: operations that run inside the transaction of the turn that calls them, or right after it. */
import type { CallRequest, CallResult, CallSubject, JsonObject, OperationSignature } from '@hazir/core';
import type { Tx } from './database.ts';

export interface OperationContext {
  tx: Tx;
  subject: CallSubject;
  now: Date;
  /** The same ids when a crashed turn is run again. */
  newId: () => string;
  random: () => number;
  /** The content of a file that the citizen has sent, by the id of its message; only where the operation runs `later`. Throws where it cannot be had. */
  fileOf?: (messageId: string) => Promise<Uint8Array>;
  /** Asks another system, as `fetch` does in a flow; only where the operation runs `later`. */
  ask?: (call: Extract<CallRequest, { kind: 'http' }>) => Promise<CallResult>;
}

export interface Operation {
  signature: OperationSignature;
  /** Takes long, or needs a file: it runs after the turn, in a job, and its answer is a further input of the conversation. */
  later?: true;
  run: (input: JsonObject, context: OperationContext) => Promise<CallResult>;
}
