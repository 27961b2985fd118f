/** Validity is counted in days of India. */
const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' });

/** The day of a moment in milliseconds since 1970, as 2026-11-22. */
export function dayOf(now: number): string {
  return days.format(now);
}
