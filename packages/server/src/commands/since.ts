/** How far back a command looks. */
import { HazirError } from '@hazir/core';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "90m", "24h", "2d", or a date such as 2026-11-22 or 2026-11-22T18:00Z. Throws `usage:since`. */
export function parseSince(text: string, now: number): Date {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (amount !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')) return new Date(now - Number(amount) * UNITS[unit]);
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new HazirError('usage:since', `"${text}" is no time to look back to.`, {
    hint: 'For example 90m, 24h, 2d or 2026-11-22T18:00Z.',
  });
}

/** A span in the largest units that say enough: "850 ms", "42 s", "3 min 5 s", "2 h 10 min", "4 d 3 h". */
export function span(ms: number): string {
  const whole = Math.round(Math.max(0, ms));
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 60_000) return `${(whole / 1_000).toFixed(whole < 10_000 ? 1 : 0)} s`;
  if (whole < UNITS.h) return `${Math.floor(whole / UNITS.m)} min ${Math.floor((whole % UNITS.m) / 1_000)} s`;
  if (whole < UNITS.d) return `${Math.floor(whole / UNITS.h)} h ${Math.floor((whole % UNITS.h) / UNITS.m)} min`;
  return `${Math.floor(whole / UNITS.d)} d ${Math.floor((whole % UNITS.d) / UNITS.h)} h`;
}
