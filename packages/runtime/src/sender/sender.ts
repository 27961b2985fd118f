/**
 * The sender: one lane for each citizen, so that messages keep their order and one bad recipient delays nobody else; one
 * token bucket for each number and one for each pair; nothing is posted while the number is stopped.
 *
 * A lane's states: idle (no row) -> waiting (for a bucket, a retry's time, a fact in doubt, or a stopped number) ->
 * posting -> settled -> next row or idle.
 */
import { setImmediate as immediate } from 'node:timers/promises';
import type { ChannelError } from '@hazir/core';
import { type Channel, claimAgain, lastInboundAt, type OutboxRow } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';
import type { HttpClient } from '../http.ts';
import { enqueueFallback, type Next, type OutcomeContext, settle, stopAccount, useFallback } from './outcome.ts';
import { createPostContext, type PostContext, post } from './post.ts';
import { createRates, type Rates } from './rates.ts';
import { createWaits, type Waits } from './waits.ts';

export interface Sender {
  /** Takes committed rows over, in order. */
  take: (rows: readonly OutboxRow[]) => void;
  /** Rows found in the outbox: those that may have been posted wait for a status first; rows in a lane are left there. */
  recover: (rows: readonly OutboxRow[]) => void;
  /** Shows the citizen that the message was read and an answer is being written. Best effort. */
  markRead: (channel: Channel, externalId: string) => void;
  forgetAddresses: () => void;
  /** Resolves when no lane is posting: each is empty, or waits for a time, a status or a stopped number. */
  settled: () => Promise<void>;
  /** Messages that are not yet known to be with the provider. */
  waiting: () => number;
  stop: () => Promise<void>;
}

const STOPPED_LOOK_MS = 1_000;
/** Our clock and the provider's differ a little: the window is taken to close this much earlier. */
const WINDOW_MARGIN_MS = 60_000;
const WINDOW_CLOSED: ChannelError = {
  code: 'window:closed',
  title: 'The service window has closed.',
  remedy: 'Name a template as fall-back in the flow.',
};

interface SenderParts extends OutcomeContext {
  posting: PostContext;
  rates: Rates;
  waits: Waits;
}

export function createSender(deps: RuntimeDeps, facts: FactRecorder, http: HttpClient): Sender {
  const parts: SenderParts = {
    deps,
    facts,
    posting: createPostContext(deps, http),
    rates: createRates(deps.now),
    waits: createWaits(deps.now),
  };
  const lanes = new Map<string, OutboxRow[]>();
  const inFlight = new Set<Promise<void>>();
  let stopped = false;

  const track = (work: Promise<void>) => {
    inFlight.add(work);
    void work.finally(() => inFlight.delete(work));
  };
  const open = (rows: readonly OutboxRow[]) => {
    for (const row of rows) {
      const lane = `${row.channelId}|${row.contactId}`;
      const queue = lanes.get(lane);
      if (queue?.some((one) => one.id === row.id)) continue;
      if (queue !== undefined) queue.push(row);
      else {
        lanes.set(lane, [row]);
        track(runLane(lane));
      }
    }
  };
  const runLane = async (lane: string): Promise<void> => {
    const queue = lanes.get(lane) ?? [];
    for (let row = queue[0]; row !== undefined && !stopped; row = queue[0]) {
      const next = await attempt(parts, lane, { row, stopped: () => stopped });
      if (next === undefined) queue.shift();
      else queue[0] = next;
    }
    lanes.delete(lane);
  };
  facts.onSettled((_contactId, messageId) => parts.waits.wake(messageId));
  facts.onFailed((failure) => followFailure(parts, failure, open));

  return {
    take: open,
    recover: (rows) => {
      const known = new Set([...lanes.values()].flatMap((queue) => queue.map((row) => row.id)));
      const inDoubt = { state: 2 as const, dueAt: new Date(deps.now() + deps.settings.inDoubtMs) };
      open(
        rows
          .filter((row) => !known.has(row.id))
          .map((row) => (row.state === 0 ? { ...row, ...inDoubt, doubts: row.doubts + 1 } : row)),
      );
    },
    markRead: (channel, externalId) => {
      const adapter = deps.adapters.get(channel.channelType);
      // Never at the cost of an answer: only while the number has room.
      if (adapter === undefined || stopped || channel.stoppedReason !== null || !parts.rates.hasRoom(channel)) return;
      track(http.call(adapter.renderRead(externalId, true, channel)).then(() => undefined));
    },
    forgetAddresses: () => parts.posting.addresses.clear(),
    settled: async () => {
      while (lanes.size > parts.waits.sleeping()) await immediate();
    },
    waiting: () => [...lanes.values()].reduce((sum, queue) => sum + queue.length, 0),
    stop: async () => {
      stopped = true;
      parts.waits.wakeAll();
      await Promise.all(inFlight);
    },
  };
}

interface Attempt {
  row: OutboxRow;
  stopped: () => boolean;
}

/** Returns the row to try again, or undefined when the lane is done with it. Never throws. */
async function attempt(parts: SenderParts, lane: string, now: Attempt): Promise<OutboxRow | undefined> {
  try {
    return await attemptOnce(parts, lane, now);
  } catch (error) {
    parts.deps.log('error', 'send_broke', {
      message: now.row.id,
      detail: reasonOf(error),
    });
    await parts.waits.until(parts.deps.now() + STOPPED_LOOK_MS);
    return now.row;
  }
}

async function attemptOnce(parts: SenderParts, lane: string, { row, stopped }: Attempt): Promise<OutboxRow | undefined> {
  const { deps, waits } = parts;
  await waits.until(row.dueAt.getTime(), row.id);
  if (stopped()) return row;
  const channel = deps.channels.byId(row.channelId);
  if (channel === undefined || channel.stoppedReason !== null) {
    await waits.until(deps.now() + STOPPED_LOOK_MS);
    await deps.channels.reload();
    return row;
  }
  await waits.until(deps.now() + parts.rates.take(channel, lane));
  if (stopped()) return row;
  if (row.state !== 0 && !(await claimAgain(deps.database, row))) return undefined;
  if (await windowClosed(deps, row, channel)) {
    const next = await useFallback(parts, row, WINDOW_CLOSED);
    return next.type === 'again' ? next.row : undefined;
  }
  const outcome = await post(parts.posting, row, channel);
  const next = await untilWritten(parts, { row, stopped }, () => settle(parts, { row, channel, outcome }));
  if (next.type === 'done') return undefined;
  if (next.type === 'hold') await waits.until(deps.now() + STOPPED_LOOK_MS);
  return next.type === 'again' ? next.row : row;
}

/** What was posted is not posted again because our own database is away: its outcome is kept until it can be written. */
async function untilWritten(parts: SenderParts, { row, stopped }: Attempt, write: () => Promise<Next>): Promise<Next> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      parts.deps.log('error', 'outcome_not_written', { message: row.id, detail: reasonOf(error) });
      // Its row in the outbox says "being sent": the next start finds it in doubt.
      if (stopped()) return { type: 'again', row, scope: 'message' };
      await parts.waits.until(parts.deps.now() + STOPPED_LOOK_MS);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Failure = Parameters<Parameters<FactRecorder['onFailed']>[0]>[0];

/** What was accepted and failed later: a closed window gets its template, a blocked account stops the number. */
async function followFailure(
  parts: SenderParts,
  { channel, fact, error }: Failure,
  open: (rows: OutboxRow[]) => void,
): Promise<void> {
  const outcome = parts.deps.adapters.get(channel.channelType)?.classifyFailure(error);
  if (outcome?.type === 'account_stopped') await stopAccount(parts, channel, outcome.error);
  if (outcome?.type !== 'window_closed') return;
  const fallback = await enqueueFallback(parts, fact);
  if (fallback !== undefined) open([fallback]);
}

async function windowClosed(deps: RuntimeDeps, row: OutboxRow, channel: Channel): Promise<boolean> {
  const span = deps.adapters.get(channel.channelType)?.capabilities.serviceWindow;
  if (span === undefined || row.payload.includes('"content":{"type":"template"')) return false;
  const isOpen = (at: Date | null | undefined) => at instanceof Date && deps.now() - at.getTime() < span - WINDOW_MARGIN_MS;
  return !isOpen(row.lastInboundAt) && !isOpen(await lastInboundAt(deps.database, row));
}
