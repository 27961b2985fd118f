/** What is counted of sending, for whoever draws the charts. Called on the way of every message: it must be cheap and not throw. */
import type { SendOutcome } from '@hazir/core';
import type { Channel, Lane } from '@hazir/store';

export interface Meter {
  /** An attempt ended; `code` is the provider's, or our own ("network", "window:closed"). */
  sent: (channel: Channel, lane: Lane, outcome: SendOutcome['type'], code: string | undefined) => void;
  /** How long the provider took to answer one post. */
  postMs: (channelId: number, ms: number) => void;
  /** From the time at which a message was due until its post began. */
  waitMs: (lane: Lane, ms: number) => void;
}
