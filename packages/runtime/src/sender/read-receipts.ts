/**
 * Shows citizens that their message was read and that an answer is being written. Best effort: few at a time, only while the
 * number has room, the latest of each citizen, and never later than it would still mean something.
 */
import type { Channel } from '@hazir/store';
import { reasonOf } from './desk.ts';

export interface ReadReceipts {
  /** `citizen` names who wrote, so that of several messages that wait only the latest is marked. */
  markRead: (channel: Channel, externalId: string, citizen?: string) => void;
  stop: () => Promise<void>;
}

interface ReceiptDeps {
  now: () => number;
  hasRoom: (channelId: number) => boolean;
  send: (channel: Channel, externalId: string) => Promise<unknown>;
  onError: (detail: string) => void;
}

interface Waiting {
  channel: Channel;
  externalId: string;
  at: number;
}

const AT_ONCE = 8;
const MOST_WAITING = 500;
const STALE_MS = 3_000;

export function createReadReceipts(deps: ReceiptDeps): ReadReceipts {
  const waiting = new Map<string, Waiting>();
  const inFlight = new Set<Promise<void>>();
  let stopped = false;
  let scheduled = false;
  const next = () => {
    for (const [citizen, receipt] of waiting) {
      if (inFlight.size >= AT_ONCE || stopped) return;
      waiting.delete(citizen);
      // Never at the cost of an answer.
      if (deps.now() - receipt.at > STALE_MS || !deps.hasRoom(receipt.channel.id)) continue;
      const sending = deps.send(receipt.channel, receipt.externalId).then(
        () => undefined,
        (error: unknown) => deps.onError(reasonOf(error)),
      );
      inFlight.add(sending);
      void sending.then(() => {
        inFlight.delete(sending);
        next();
      });
    }
  };
  return {
    markRead: (channel, externalId, citizen = externalId) => {
      if (stopped || channel.stoppedReason !== null) return;
      const key = `${channel.id}|${citizen}`;
      waiting.delete(key);
      if (waiting.size >= MOST_WAITING) return;
      waiting.set(key, { channel, externalId, at: deps.now() });
      if (scheduled) return;
      scheduled = true;
      // After the answers that are being handed over in this moment.
      setImmediate(() => {
        scheduled = false;
        next();
      });
    },
    stop: async () => {
      stopped = true;
      await Promise.all(inFlight);
    },
  };
}
