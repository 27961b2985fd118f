/** Token buckets that only say how long to wait: no timers of their own, time is passed in. */
export interface Bucket {
  /** Takes one token and returns the milliseconds until it may be used; 0: at once. */
  take: (now: number) => number;
  /** Milliseconds until a token is there, without taking it. */
  wait: (now: number) => number;
}

/** `perSecond` tokens a second, at most `burst` saved up. A debt is allowed: later takers wait their turn. */
export function createBucket(perSecond: number, burst: number): Bucket {
  let tokens = burst;
  let at = 0;
  const refill = (now: number) => {
    tokens = Math.min(burst, tokens + (Math.max(0, now - at) * perSecond) / 1000);
    at = Math.max(at, now);
  };
  const waitFor = (needed: number) => (needed <= 0 ? 0 : Math.ceil((needed / perSecond) * 1000));
  return {
    take: (now) => {
      refill(now);
      tokens -= 1;
      return waitFor(-tokens);
    },
    wait: (now) => {
      refill(now);
      return waitFor(1 - tokens);
    },
  };
}
