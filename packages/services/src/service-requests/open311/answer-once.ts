/** A call that comes again under its idempotency key is answered as before, and does nothing a second time. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';

export interface RepeatableCall {
  organizationId: number;
  keyId: string;
  idempotencyKey: string;
  /** The whole call, as text. */
  call: string;
  now: Date;
}

/** For so long an answer is kept. */
const KEPT_MS = 48 * 3_600_000;

/**
 * Performs the call, or gives the answer that it had; undefined when the key was used for another call. Within a transaction:
 * a second one waits for the first, and what fails leaves no answer.
 */
export async function answerOnce(
  tx: Tx,
  { organizationId, keyId, idempotencyKey, call, now }: RepeatableCall,
  perform: () => Promise<JsonObject>,
): Promise<JsonObject | undefined> {
  await tx.query('delete from api_answers where answered_at < $1', [new Date(now.getTime() - KEPT_MS)]);
  const key = [organizationId, keyId, idempotencyKey];
  const hash = createHash('sha256').update(call).digest();
  const { rowCount } = await tx.query(
    `insert into api_answers (organization_id, key_id, idempotency_key, call_hash, answered_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [...key, hash, now],
  );
  const ofKey = 'organization_id = $1 and key_id = $2 and idempotency_key = $3';
  if (rowCount === 1) {
    const answer = await perform();
    await tx.query(`update api_answers set answer = $4 where ${ofKey}`, [...key, answer]);
    return answer;
  }
  const { rows } = await tx.query<{ answer: JsonObject }>(`select answer from api_answers where ${ofKey} and call_hash = $4`, [
    ...key,
    hash,
  ]);
  return rows[0]?.answer;
}
