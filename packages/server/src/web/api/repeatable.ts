/** A call under an Idempotency-Key is answered as before when it comes again; what was refused leaves nothing behind and may be made again. */
import type { JsonObject } from '@hazir/core';
import { answerOnce } from '@hazir/services';
import type { Database, Tx } from '@hazir/store';
import type { Caller } from './admit.ts';
import { refuse } from './problems.ts';

interface Call {
  caller: Pick<Caller, 'organizationId' | 'id'>;
  idempotencyKey: string | undefined;
  /** What was asked, word for word: the same key with something else is refused. */
  call: string;
  now: Date;
}

/** Performs a call in one transaction. */
export function repeatable(
  database: Database,
  { caller, idempotencyKey, call, now }: Call,
  perform: (tx: Tx) => Promise<JsonObject>,
): Promise<JsonObject> {
  return database.transaction(async (tx) => {
    if (idempotencyKey === undefined) return perform(tx);
    const { organizationId, id: keyId } = caller;
    const answer = await answerOnce(tx, { organizationId, keyId, idempotencyKey, call, now }, () => perform(tx));
    return answer ?? refuse('api:key-reused', 'This Idempotency-Key came with another call before.');
  });
}
