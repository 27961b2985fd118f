/** One attempt to send: address, files, request, response, and what the adapter makes of it. */
import { type ChannelAdapter, HazirError, type Identity, type OutboundMessage, type SendOutcome } from '@hazir/core';
import { addressesOf, type Channel, type OutboxRow, saveUpload, survivorOf, uploadedMedia } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import { isDatabaseAway } from '../database-away.ts';
import type { RuntimeDeps } from '../deps.ts';
import { trackerOf } from '../facts.ts';
import type { HttpClient } from '../http.ts';
import type { Posted } from './desk.ts';

/** WhatsApp keeps uploads 30 days; we renew a day early. */
const UPLOAD_LIVES_MS = 29 * 86_400_000;

/** Addresses change rarely, and an old one still reaches the same person for a while. */
const ADDRESSES = { max: 50_000, ttl: 30_000 };

export interface PostContext {
  deps: RuntimeDeps;
  http: HttpClient;
  addresses: LRUCache<string, Identity[]>;
}

export function createPostContext(deps: RuntimeDeps, http: HttpClient): PostContext {
  return { deps, http, addresses: new LRUCache(ADDRESSES) };
}

/** Sends once. Whatever goes wrong is an outcome; throws only when our database is away before anything was asked. */
export async function post(context: PostContext, row: OutboxRow, channel: Channel): Promise<Posted> {
  const { deps, http } = context;
  const adapter = deps.adapters.get(channel.channelType);
  if (adapter === undefined) return rejected('channel:unknown-type', 'No adapter for this channel type.');
  try {
    const message: OutboundMessage = row.message ?? JSON.parse(row.payload);
    const to = knownAddresses(context, row, channel.channelType) ?? (await findAddresses(context, row, channel.channelType));
    if (to.length === 0) return rejected('channel:no-address', 'The citizen has no address on this channel any more.');
    const mediaIds = hasFile(message) ? await uploadFiles(context, { message, row, channel, adapter }) : NO_FILES;
    const request = adapter.render(message, { account: channel, to, tracker: trackerOf(row.contactId, row.id), mediaIds });
    return { outcome: adapter.classify(await http.call(request)), asked: true };
  } catch (error) {
    if (error instanceof UploadFailed) return { outcome: error.outcome, asked: true };
    if (error instanceof HazirError) return rejected(error.code, error.message);
    if (isDatabaseAway(error)) throw error;
    // A fault of ours in this one message: counted and parked, so that it blocks no lane for ever.
    const title = error instanceof Error ? error.message : String(error);
    const fault = { code: 'internal:post', title, remedy: 'Report this; the message is parked.' };
    return { outcome: { type: 'retry', scope: 'message', error: fault }, asked: false };
  }
}

const NO_FILES: ReadonlyMap<string, string> = new Map();

function hasFile({ content }: OutboundMessage): boolean {
  return content.type === 'media' && 'hash' in content.source;
}

/** What was remembered; else what came with the row: from the message that it answers, or with its claim. */
function knownAddresses({ addresses }: PostContext, row: OutboxRow, channelType: string): Identity[] | undefined {
  const known = addresses.get(addressKey(row, channelType));
  if (known !== undefined || row.to === undefined || row.to.length === 0) return known;
  return [...row.to];
}

function addressKey(row: OutboxRow, channelType: string): string {
  return `${row.organizationId}|${row.contactId}|${channelType}`;
}

async function findAddresses({ deps, addresses }: PostContext, row: OutboxRow, channelType: string): Promise<Identity[]> {
  const found = await readAddresses(deps, row, channelType);
  if (found.length > 0) addresses.set(addressKey(row, channelType), found);
  return found;
}

/** The citizen's record may have been joined with another while the message waited. */
async function readAddresses({ database }: RuntimeDeps, row: OutboxRow, channelType: string): Promise<Identity[]> {
  const own = await addressesOf(database, row, channelType);
  if (own.length > 0) return own;
  const { organizationId } = row;
  return addressesOf(database, { organizationId, contactId: await survivorOf(database, row) }, channelType);
}

class UploadFailed extends Error {
  readonly outcome: SendOutcome;

  constructor(outcome: SendOutcome) {
    super('upload failed');
    this.outcome = outcome;
  }
}

function rejected(code: string, title: string): Posted {
  const error = { code, title, remedy: 'Report this to the authors of the flow.' };
  return { outcome: { type: 'rejected', reason: 'bad_request', error }, asked: false };
}

async function uploadFiles(
  context: PostContext,
  sending: { message: OutboundMessage; row: OutboxRow; channel: Channel; adapter: ChannelAdapter },
): Promise<ReadonlyMap<string, string>> {
  const { content } = sending.message;
  if (content.type !== 'media' || !('hash' in content.source)) return new Map();
  const { hash, mimeType } = content.source;
  const key = { organizationId: sending.row.organizationId, channelId: sending.channel.id, hash };
  const known = await uploadedMedia(context.deps.database, key);
  const mediaId = known ?? (await upload(context, { ...sending, hash, mimeType, fileName: content.fileName ?? 'file' }));
  if (known === undefined)
    await saveUpload(context.deps.database, { ...key, mediaId, expiresAt: new Date(Date.now() + UPLOAD_LIVES_MS) });
  return new Map([[hash, mediaId]]);
}

async function upload(
  { deps, http }: PostContext,
  file: { hash: string; mimeType: string; fileName: string; channel: Channel; adapter: ChannelAdapter },
): Promise<string> {
  const bytes = await deps.files.get(file.hash);
  if (bytes === undefined) throw new HazirError('media:missing', 'A file of this message is not in the store.');
  const response = await http.call(
    file.adapter.media.upload({ bytes, mimeType: file.mimeType, fileName: file.fileName }, file.channel),
  );
  // An upload that may have arrived is harmless: it is simply made again.
  if ('network' in response) throw new UploadFailed(file.adapter.classify({ ...response, sent: false }));
  const mediaId = file.adapter.media.uploadedId(response);
  if (mediaId === undefined) throw new UploadFailed(file.adapter.classify(response));
  return mediaId;
}
