/**
 * A call to the outside: scheduled in the transaction of the turn that asked, made by a worker, answered through the
 * inbox as a further input of the same conversation. Called at least once; the call's id goes along as Idempotency-Key.
 */
import type { CallResult } from '@hazir/core';
import { type ConversationKey, type InboxRow, ingest, type Tx } from '@hazir/store';
import type { OutsideCall, RuntimeDeps } from '../deps.ts';
import type { HttpClient } from '../http.ts';
import { parseJob } from './job.ts';

export interface HttpCallJob {
  call: OutsideCall;
  conversation: ConversationKey;
  callId: string;
  /** The id under which the answer enters the inbox: a repeated job changes nothing. */
  answerId: string;
}

/** Tries of the call itself; after them the conversation is told that it failed. */
export const CALL_TRIES = 3;
/** The answer must reach the inbox, whatever our own database does meanwhile: a conversation waits for it. */
const ATTEMPTS = 25;

export async function scheduleHttpCall(tx: Tx, job: HttpCallJob): Promise<void> {
  const { organizationId, contactId, channelId } = job.conversation;
  const payload = JSON.stringify({
    call: job.call,
    conversation: { organizationId, contactId, channelId },
    callId: job.callId,
    answerId: job.answerId,
  });
  await tx.query(`select graphile_worker.add_job('call_http', $1::json, max_attempts => $2, job_key => $3)`, [
    payload,
    ATTEMPTS,
    `call:${job.callId}`,
  ]);
}

/** Makes the call and puts its answer into the inbox. Throws to be tried again while attempts are left. */
export async function runHttpCall(
  deps: RuntimeDeps,
  http: HttpClient,
  work: { payload: unknown; lastAttempt: boolean; handOver: (rows: InboxRow[]) => void },
): Promise<void> {
  const job = parseJob<HttpCallJob>(work.payload);
  const result = deps.outside?.(job.call) ?? (await callOutside(http, job.call, work.lastAttempt));
  const payload = JSON.stringify({ type: 'answer', ...job.conversation, callId: job.callId, result });
  const { organizationId, channelId } = job.conversation;
  work.handOver(await ingest(deps.database.path, [{ id: job.answerId, payload, organizationId, channelId }]));
}

async function callOutside(http: HttpClient, call: OutsideCall, lastAttempt: boolean): Promise<CallResult> {
  const headers = { 'content-type': 'application/json', ...call.headers, 'idempotency-key': call.id };
  const response = await http.call({
    method: call.method,
    url: call.url,
    headers,
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  });
  const failed = 'network' in response || response.status >= 500;
  if (failed && !lastAttempt)
    throw new Error('network' in response ? `network: ${response.network}` : `status ${response.status}`);
  return resultOf(response);
}

function resultOf(response: Awaited<ReturnType<HttpClient['call']>>): CallResult {
  if ('network' in response)
    return { ok: false, error: { code: 'fetch:unreachable', message: 'The other system did not answer.' } };
  if (response.status >= 400)
    return { ok: false, error: { code: `fetch:status-${response.status}`, message: 'The other system refused.' } };
  try {
    return { ok: true, value: JSON.parse(response.body) };
  } catch {
    return { ok: false, error: { code: 'fetch:not-json', message: 'The other system did not answer with JSON.' } };
  }
}
