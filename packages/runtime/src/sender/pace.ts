/**
 * How fast a number may send: a token bucket that only says how long to wait, without timers of its own. Meta counts messages
 * in both directions, so what comes in takes tokens too. A throttle of the whole account pauses the number, halves its
 * rate, and lets it recover step by step.
 */
import { backOff, KEPT_FREE } from './settings.ts';

export interface Pace {
  /** Follows the number's rate when the provider or the operator changes it. */
  setRate: (perSecond: number) => void;
  /** Milliseconds until a message of this rank (place in LANES) may go; 0: now. */
  wait: (now: number, rank: number) => number;
  take: (now: number, tokens?: number) => void;
  giveBack: () => void;
  /** The provider says that the number is too fast; returns until when it pauses. */
  throttled: (now: number, after: number | undefined) => number;
  accepted: () => void;
  pausedUntil: () => number;
  /** Messages a second at present. */
  rate: (now: number) => number;
}

/** Saved up while idle: what a quarter of a second lets through. */
const BURST_SECONDS = 0.25;
const SLOWEST = 1 / 8;
const STEP = 1 / 8;
const STEP_MS = 5_000;
/** Throttles of posts that were under way together count as one. */
const ONE_THROTTLE_MS = 1_000;

export function createPace(): Pace {
  let full = 1;
  let factor = 1;
  let tokens = 0;
  let at = Number.NEGATIVE_INFINITY;
  let throttledAt = Number.NEGATIVE_INFINITY;
  let steppedAt = 0;
  let streak = 0;
  let pausedUntil = 0;

  const burst = () => Math.max(1, full * factor * BURST_SECONDS);
  const recover = (now: number) => {
    if (factor === 1) return;
    const steps = Math.floor((now - steppedAt) / STEP_MS);
    if (steps <= 0) return;
    factor = Math.min(1, factor + steps * STEP);
    steppedAt += steps * STEP_MS;
  };
  const refill = (now: number) => {
    recover(now);
    if (now <= at) return;
    tokens = Math.min(burst(), at === Number.NEGATIVE_INFINITY ? burst() : tokens + ((now - at) * full * factor) / 1000);
    at = now;
  };
  return {
    setRate: (perSecond) => {
      full = Math.max(0.1, perSecond);
    },
    wait: (now, rank) => {
      if (now < pausedUntil) return pausedUntil - now;
      refill(now);
      const needed = 1 + Math.floor(burst() * (KEPT_FREE[rank] ?? 0)) - tokens;
      return needed <= 0 ? 0 : Math.ceil((needed / (full * factor)) * 1000);
    },
    take: (now, count = 1) => {
      refill(now);
      tokens = Math.max(-burst(), tokens - count);
    },
    giveBack: () => {
      tokens = Math.min(burst(), tokens + 1);
    },
    throttled: (now, after) => {
      if (now - throttledAt >= ONE_THROTTLE_MS) {
        recover(now);
        factor = Math.max(SLOWEST, factor / 2);
        streak += 1;
        throttledAt = now;
      }
      pausedUntil = Math.max(pausedUntil, now + (after ?? backOff(streak)));
      steppedAt = pausedUntil;
      return pausedUntil;
    },
    accepted: () => {
      streak = 0;
    },
    pausedUntil: () => pausedUntil,
    rate: (now) => {
      recover(now);
      return full * factor;
    },
  };
}
