/** One attempt to send: address, files, request, response, and what the adapter makes of it. */
import { HazirError, type Identity, type OutboundMessage } from '@hazir/core';
import { addressesOf, type Channel, type OutboxRow, survivorOf } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import { isDatabaseAway } from '../database-away.ts';
import type { RuntimeDeps } from '../deps.ts';
import { trackerOf } from '../facts.ts';
import type { HttpClient } from '../http.ts';
import type { Posted } from './desk.ts';
import { hasFile, NO_FILES, UploadFailed, uploadFile } from './upload.ts';

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
    const mediaIds = hasFile(message) ? await uploadFile(context, { message, row, channel, adapter }) : NO_FILES;
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

function rejected(code: string, title: string): Posted {
  const error = { code, title, remedy: 'Report this to the authors of the flow.' };
  return { outcome: { type: 'rejected', reason: 'bad_request', error }, asked: false };
}
