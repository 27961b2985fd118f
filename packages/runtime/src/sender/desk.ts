/** What the parts of the scheduler share, and what it asks of the outside: clock, numbers, outbox, and the post itself. */
import type { SendOutcome } from '@hazir/core';
import type { Channel, Claimed, Lane, OutboxRow, Portion } from '@hazir/store';
import type { Log } from '../log.ts';
import type { Line, NumberQueue } from './lines.ts';
import type { SenderSettings } from './settings.ts';

/** What a line does after an attempt: go on with its next row, or come back to this one when it is due. */
export type Next = { type: 'done' } | { type: 'again'; row: OutboxRow };

export interface Posted {
  outcome: SendOutcome;
  /** False when nothing was asked of the provider. */
  asked: boolean;
}

export interface Port {
  /** Milliseconds since 1970. */
  now: () => number;
  log: Log;
  channel: (id: number) => Channel | undefined;
  /** Reads the numbers again: one that was stopped may be free. */
  reloadChannels: () => Promise<void>;
  /** Asked right before each post: false when the number may be somebody else's by now. */
  mayPost: (channelId: number) => boolean;
  /** Null for a row that is not ours to post any more. Batched by the port; so is `settle`. */
  claim: (row: OutboxRow, again: boolean) => Promise<Claimed | null>;
  /** Never throws but for a database that is away before anything was asked. */
  post: (row: OutboxRow, channel: Channel) => Promise<Posted>;
  settle: (row: OutboxRow, channel: Channel, outcome: SendOutcome) => Promise<Next>;
  read: (portion: Portion) => Promise<OutboxRow[]>;
  stillThere: (rows: readonly OutboxRow[]) => Promise<OutboxRow[]>;
  /** Rows that were being posted are in doubt now, and all in doubt wait anew; returns how many. */
  holdInDoubt: (channelIds: readonly number[]) => Promise<number>;
  /** The same for rows that are being posted since `before`, and not by us. */
  holdAbandoned: (channelIds: readonly number[], except: readonly string[], before: Date) => Promise<number>;
  giveBack: (rows: readonly OutboxRow[]) => Promise<Set<string>>;
  forgotten: (
    channelIds: readonly number[],
    except: readonly string[],
    before: Date,
  ) => Promise<{ channelId: number; lane: Lane }[]>;
}

export interface Desk {
  port: Port;
  settings: SenderSettings;
  numbers: Map<number, NumberQueue>;
  /** Places taken in all numbers. */
  inAll: number;
  /** Numbers that found no place although their own had room: they go first when one is free. */
  starved: Set<NumberQueue>;
  /** Rows in doubt, by id. */
  doubts: Map<string, { number: NumberQueue; line: Line; row: OutboxRow }>;
  /** Starts what may be started now. */
  pump: (number: NumberQueue) => void;
  /** Counts a piece of work that `settled` waits for. */
  track: (work: Promise<unknown>) => void;
  stopped: boolean;
}

export const LOOK_MS = 1_000;

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
