/**
 * What becomes of a message after an attempt, by the adapter's verdict.
 *
 * accepted -> fact, out of the outbox · retry -> later, by back-off · in doubt -> wait for a status that carries our id, and
 * only if none comes within the grace send again, once; then park · window closed -> the template that the flow named, else
 * failed · rejected -> failed · account stopped -> the message stays, the number holds its whole queue.
 */
import type { ChannelError, OutboundMessage, SendOutcome } from '@hazir/core';
import {
  type Channel,
  commitTurns,
  derivedId,
  emptyTurns,
  isConflict,
  type MessageFact,
  type OutboxRow,
  parkMessage,
  readOutbound,
  stopChannel,
} from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';
import type { Next } from './desk.ts';
import { stubOf } from './lines.ts';
import { backOff } from './settings.ts';

/** A message in doubt is sent again at most this often. */
const RESENDS_IN_DOUBT = 1;

export interface OutcomeContext {
  deps: RuntimeDeps;
  facts: FactRecorder;
  /** Writes an outcome that is not the last; false when the message has left the outbox meanwhile. */
  postpone: (row: OutboxRow) => Promise<boolean>;
}

export async function settle(
  context: OutcomeContext,
  sent: { row: OutboxRow; channel: Channel; outcome: SendOutcome },
): Promise<Next> {
  const { row, channel, outcome } = sent;
  const { deps } = context;
  switch (outcome.type) {
    case 'accepted':
      await context.facts.record(factOf(row, { accepted: new Date(deps.now()) }, outcome.externalId));
      return { type: 'done' };
    case 'retry':
      return retry(context, row, outcome);
    case 'in_doubt':
      return holdInDoubt(context, row, outcome.error);
    case 'window_closed':
      return useFallback(context, row, outcome.error);
    case 'rejected':
      await fail(context, row, outcome.error);
      return { type: 'done' };
    case 'account_stopped':
      await stopAccount(context, channel, outcome.error);
      return later(context, row, {});
  }
}

/** The number cannot send: its queue is held, the operator is told. */
export async function stopAccount({ deps }: Pick<OutcomeContext, 'deps'>, channel: Channel, error: ChannelError): Promise<void> {
  await stopChannel(deps.database, channel.id, `${error.code}: ${error.remedy}`);
  await deps.channels.reload();
  deps.log('error', 'channel_stopped', { channel: channel.id, code: error.code, remedy: error.remedy });
}

async function retry(context: OutcomeContext, row: OutboxRow, failure: Extract<SendOutcome, { type: 'retry' }>): Promise<Next> {
  const { error, scope } = failure;
  // A throttle of the whole number says nothing about this message.
  const attempt = scope === 'account' ? row.attempt : row.attempt + 1;
  if (attempt >= context.deps.settings.sendAttempts && scope === 'message') {
    await park(context, row, error);
    return { type: 'done' };
  }
  const wait = failure.after ?? (scope === 'pair' ? 4 ** Math.min(attempt, 4) * 1_000 : backOff(Math.max(1, attempt)));
  context.deps.log('warn', 'send_postponed', { message: row.id, code: error.code, attempt, waitMs: wait });
  return later(context, row, { attempt, dueAt: new Date(context.deps.now() + wait) });
}

async function holdInDoubt(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<Next> {
  const doubts = row.doubts + 1;
  if (doubts > RESENDS_IN_DOUBT) {
    await park(context, row, error);
    return { type: 'done' };
  }
  context.deps.log('warn', 'send_in_doubt', { message: row.id, code: error.code });
  return later(context, row, { state: 2, doubts, dueAt: new Date(context.deps.now() + context.deps.settings.inDoubtMs) });
}

/** Writes the row back to wait; in memory only what is needed to wait stays. Done when a status came meanwhile. */
async function later(context: OutcomeContext, row: OutboxRow, changes: Partial<OutboxRow>): Promise<Next> {
  const waits: OutboxRow = { ...stubOf(row), state: 1, ...changes };
  const there = await context.postpone(waits);
  return there ? { type: 'again', row: stubOf(waits) } : { type: 'done' };
}

/** Turns the row into the template that the flow named for a closed window. */
async function useFallback(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<Next> {
  const message: OutboundMessage = row.message ?? JSON.parse(row.payload);
  if (message.fallback === undefined) {
    await fail(context, row, error);
    return { type: 'done' };
  }
  const payload = JSON.stringify({ content: message.fallback } satisfies OutboundMessage);
  return later(context, row, { dueAt: new Date(context.deps.now()), payload });
}

/** Behind a message that was accepted and failed later for the window: the template goes out under an id of its own. */
export async function enqueueFallback(deps: RuntimeDeps, fact: MessageFact): Promise<OutboxRow | undefined> {
  const { organizationId, contactId } = fact;
  const failed = await readOutbound(deps.database, fact);
  const message: OutboundMessage | undefined = failed && JSON.parse(failed.payload);
  if (failed === undefined || message?.fallback === undefined) return undefined;
  const { channelId } = failed;
  const payload = JSON.stringify({ content: message.fallback } satisfies OutboundMessage);
  const row: OutboxRow = {
    organizationId,
    contactId,
    channelId,
    id: derivedId(fact.id, 'fallback'),
    state: 1,
    attempt: 0,
    doubts: 0,
    dueAt: new Date(deps.now()),
    payload,
    lane: 'reply',
  };
  const logged = { ...row, outbound: true, externalId: null, content: payload, origin: 'platform/fallback' };
  try {
    await commitTurns(deps.database.path, { ...emptyTurns(), messages: [logged], outbox: [row] });
    return row;
  } catch (error) {
    // The same failure was reported twice: the template is on its way already.
    if (isConflict(error) === 'duplicate') return undefined;
    throw error;
  }
}

async function fail(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<void> {
  await context.facts.record({ ...factOf(row, { failed: new Date(context.deps.now()) }, null), error: JSON.stringify(error) });
  const channel = context.deps.channels.byId(row.channelId);
  if (channel !== undefined) context.deps.meter?.failed(channel, error.code);
  context.deps.log('warn', 'send_failed', { message: row.id, code: error.code, remedy: error.remedy });
}

async function park(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<void> {
  const { organizationId, id, channelId, contactId, payload } = row;
  const parked = {
    organizationId,
    id,
    channelId,
    contactId,
    direction: 'outbound' as const,
    reason: `send:${error.code}`,
    detail: error.title,
    payload,
    lane: row.lane,
  };
  await parkMessage(context.deps.database, parked);
  const channel = context.deps.channels.byId(channelId);
  if (channel !== undefined) context.deps.meter?.parked(channel, 'outbound');
  await fail(context, row, error);
}

function factOf(row: OutboxRow, at: MessageFact['at'], externalId: string | null): MessageFact {
  return { organizationId: row.organizationId, contactId: row.contactId, id: row.id, externalId, at, error: null, pricing: null };
}
