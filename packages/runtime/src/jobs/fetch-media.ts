/** Fetches a citizen's file at once: the provider's address lives five minutes, its media id seven days. */
import { createHash } from 'node:crypto';
import { HazirError } from '@hazir/core';
import type { PlatformText } from '@hazir/flow';
import { derivedId, expectFile, fetchedFile, type InboxRow, ingest, type MessageFile, recordFile, type Tx } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import { keepFile } from '../files/keep-file.ts';
import { type HttpClient, type NetworkFailure, TOO_LARGE } from '../http.ts';
import type { Arrival, SayRequested } from '../inbound/item.ts';
import { parseJob } from './job.ts';

/** With the queue's back-off about a day: the file may be fetched for seven. */
const ATTEMPTS = 12;

export async function scheduleFetch(tx: Tx, file: MessageFile): Promise<void> {
  await expectFile(tx, file);
  await tx.query(`select graphile_worker.add_job('fetch_media', $1::json, max_attempts => $2, job_key => $3)`, [
    JSON.stringify(file),
    ATTEMPTS,
    `media:${file.messageId}`,
  ]);
}

/** Fetches each file once, whoever asks for it and how often. */
export interface MediaFetcher {
  /** The file, from the store or from the provider; then it is kept. */
  fetch: (file: MessageFile) => Promise<Fetched>;
}

interface Fetched {
  bytes: Uint8Array;
  mimeType: string;
}

export function createMediaFetcher(deps: RuntimeDeps, http: HttpClient): MediaFetcher {
  const underWay = new Map<string, Promise<Fetched>>();
  const fetch = async (file: MessageFile): Promise<Fetched> => {
    const known = await fetchedFile(deps.database, file);
    const bytes = known === undefined ? undefined : await deps.files.get(known.hash);
    if (known !== undefined && bytes !== undefined) return { bytes, mimeType: known.mimeType };
    const { content, ...kept } = await keepFile(deps.files, await fetchMedia(deps, http, file));
    await recordFile(deps.database, file, kept);
    return { bytes: content, mimeType: kept.mimeType };
  };
  return {
    fetch: (file) => {
      const running = underWay.get(file.messageId) ?? fetch(file).finally(() => underWay.delete(file.messageId));
      underWay.set(file.messageId, running);
      return running;
    },
  };
}

/** Throws to be tried again while attempts are left and may help; then notes why there is no file, and the citizen hears of it. */
export async function runFetch(
  deps: RuntimeDeps,
  media: MediaFetcher,
  work: { payload: unknown; lastAttempt: boolean; handOver: (rows: InboxRow[]) => void },
): Promise<void> {
  const file = parseJob<MessageFile>(work.payload);
  try {
    await media.fetch(file);
  } catch (error) {
    const code = error instanceof HazirError ? error.code : undefined;
    const text = FINAL.get(code ?? '');
    if (!work.lastAttempt && text === undefined) throw error;
    await recordFile(deps.database, file, { error: error instanceof Error ? error.message : 'unknown' });
    deps.log('warn', 'media_lost', { message: file.messageId, code });
    work.handOver(await ingest(deps.database.path, [lossEntry(deps, file, text ?? 'file_lost')]));
  }
}

/** It will be no smaller and no better the next time. */
const FINAL: ReadonlyMap<string, PlatformText> = new Map([
  ['media:too-large', 'file_large'],
  ['media:infected', 'file_unsafe'],
]);

/** Under an id of the message's: said once, however often the job runs. */
function lossEntry({ settings }: RuntimeDeps, file: MessageFile, text: PlatformText): Arrival {
  const { organizationId, contactId, channelId, messageId } = file;
  const values = { megabytes: Math.floor(settings.fileBytes / 1_000_000) };
  const said: SayRequested = { type: 'say', organizationId, contactId, channelId, text, values };
  return { id: derivedId(messageId, 'file-lost'), organizationId, channelId, payload: JSON.stringify(said), parsed: said };
}

async function fetchMedia(deps: RuntimeDeps, http: HttpClient, file: MessageFile): Promise<Fetched> {
  const channel = deps.channels.byId(file.channelId);
  const adapter = channel && deps.adapters.get(channel.channelType);
  if (channel === undefined || adapter === undefined)
    throw new HazirError('media:no-channel', 'The number of this message is gone.');
  const located = await http.call(adapter.media.locate(file.providerMediaId, channel));
  if ('network' in located) throw networkError(located);
  const { request, mimeType, sha256 } = adapter.media.download(located, channel);
  const answer = await http.download(request, deps.settings.fileBytes);
  if ('network' in answer && answer.network === TOO_LARGE)
    throw new HazirError('media:too-large', `The file is larger than ${deps.settings.fileBytes} bytes.`);
  if ('network' in answer) throw networkError(answer);
  if ('status' in answer) throw new HazirError('media:refused', `The provider answered ${answer.status}.`);
  const hash = createHash('sha256').update(answer.bytes).digest('hex');
  if (sha256 !== undefined && sha256 !== hash) throw new HazirError('media:hash', 'The file is not the one that was announced.');
  return { bytes: answer.bytes, mimeType };
}

function networkError(failure: NetworkFailure): HazirError {
  return new HazirError('media:unreachable', `The provider did not answer: ${failure.network}.`);
}
