import { expect, test } from 'vitest';
import type { RetryProfile } from '../options.ts';
import { retryAfter } from './retry.ts';

const HOUR = 3_600_000;

/** Ages at which attempts are made when no answer is ever 200. */
function attempts(profile: RetryProfile): number[] {
  const ages = [0];
  for (;;) {
    const age = ages.at(-1) ?? 0;
    const wait = retryAfter(profile, ages.length, age);
    if (wait === undefined) return ages;
    ages.push(age + wait);
  }
}

test('the seven-day profile slows down to every six hours and ends within seven days', () => {
  const ages = attempts('seven_days');
  expect(ages.slice(0, 5)).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
  expect(ages.at(-1)).toBeGreaterThan(6.5 * 24 * HOUR);
  expect(ages.at(-1)).toBeLessThanOrEqual(7 * 24 * HOUR);
  expect(ages.length).toBeLessThan(60);
});

test('the 36-hour profile tries at once, then a few more times', () => {
  const ages = attempts('thirty_six_hours');
  expect(ages[1]).toBe(0);
  expect(ages.length).toBeLessThan(12);
  expect(ages.at(-1)).toBeGreaterThan(30 * HOUR);
  expect(ages.at(-1)).toBeLessThanOrEqual(36 * HOUR);
});
