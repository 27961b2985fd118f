/** What the harness may ask of the world's process. */
import type { WorldOptions } from './create-world.ts';
import type { OpenLoad } from './modes.ts';
import type { Tally } from './tally.ts';

export type WorldReport = Omit<Tally, 'replyMs' | 'ackMs' | 'measuring'> & {
  unanswered: number;
  /** Webhooks that were acknowledged within the window. */
  webhooks: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  organizations: { replies: number; p50Ms: number; p95Ms: number; p99Ms: number }[];
  ackP50Ms: number;
  ackP99Ms: number;
  ackMaxMs: number;
};

export interface WorldCalls {
  /** Makes the world and returns the port of its Graph API. */
  open: (options: Omit<WorldOptions, 'delivery' | 'fate'>) => Promise<number>;
  introduce: (contacts: readonly number[]) => Promise<void>;
  offerClosed: (citizens: number) => Promise<void>;
  offerOpen: (load: OpenLoad) => Promise<void>;
  /** Resolves with the webhooks a second that were acknowledged. */
  burst: (count: number) => Promise<number>;
  /** Offers nothing new, of whatever was being offered. */
  stop: () => Promise<void>;
  /** Begins the measured window. */
  measure: () => Promise<void>;
  /** Ends the measured window and returns what was in it. */
  read: () => Promise<WorldReport>;
  /** Waits until every message has its reply and its statuses; resolves with those that have not. */
  drain: (withinMs: number) => Promise<number>;
  close: () => Promise<void>;
}
