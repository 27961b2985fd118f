/**
 * The sender: posts what was decided. A scheduler for each number decides what may go when; this file ties it to the
 * database, the provider, and what is learned later about a message that had been accepted.
 */
import type { OutboxRow } from '@hazir/store';
import type { RuntimeDeps } from '../deps.ts';
import type { FactRecorder } from '../facts.ts';
import type { HttpClient } from '../http.ts';
import type { Meter } from './meter.ts';
import { createPort } from './port.ts';
import { createPostContext } from './post.ts';
import { createReadReceipts, type ReadReceipts } from './read-receipts.ts';
import { createScheduler, type NumberState } from './scheduler.ts';
import { SENDER_SETTINGS, type SenderSettings } from './settings.ts';

export interface Sender {
  /**
   * Asked right before a commit, for each row in order: the state to commit it with. 0: it will be posted at once, a place is kept
   * for it; 1: it waits for its turn.
   */
  reserve: (row: OutboxRow) => 0 | 1;
  /** The commit failed; `unknown` when nobody can say whether it did (the connection broke before the answer). */
  unreserve: (rows: readonly OutboxRow[], unknown?: boolean) => void;
  /** Takes committed rows over, in order. */
  take: (rows: readonly OutboxRow[]) => void;
  /**
   * These numbers are ours now: their rows are read, those that may have been posted wait for a status first. Resolves when that
   * is noted; where the database is away it goes on trying and posts nothing before.
   */
  open: (channelIds: readonly number[]) => Promise<void>;
  /** Somebody else may have put rows into the outbox of these numbers. */
  look: (channelIds: readonly number[]) => void;
  /** These numbers are not ours any more: nothing more is posted; outcomes of what is under way are still recorded. */
  drop: (channelIds: readonly number[]) => void;
  /** The same in order: resolves when nothing is under way and what was not posted is due for whoever comes next. */
  handBack: (channelIds: readonly number[]) => Promise<void>;
  /** Looks for rows that nobody holds; call it every half a minute. */
  sweep: () => Promise<void>;
  /** Messages came in: the provider counts them against the number's rate. */
  received: (channelId: number, messages: number) => void;
  /** Shows the citizen that the message was read and an answer is being written. Best effort. */
  markRead: ReadReceipts['markRead'];
  forgetAddresses: () => void;
  /** Resolves when nothing is being posted or read: all the rest waits for a time, a status or a stopped number. */
  settled: () => Promise<void>;
  /** Messages in memory that are not yet known to be with the provider. */
  waiting: () => number;
  state: () => NumberState[];
  /** Hands all numbers back. */
  stop: () => Promise<void>;
}

export interface SenderParts {
  facts: FactRecorder;
  http: HttpClient;
  /** Asked right before each post: whether the number was confirmed to be ours a moment ago. */
  mayPost: (channelId: number) => boolean;
  meter?: Meter;
  settings?: Partial<SenderSettings>;
}

export function createSender(deps: RuntimeDeps, parts: SenderParts): Sender {
  const { facts, http, mayPost, meter } = parts;
  const posting = createPostContext(deps, http);
  const port = createPort({ deps, facts, posting, meter, mayPost });
  const scheduler = createScheduler(port, { ...SENDER_SETTINGS, ...parts.settings });
  const receipts = createReadReceipts({
    now: deps.now,
    hasRoom: scheduler.hasRoom,
    send: async (channel, externalId) => {
      const adapter = deps.adapters.get(channel.channelType);
      if (adapter !== undefined) await http.call(adapter.renderRead(externalId, true, channel));
    },
    onError: (detail) => deps.log('debug', 'read_not_shown', { detail }),
  });
  facts.onSettled((_contactId, messageId) => scheduler.arrived(messageId));
  const { hasRoom: _hasRoom, arrived: _arrived, ...shown } = scheduler;
  return {
    ...shown,
    markRead: receipts.markRead,
    forgetAddresses: () => posting.addresses.clear(),
    stop: async () => {
      await receipts.stop();
      await scheduler.stop();
    },
  };
}
