/**
 * Takes a webhook's updates in. Everything is durable when the promise resolves: messages in the inbox, statuses as facts
 * on their messages, notices and unknown shapes in their own tables. Only then may the provider be told "200".
 */
import type { ChannelUpdate, NoticeReceived, StatusReported } from '@hazir/core';
import { maskIdentifiers } from '@hazir/language';
import { type Channel, inboundId, ingest, saveNotice, saveUnknown, setThroughput } from '@hazir/store';
import { createBatcher } from '../batcher.ts';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';
import type { Arrival, ArrivedRow } from './item.ts';
import { maskContent } from './mask-content.ts';

export interface Acceptance {
  accept: (channelType: string, updates: readonly ChannelUpdate[]) => Promise<void>;
  idle: () => Promise<void>;
}

/** Rows of one insert: about as many as a megabyte of webhooks. */
const INGEST_BATCH = 500;
const INGEST_DISTANCE_MS = 4;

/** `handOver` receives what is new in the inbox, in order, right after it was stored. */
export function createAcceptance(deps: RuntimeDeps, facts: FactRecorder, handOver: (rows: ArrivedRow[]) => void): Acceptance {
  const inbox = createBatcher<Arrival[], true>(
    async (groups) => {
      const stored = await ingest(deps.database.path, groups.flat());
      count(deps, stored);
      handOver(stored);
      return groups.map(() => true as const);
    },
    { most: INGEST_BATCH, distanceMs: INGEST_DISTANCE_MS },
  );
  const warned = new Set<string>();
  return {
    accept: async (channelType, updates) => {
      const sorted = await sortUpdates(deps, channelType, updates);
      const kept: Promise<unknown>[] = [];
      if (sorted.entries.length > 0) kept.push(inbox.add(sorted.entries));
      if (sorted.statuses.length > 0) kept.push(facts.statuses(sorted.statuses));
      for (const { channel, notice } of sorted.notices) kept.push(keepNotice(deps, channel, notice));
      for (const unknown of sorted.unknown) kept.push(keepUnknown(deps, warned, unknown));
      await (kept.length === 1 ? kept[0] : Promise.all(kept));
    },
    idle: () => inbox.idle(),
  };
}

function count({ meter, channels }: RuntimeDeps, stored: readonly ArrivedRow[]): void {
  if (meter === undefined) return;
  for (const [channelId, rows] of Map.groupBy(stored, (row) => row.channelId)) {
    const channel = channels.byId(channelId);
    if (channel !== undefined) meter.accepted(channel, rows.length);
  }
}

interface Sorted {
  entries: Arrival[];
  statuses: { channel: Channel; status: StatusReported }[];
  notices: { channel: Channel | undefined; notice: NoticeReceived }[];
  unknown: { channel: Channel | undefined; accountId: string | undefined; reason: string; body: string }[];
}

async function sortUpdates(deps: RuntimeDeps, channelType: string, updates: readonly ChannelUpdate[]): Promise<Sorted> {
  const sorted: Sorted = { entries: [], statuses: [], notices: [], unknown: [] };
  let reloaded = false;
  for (const update of updates) {
    const accountId = update.accountId;
    let channel = accountId === undefined ? undefined : deps.channels.byAccount(channelType, accountId);
    if (channel === undefined && accountId !== undefined && !reloaded && update.type !== 'notice_received') {
      reloaded = true;
      await deps.channels.reload();
      channel = deps.channels.byAccount(channelType, accountId);
    }
    sortOne(sorted, update, channel);
  }
  return sorted;
}

function sortOne(sorted: Sorted, update: ChannelUpdate, channel: Channel | undefined): void {
  if (update.type === 'notice_received') {
    sorted.notices.push({ channel, notice: update });
  } else if (update.type === 'unknown_received') {
    sorted.unknown.push({ channel, accountId: update.accountId, reason: update.reason, body: JSON.stringify(update.raw) });
  } else if (channel === undefined) {
    sorted.unknown.push({ channel, accountId: update.accountId, reason: 'unknown_account', body: JSON.stringify(update.raw) });
  } else if (update.type === 'status_reported') {
    sorted.statuses.push({ channel, status: update });
  } else {
    // What was understood needs no second copy in the provider's words.
    const { raw: _raw, ...read } = update;
    const parsed = read.type === 'message_received' ? { ...read, content: maskContent(read.content) } : read;
    sorted.entries.push({
      id: inboundId(update.accountId, update.externalId, update.timestamp),
      organizationId: channel.organizationId,
      channelId: channel.id,
      payload: JSON.stringify(parsed),
      parsed,
    });
  }
}

async function keepNotice(deps: RuntimeDeps, channel: Channel | undefined, notice: NoticeReceived): Promise<void> {
  // A notice may name the business account: it then belongs to every organization that has a number there.
  const owner = channel ?? deps.channels.all().find((one) => one.businessId === notice.accountId);
  if (owner === undefined) {
    await saveUnknown(deps.database, {
      organizationId: null,
      accountId: notice.accountId,
      reason: `notice:${notice.field}`,
      body: JSON.stringify(notice.raw),
    });
    return;
  }
  const body = {
    organizationId: owner.organizationId,
    channelId: channel?.id ?? null,
    accountId: notice.accountId,
    field: notice.field,
    body: notice.raw,
  };
  await saveNotice(deps.database, body);
  const throughput = deps.adapters.get(owner.channelType)?.throughput(notice.raw);
  if (throughput !== undefined && channel !== undefined) {
    await setThroughput(deps.database, channel.id, throughput);
    await deps.channels.reload();
  }
  deps.log('info', 'notice_received', { field: notice.field, account: notice.accountId });
}

async function keepUnknown(deps: RuntimeDeps, warned: Set<string>, unknown: Sorted['unknown'][number]): Promise<void> {
  const about = `${unknown.reason}|${unknown.accountId ?? ''}`;
  if (!warned.has(about) && warned.size < 1_000) {
    warned.add(about);
    deps.log('warn', 'unknown_received', { reason: unknown.reason, account: unknown.accountId });
  }
  await saveUnknown(deps.database, {
    organizationId: unknown.channel?.organizationId ?? null,
    accountId: unknown.accountId ?? null,
    reason: unknown.reason,
    body: maskIdentifiers(unknown.body),
  });
}
