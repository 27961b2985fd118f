/** The scheduler's port to the database and the provider: single requests become statements over many rows. */
import type { ChannelError } from '@hazir/core';
import {
  type Channel,
  type Claimed,
  claimOutbox,
  forgottenInOutbox,
  holdAbandoned,
  holdInDoubt,
  lastInboundAt,
  type OutboxRow,
  postponeOutbox,
  readOutbox,
  returnToOutbox,
  stillInOutbox,
} from '@hazir/store';
import { createBatcher } from '../batcher.ts';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';
import type { Port, Posted } from './desk.ts';
import type { Meter } from './meter.ts';
import { type OutcomeContext, settle } from './outcome.ts';
import { type PostContext, post } from './post.ts';

/** Our clock and the provider's differ a little: the window is taken to close this much earlier. */
const WINDOW_MARGIN_MS = 60_000;
const ROWS_A_STATEMENT = 500;
const CLAIM_DISTANCE_MS = 4;
const WINDOW_CLOSED: ChannelError = {
  code: 'window:closed',
  title: 'The service window has closed.',
  remedy: 'Name a template as fall-back in the flow.',
};

export interface PortParts {
  deps: RuntimeDeps;
  facts: FactRecorder;
  posting: PostContext;
  meter: Meter | undefined;
  mayPost: (channelId: number) => boolean;
}

export function createPort(parts: PortParts): Port {
  const { deps, facts, meter } = parts;
  const { database, channels, now } = deps;
  const claims = createBatcher<{ row: OutboxRow; again: boolean }, Claimed | null>(
    (asked) =>
      claimOutbox(
        database.path,
        asked.map(({ row, again }) => ({ ...row, again, channelType: typeOf(deps, row) })),
      ),
    { most: ROWS_A_STATEMENT, concurrent: 2, distanceMs: CLAIM_DISTANCE_MS },
  );
  const postpones = createBatcher<OutboxRow, boolean>((rows) => postponeOutbox(database.path, rows), { most: ROWS_A_STATEMENT });
  const graceEnd = () => new Date(now() + deps.settings.inDoubtMs);
  const outcomes: OutcomeContext = { deps, facts, postpone: postpones.add };
  return {
    ...{ now, log: deps.log, mayPost: parts.mayPost },
    channel: channels.byId,
    reloadChannels: channels.reload,
    claim: (row, again) => claims.add({ row, again }),
    post: async (row, channel) => {
      const posted = await postOnce(parts, row, channel);
      const { outcome } = posted;
      meter?.sent(channel, row.lane, outcome.type, 'error' in outcome ? outcome.error.code : undefined);
      return posted;
    },
    settle: (row, channel, outcome) => settle(outcomes, { row, channel, outcome }),
    read: (portion) => readOutbox(database.path, portion),
    stillThere: (rows) => stillInOutbox(database.path, rows),
    holdInDoubt: (channelIds) => holdInDoubt(database, channelIds, graceEnd()),
    holdAbandoned: (channelIds, except, before) => holdAbandoned(database, { channelIds, except, before, dueAt: graceEnd() }),
    giveBack: (rows) => returnToOutbox(database.path, rows, new Date(now())),
    forgotten: (channelIds, except, before) => forgottenInOutbox(database.path, { channelIds, except, before }),
  };
}

async function postOnce({ deps, posting, meter }: PortParts, row: OutboxRow, channel: Channel): Promise<Posted> {
  const isOpen = windowOf(deps, row, channel);
  if (!isOpen(row.lastInboundAt) && !isOpen(await lastInboundAt(deps.database, row)))
    return { outcome: { type: 'window_closed', error: WINDOW_CLOSED }, asked: false };
  meter?.waitMs(row.lane, Math.max(0, deps.now() - row.dueAt.getTime()));
  const startedAt = performance.now();
  const posted = await post(posting, row, channel);
  if (posted.asked) {
    meter?.postMs(channel.id, performance.now() - startedAt);
    deps.meter?.post?.(row.id, channel, performance.now() - startedAt);
  }
  return posted;
}

/** Whether a message may go, given when the citizen last wrote. */
function windowOf({ adapters, now }: RuntimeDeps, row: OutboxRow, channel: Channel): (at: Date | null | undefined) => boolean {
  const span = adapters.get(channel.channelType)?.capabilities.serviceWindow;
  return (at) => span === undefined || (at instanceof Date && now() - at.getTime() < span - WINDOW_MARGIN_MS) || isTemplate(row);
}

function isTemplate({ message, payload }: OutboxRow): boolean {
  return message === undefined ? payload.includes('"content":{"type":"template"') : message.content.type === 'template';
}

function typeOf({ channels }: RuntimeDeps, row: OutboxRow): string {
  return channels.byId(row.channelId)?.channelType ?? '';
}
