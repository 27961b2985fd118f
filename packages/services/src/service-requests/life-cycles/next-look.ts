import type { State } from './life-cycle.ts';

const HOUR_MS = 3_600_000;

/** When Hazir looks at a request again that is in this state; null for never. */
export function nextLook({ remind, lapse }: State, { since, reminders }: { since: Date; reminders: number }): Date | null {
  const moments = [
    ...(remind !== undefined && reminders < remind.most ? [remind.afterHours * (reminders + 1)] : []),
    ...(lapse === undefined ? [] : [lapse.afterHours]),
  ];
  return moments.length === 0 ? null : new Date(since.getTime() + Math.min(...moments) * HOUR_MS);
}
