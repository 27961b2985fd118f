/** Everything that a pack says of clocks, and which of it is for a request. */
import { createHash } from 'node:crypto';
import { HOUR_MS } from '../../calendars/calendar.ts';
import { readCalendars } from '../../calendars/read-calendars.ts';
import type { DataReader } from '../../data/source.ts';
import type { Categories } from '../categories.ts';
import { type Policy, policyFor } from './policy.ts';
import { type Known, readPolicies } from './read-policies.ts';

export interface ClockRules {
  policies: readonly Policy[];
  /** Changes with everything that dates follow from. */
  fingerprint: string;
}

/** What of a request its promise follows from. */
export interface Promised {
  service_code: string;
  area: string | null;
  priority: number;
}

/** Reads calendars and policies; what is wrong is reported. */
export function readClockRules(
  reader: DataReader,
  files: { calendars?: string | undefined; clocks?: string | undefined },
  known: Omit<Known, 'calendars'>,
): ClockRules {
  const calendars = readCalendars(reader, files.calendars);
  const policies = calendars === undefined ? [] : readPolicies(reader, files.clocks, { ...known, calendars });
  const texts = [files.calendars, files.clocks].map((file) => (file === undefined ? '' : (reader.read(file) ?? '')));
  const promises = known.categories.all.map(({ code, parent, expectedHours }) => [code, parent, expectedHours]);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([texts, promises]))
    .digest('base64url');
  return { policies, fingerprint };
}

/** The policy for a request, and within how long of it the request is due; undefined where nothing is promised. */
export function promiseFor(
  { policies }: ClockRules,
  categories: Categories,
  { service_code, area, priority }: Promised,
): { policy: Policy; withinMs: number } | undefined {
  const policy = policyFor(policies, { categories: lineage(categories, service_code), area, priority });
  const hours = categories.byCode(service_code)?.expectedHours;
  const withinMs = policy.withinMs ?? (hours === undefined ? undefined : hours * HOUR_MS);
  return withinMs === undefined ? undefined : { policy, withinMs };
}

function lineage(categories: Categories, code: string): string[] {
  const found: string[] = [];
  for (let next: string | undefined = code; next !== undefined && !found.includes(next); next = categories.byCode(next)?.parent)
    found.push(next);
  return found;
}
