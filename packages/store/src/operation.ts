/** What a citizen service lends to the runtime: operations that run inside the transaction of the turn that calls them. */
import type { CallResult, CallSubject, JsonObject, OperationSignature } from '@hazir/core';
import type { Tx } from './database.ts';

export interface OperationContext {
  tx: Tx;
  subject: CallSubject;
  now: Date;
  /** The same ids when a crashed turn is run again. */
  newId: () => string;
  random: () => number;
}

export interface Operation {
  signature: OperationSignature;
  run: (input: JsonObject, context: OperationContext) => Promise<CallResult>;
}
