/** When a webhook that was not answered with 200 is sent again. */
import type { RetryProfile } from '../options.ts';

const HOUR = 3_600_000;

/**
 * Milliseconds until the next attempt, counted from the start of the last one; undefined: given up. Meta says
 * "decreasing frequency up to 7 days" on one page and "immediately, then a few more times over 36 hours" on another.
 */
export function retryAfter(profile: RetryProfile, attempt: number, ageMs: number): number | undefined {
  const wait = profile === 'seven_days' ? Math.min(1_000 * 2 ** (attempt - 1), 6 * HOUR) : THIRTY_SIX_HOURS[attempt - 1];
  const life = profile === 'seven_days' ? 7 * 24 * HOUR : 36 * HOUR;
  return wait === undefined || ageMs + wait > life ? undefined : wait;
}

const THIRTY_SIX_HOURS = [0, 30_000, 120_000, 600_000, HOUR, 3 * HOUR, 6 * HOUR, 10 * HOUR, 14 * HOUR];
