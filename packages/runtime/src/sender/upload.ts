/** A message's file: lent to the provider before the message that shows it. What a service makes is made here, at the last moment. */
import { type ChannelAdapter, HazirError, type MediaSource, type OutboundMessage, type SendOutcome } from '@hazir/core';
import { type Channel, type OutboxRow, saveUpload, uploadedMedia } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { HttpClient } from '../http.ts';

export interface Uploading {
  message: OutboundMessage;
  row: OutboxRow;
  channel: Channel;
  adapter: ChannelAdapter;
}

interface UploadContext {
  deps: RuntimeDeps;
  http: HttpClient;
}

/** WhatsApp keeps uploads 30 days; we renew a day early. */
const UPLOAD_LIVES_MS = 29 * 86_400_000;

export const NO_FILES: ReadonlyMap<string, string> = new Map();

export function hasFile({ content }: OutboundMessage): boolean {
  return content.type === 'media' && !('link' in content.source);
}

export class UploadFailed extends Error {
  readonly outcome: SendOutcome;

  constructor(outcome: SendOutcome) {
    super('upload failed');
    this.outcome = outcome;
  }
}

/** The provider's id of the message's file by its name in the message; uploaded once while the provider keeps it. */
export async function uploadFile(context: UploadContext, sending: Uploading): Promise<ReadonlyMap<string, string>> {
  const { content } = sending.message;
  if (content.type !== 'media' || 'link' in content.source) return NO_FILES;
  const { source } = content;
  const name = nameOf(source);
  const key = { organizationId: sending.row.organizationId, channelId: sending.channel.id, hash: name };
  const known = await uploadedMedia(context.deps.database, key);
  const mediaId = known ?? (await upload(context, sending, { source, fileName: content.fileName ?? 'file' }));
  if (known === undefined)
    await saveUpload(context.deps.database, { ...key, mediaId, expiresAt: new Date(Date.now() + UPLOAD_LIVES_MS) });
  return new Map([[name, mediaId]]);
}

type FileSource = Exclude<MediaSource, { link: string }>;

function nameOf(source: FileSource): string {
  return 'hash' in source ? source.hash : source.made;
}

async function upload(
  context: UploadContext,
  sending: Uploading,
  { source, fileName }: { source: FileSource; fileName: string },
): Promise<string> {
  const { adapter, channel } = sending;
  const bytes =
    'hash' in source ? await storedFile(context.deps, source.hash) : await madeFile(context.deps, sending, source.made);
  const { mimeType } = source;
  const response = await context.http.call(adapter.media.upload({ bytes, mimeType, fileName }, channel));
  // An upload that may have arrived is harmless: it is simply made again.
  if ('network' in response) throw new UploadFailed(adapter.classify({ ...response, sent: false }));
  const mediaId = adapter.media.uploadedId(response);
  if (mediaId === undefined) throw new UploadFailed(adapter.classify(response));
  return mediaId;
}

async function storedFile({ files }: RuntimeDeps, hash: string): Promise<Uint8Array> {
  const bytes = await files.get(hash);
  if (bytes === undefined) throw new HazirError('media:missing', 'A file of this message is not in the store.');
  return bytes;
}

/** Only ever the citizen's own: whose it is stands in the row, not in the name. */
async function madeFile(deps: RuntimeDeps, { row, channel }: Uploading, made: string): Promise<Uint8Array> {
  const [service = '', id = ''] = made.split('/');
  const make = deps.packs.current(row.organizationId, channel.pack)?.makers.get(service);
  if (make === undefined) throw new HazirError('media:missing', `No service of the pack makes ${made}.`);
  const { organizationId, contactId } = row;
  const { bytes } = await make(deps.database, { organizationId, contactId, id, now: new Date(deps.now()) });
  return bytes;
}
