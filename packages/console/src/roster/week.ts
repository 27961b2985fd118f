const DAY_MS = 86_400_000;

export const WEEK_MS = 7 * DAY_MS;

/** Midnight of the Monday before, by the officer's own clock. */
export function mondayOf(moment: Date): Date {
  const day = new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return new Date(day.getTime() - ((day.getDay() + 6) % 7) * DAY_MS);
}
