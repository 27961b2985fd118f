import type { RequestDesk } from './desk.ts';

const HOUR_MS = 3_600_000;

/** When a request of this category should be done that is opened, or opened again, now; null where nothing is promised. */
export function promisedAt({ categories }: RequestDesk, serviceCode: string, now: Date): Date | null {
  const hours = categories.byCode(serviceCode)?.expectedHours;
  return hours === undefined ? null : new Date(now.getTime() + hours * HOUR_MS);
}
