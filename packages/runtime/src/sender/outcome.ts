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
  postpone,
  readOutbound,
  stopChannel,
} from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';

/** What the lane does next: go on with the following message, or come back to this one at a time. */
export type Next = { type: 'done' } | { type: 'again'; row: OutboxRow; scope: 'message' | 'account' } | { type: 'hold' };

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 300_000;
/** A message in doubt is sent again at most this often. */
const RESENDS_IN_DOUBT = 1;

export interface OutcomeContext {
  deps: RuntimeDeps;
  facts: FactRecorder;
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
      return retry(context, { row, error: outcome.error, after: outcome.after, scope: outcome.scope, channel });
    case 'in_doubt':
      return holdInDoubt(context, row, outcome.error);
    case 'window_closed':
      return useFallback(context, row, outcome.error);
    case 'rejected':
      await fail(context, row, outcome.error);
      return { type: 'done' };
    case 'account_stopped':
      await stopAccount(context, channel, outcome.error);
      return { type: 'hold' };
  }
}

/** The number cannot send: its queue is held, the operator is told. */
export async function stopAccount({ deps }: OutcomeContext, channel: Channel, error: ChannelError): Promise<void> {
  await stopChannel(deps.database, channel.id, `${error.code}: ${error.remedy}`);
  await deps.channels.reload();
  deps.log('error', 'channel_stopped', { channel: channel.id, code: error.code, remedy: error.remedy });
}

async function retry(
  context: OutcomeContext,
  failure: {
    row: OutboxRow;
    channel: Channel;
    error: ChannelError;
    after: number | undefined;
    scope: 'message' | 'pair' | 'account';
  },
): Promise<Next> {
  const { row, error, scope } = failure;
  const attempt = row.attempt + 1;
  if (attempt >= context.deps.settings.sendAttempts && scope === 'message') {
    await park(context, row, error);
    return { type: 'done' };
  }
  const wait = failure.after ?? (scope === 'pair' ? 4 ** Math.min(attempt, 4) * 1_000 : backOff(attempt));
  const later: OutboxRow = { ...row, state: 1, attempt, dueAt: new Date(context.deps.now() + wait) };
  await postpone(context.deps.database, later);
  context.deps.log('warn', 'send_postponed', { message: row.id, code: error.code, attempt, waitMs: wait });
  return { type: 'again', row: later, scope: scope === 'account' ? 'account' : 'message' };
}

/** Doubles, with full jitter in the upper half. */
function backOff(attempt: number): number {
  const ceiling = Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS);
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}

async function holdInDoubt(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<Next> {
  const later: OutboxRow = {
    ...row,
    state: 2,
    doubts: row.doubts + 1,
    dueAt: new Date(context.deps.now() + context.deps.settings.inDoubtMs),
  };
  if (later.doubts > RESENDS_IN_DOUBT) {
    await park(context, row, error);
    return { type: 'done' };
  }
  await postpone(context.deps.database, later);
  context.deps.log('warn', 'send_in_doubt', { message: row.id, code: error.code });
  return { type: 'again', row: later, scope: 'message' };
}

/** Turns the row into the template that the flow named for a closed window. */
export async function useFallback(context: OutcomeContext, row: OutboxRow, error: ChannelError): Promise<Next> {
  const message: OutboundMessage = JSON.parse(row.payload);
  if (message.fallback === undefined) {
    await fail(context, row, error);
    return { type: 'done' };
  }
  const payload = JSON.stringify({ content: message.fallback } satisfies OutboundMessage);
  const next: OutboxRow = { ...row, state: 1, dueAt: new Date(context.deps.now()), payload };
  await postpone(context.deps.database, next);
  return { type: 'again', row: next, scope: 'message' };
}

/** Behind a message that was accepted and failed later for the window: the template goes out under an id of its own. */
export async function enqueueFallback({ deps }: OutcomeContext, fact: MessageFact): Promise<OutboxRow | undefined> {
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
  };
  await parkMessage(context.deps.database, parked);
  await fail(context, row, error);
}

function factOf(row: OutboxRow, at: MessageFact['at'], externalId: string | null): MessageFact {
  return { organizationId: row.organizationId, contactId: row.contactId, id: row.id, externalId, at, error: null, pricing: null };
}
