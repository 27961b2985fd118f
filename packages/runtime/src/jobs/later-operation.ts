/**
 * An operation of a service of ours that takes long or needs a citizen's file: scheduled in the transaction of the turn that called it,
 * run by a worker, answered through the inbox as a further input of the same conversation.
 */
import type { CallRequest, CallResult, CallSubject } from '@hazir/core';
import { type ConversationKey, derivedId, fileOfMessage, type InboxRow, ingest, type Operation, type Tx } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { AskSystem } from '../systems/ask.ts';
import { seededRandom } from '../turn/random.ts';
import type { MediaFetcher } from './fetch-media.ts';
import { parseJob } from './job.ts';

export interface LaterOperationJob {
  call: Extract<CallRequest, { kind: 'service' }>;
  conversation: ConversationKey;
  subject: CallSubject;
  /** Version of the pack that the conversation stands on. */
  version: string;
  callId: string;
  /** The id under which the answer enters the inbox: a repeated job changes nothing. */
  answerId: string;
}

/** Tries of the operation; after them the conversation is told that it failed. */
export const OPERATION_TRIES = 3;
/** The answer must reach the inbox, whatever our own database does meanwhile: a conversation waits for it. */
const ATTEMPTS = 25;

export async function scheduleOperation(tx: Tx, job: LaterOperationJob): Promise<void> {
  await tx.query(`select graphile_worker.add_job('run_operation', $1::json, max_attempts => $2, job_key => $3)`, [
    JSON.stringify(job),
    ATTEMPTS,
    `operation:${job.callId}`,
  ]);
}

/** What a later operation reaches. */
export interface Outside {
  media: MediaFetcher;
  askSystem: AskSystem;
}

/** Runs it and puts its answer into the inbox. Throws to be tried again while tries are left. */
export async function runLaterOperation(
  deps: RuntimeDeps,
  outside: Outside,
  work: { payload: unknown; lastAttempt: boolean; handOver: (rows: InboxRow[]) => void },
): Promise<void> {
  const job = parseJob<LaterOperationJob>(work.payload);
  const result = await resultOf(deps, outside, { ...job, lastAttempt: work.lastAttempt });
  const payload = JSON.stringify({ type: 'answer', ...job.conversation, callId: job.callId, result });
  const { organizationId, channelId } = job.conversation;
  work.handOver(await ingest(deps.database.path, [{ id: job.answerId, payload, organizationId, channelId }]));
}

async function resultOf(
  deps: RuntimeDeps,
  { media, askSystem }: Outside,
  job: LaterOperationJob & { lastAttempt: boolean },
): Promise<CallResult> {
  const { call, subject, callId } = job;
  const operation = await operationOf(deps, job);
  if (operation === undefined)
    return { ok: false, error: { code: 'call:unknown-operation', message: `No operation ${call.operation}` } };
  let ids = 0;
  try {
    return await operation.run(call.input, {
      tx: deps.database,
      subject,
      now: new Date(deps.now()),
      newId: () => derivedId(callId, ids++),
      random: seededRandom(callId),
      ask: async (request) => deps.outside?.(request) ?? (await askSystem(request, subject.organizationId)).result,
      fileOf: (messageId) => contentOf(deps, media, { ...subject, messageId }),
    });
  } catch (error) {
    if (!job.lastAttempt) throw error;
    deps.log('warn', 'operation_failed', { operation: call.operation });
    return { ok: false, error: { code: 'call:failed', message: `${call.operation} did not come to an end.` } };
  }
}

async function operationOf({ channels, packs }: RuntimeDeps, job: LaterOperationJob): Promise<Operation | undefined> {
  const { organizationId, channelId } = job.conversation;
  const channel = channels.byId(channelId);
  if (channel === undefined) return undefined;
  const loaded = () => packs.byVersion(organizationId, channel.pack, job.version);
  if (loaded() === undefined) await packs.load(organizationId, channel.pack, job.version);
  return loaded()?.operations.get(job.call.operation);
}

async function contentOf(
  { database }: RuntimeDeps,
  media: MediaFetcher,
  wanted: { organizationId: number; contactId: string; messageId: string },
): Promise<Uint8Array> {
  const file = await fileOfMessage(database, wanted);
  if (file === undefined) throw new Error('the message has no file');
  return (await media.fetch(file)).bytes;
}
