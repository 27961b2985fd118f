/** How fast we may send: a bucket for each number, and one for each pair of number and citizen. */
import type { Channel } from '@hazir/store';
import { LRUCache } from 'lru-cache';
import { type Bucket, createBucket } from './buckets.ts';

export interface Rates {
  /** Takes a place and returns the milliseconds until it may be used. */
  take: (channel: Channel, lane: string) => number;
  /** True when the number could send one more at once. */
  hasRoom: (channel: Channel) => boolean;
}

/** WhatsApp: a pair may have 45 messages at once, then one every six seconds. */
const PAIR = { perSecond: 1 / 6, burst: 45 };
const PAIRS = 100_000;

export function createRates(now: () => number): Rates {
  const numbers = new Map<number, { rate: number; bucket: Bucket }>();
  const pairs = new LRUCache<string, Bucket>({ max: PAIRS });
  const bucketOf = (channel: Channel): Bucket => {
    const known = numbers.get(channel.id);
    if (known?.rate === channel.messagesPerSecond) return known.bucket;
    const bucket = createBucket(channel.messagesPerSecond, Math.max(1, channel.messagesPerSecond / 4));
    numbers.set(channel.id, { rate: channel.messagesPerSecond, bucket });
    return bucket;
  };
  return {
    take: (channel, lane) => {
      const pair = pairs.get(lane) ?? createBucket(PAIR.perSecond, PAIR.burst);
      pairs.set(lane, pair);
      return Math.max(bucketOf(channel).take(now()), pair.take(now()));
    },
    hasRoom: (channel) => bucketOf(channel).wait(now()) === 0,
  };
}
