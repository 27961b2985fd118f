import type { IntlShape } from 'react-intl';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The largest unit that says enough. */
export function durationOf(ms: number, format: IntlShape['formatMessage']): string {
  if (ms < HOUR) return format({ id: 'time.minutes' }, { count: Math.max(1, Math.round(ms / 60_000)) });
  if (ms < 2 * DAY) return format({ id: 'time.hours' }, { count: Math.round(ms / HOUR) });
  return format({ id: 'time.days' }, { count: Math.round(ms / DAY) });
}
