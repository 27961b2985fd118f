/**
 * A provider is asked about a message: scheduled in the transaction of the turn that asked, made by a worker, answered through
 * the inbox as a further input of the same conversation. Without an answer the conversation is told so and goes on.
 */
import type { CallRequest, CallResult } from '@hazir/core';
import { type ConversationKey, type InboxRow, ingest, type Tx } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { MediaFetcher } from './fetch-media.ts';
import { parseJob } from './job.ts';

/** A call to a provider: about a message, or of a node that says approved words. */
export type AskedCall = Extract<CallRequest, { kind: 'transcribe' | 'choose' | 'rephrase' }>;

export interface ProviderCallJob {
  call: AskedCall;
  conversation: ConversationKey;
  callId: string;
  /** The id under which the answer enters the inbox: a repeated job changes nothing. */
  answerId: string;
}

/** Tries to fetch what was said; the provider itself is tried again by the gateway. */
export const ASK_TRIES = 3;
/** The answer must reach the inbox, whatever our own database does meanwhile: a conversation waits for it. */
const ATTEMPTS = 25;

export async function scheduleProviderCall(tx: Tx, job: ProviderCallJob): Promise<void> {
  const { organizationId, contactId, channelId } = job.conversation;
  const payload = JSON.stringify({ ...job, conversation: { organizationId, contactId, channelId } });
  await tx.query(`select graphile_worker.add_job('ask_provider', $1::json, max_attempts => $2, job_key => $3)`, [
    payload,
    ATTEMPTS,
    `ask:${job.callId}`,
  ]);
}

/** Asks and puts the answer into the inbox. Throws to be tried again while attempts are left. */
export async function runProviderCall(
  deps: RuntimeDeps,
  media: MediaFetcher,
  work: { payload: unknown; lastAttempt: boolean; handOver: (rows: InboxRow[]) => void },
): Promise<void> {
  const job = parseJob<ProviderCallJob>(work.payload);
  const result = await resultOf(deps, media, { ...job, lastAttempt: work.lastAttempt });
  const payload = JSON.stringify({ type: 'answer', ...job.conversation, callId: job.callId, result });
  const { organizationId, channelId } = job.conversation;
  work.handOver(await ingest(deps.database.path, [{ id: job.answerId, payload, organizationId, channelId }]));
}

async function resultOf(
  { providers }: RuntimeDeps,
  media: MediaFetcher,
  { call, conversation, lastAttempt }: ProviderCallJob & { lastAttempt: boolean },
): Promise<CallResult> {
  const { organizationId } = conversation;
  if (providers === undefined) return { ok: false, error: { code: 'provider:none', message: 'No provider is set up any more.' } };
  if (call.kind === 'choose') return providers.choose(organizationId, call);
  if (call.kind === 'rephrase') return providers.rephrase(organizationId, call);
  const file = { ...conversation, messageId: call.messageId, providerMediaId: call.mediaId };
  try {
    const { bytes, mimeType } = await media.fetch(file);
    return await providers.transcribe(organizationId, { ...call, bytes, mimeType });
  } catch (error) {
    if (!lastAttempt) throw error;
    return { ok: false, error: { code: 'provider:no-file', message: 'The voice message could not be fetched.' } };
  }
}
