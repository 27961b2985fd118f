/** Which requests are asked for: the arguments of GET requests, those of the specification and those in wide use besides. */
import type { Arguments } from './arguments.ts';
import { readMoment } from './moments.ts';
import { badRequest } from './refusal.ts';

export interface RequestFilter {
  /** When given, nothing else counts. */
  references: readonly string[];
  serviceCodes: readonly string[];
  /** Empty: all. */
  statuses: readonly ('open' | 'closed')[];
  requested: Range | undefined;
  updated: Range | undefined;
  near: { latitude: number; longitude: number; metres: number } | undefined;
  limit: number;
  offset: number;
  /** With attributes and notes. */
  extensions: boolean;
}

export interface Range {
  from: Date;
  to: Date;
}

/** "A span of 90 days or first 1000 requests returned, whichever is smallest." */
export const MOST_REQUESTS = 1_000;
const MOST_SPAN_MS = 90 * 86_400_000;
const MOST_METRES = 50_000;
const LAST_PAGE = 10_000;

/** Reads the arguments; refuses what makes no sense. */
export function readFilter(given: Arguments, now: Date): RequestFilter {
  const updated = readRange(given, ['updated_after', 'updated_before'], now);
  const limit = readCount(given, 'page_size', MOST_REQUESTS) ?? MOST_REQUESTS;
  return {
    references: given.list('service_request_id'),
    serviceCodes: given.list('service_code'),
    statuses: given.list('status').map(readStatus),
    requested: readRange(given, ['start_date', 'end_date'], now) ?? (updated === undefined ? lastDays(now) : undefined),
    updated,
    near: readNear(given),
    limit,
    offset: ((readCount(given, 'page', LAST_PAGE) ?? 1) - 1) * limit,
    extensions: given.text('extensions') === 'true',
  };
}

/** The range of two arguments; undefined when neither is there. One of them alone spans as much as is allowed. */
export function readRange(given: Arguments, [start, end]: readonly [string, string], now: Date): Range | undefined {
  const from = readMoment(start, given.text(start));
  const to = readMoment(end, given.text(end));
  if (from === undefined && to === undefined) return undefined;
  const range = {
    from: from ?? new Date((to ?? now).getTime() - MOST_SPAN_MS),
    to: to ?? new Date((from ?? now).getTime() + MOST_SPAN_MS),
  };
  const span = range.to.getTime() - range.from.getTime();
  if (span < 0) badRequest(`${start} is after ${end}.`);
  if (span > MOST_SPAN_MS) badRequest(`${start} and ${end} may not span more than 90 days.`);
  return range;
}

/** The most recent 90 days. */
export function lastDays(now: Date): Range {
  return { from: new Date(now.getTime() - MOST_SPAN_MS), to: now };
}

function readStatus(text: string): 'open' | 'closed' {
  const status = text.toLowerCase();
  return status === 'open' || status === 'closed' ? status : badRequest('status must be open or closed.');
}

function readCount(given: Arguments, name: string, most: number): number | undefined {
  const count = given.number(name);
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= most))
    badRequest(`${name} must be a whole number from 1 to ${most}.`);
  return count;
}

function readNear(given: Arguments): RequestFilter['near'] {
  const place = readPlace(given);
  const metres = given.number('radius');
  if (place === undefined) return metres === undefined ? undefined : badRequest('radius needs lat and long.');
  if (metres === undefined) return badRequest('lat and long need radius, in metres.');
  if (metres <= 0 || metres > MOST_METRES) return badRequest(`radius must be from 1 to ${MOST_METRES} metres.`);
  return { ...place, metres };
}

/** lat and long; undefined when both are left out. */
export function readPlace(given: Arguments): { latitude: number; longitude: number } | undefined {
  const [latitude, longitude] = [given.number('lat'), given.number('long')];
  if (latitude === undefined && longitude === undefined) return undefined;
  if (latitude === undefined || longitude === undefined) return badRequest('lat and long go together.');
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return badRequest('lat and long are no place on earth.');
  return { latitude, longitude };
}
