/** What is promised for a request, what stops its clock, and who hears when the promise is not kept: data of the pack. */

import { ALWAYS, type Calendar } from '../../calendars/calendar.ts';
import type { Audience } from '../life-cycles/life-cycle.ts';

/** Where a request is taken to: so many posts above the responsible one, or to a post. */
export type Destination = { above: number } | { post: string };

export interface Rung {
  /** Time after the rung before; the first one counts from the breach. */
  afterMs: number;
  calendar: Calendar;
  to: Destination;
  tells: readonly Audience[];
}

export interface PauseRule {
  /** Code of a state of kind waiting. */
  state: string;
  /** Codes of the reasons that count; undefined for any. */
  reasons: readonly string[] | undefined;
}

export interface Policy {
  code: string;
  /** Codes; empty for all. A category stands for what is below it. */
  categories: readonly string[];
  areas: readonly string[];
  priorities: readonly number[];
  calendar: Calendar;
  /** Undefined: the category's own hours, in this calendar. */
  withinMs: number | undefined;
  /** So long before it is due, the officer is warned; 0 for never. */
  warnMs: number;
  /** So long after it is due, it is a breach. */
  graceMs: number;
  pauses: readonly PauseRule[];
  /** From the first rung to the top. */
  ladder: readonly Rung[];
}

/** For what no policy of the pack is made: the category's own hours, round the clock, and nobody above hears. */
export const PLAIN_POLICY: Policy = {
  ...{ code: 'plain', categories: [], areas: [], priorities: [], calendar: ALWAYS },
  ...{ withinMs: undefined, warnMs: 0, graceMs: 0, pauses: [], ladder: [] },
};

/** What of a request decides on its policy. */
export interface PolicyMatter {
  /** The category, its parent, and so on. */
  categories: readonly string[];
  area: string | null;
  priority: number;
}

/**
 * The policy that is made for a request. The nearest category wins; of those alike the one that names the area; of those
 * the one that names the priority.
 */
export function policyFor(policies: readonly Policy[], matter: PolicyMatter): Policy {
  let best: { policy: Policy; rank: readonly number[] } | undefined;
  for (const policy of policies) {
    const rank = rankOf(policy, matter);
    if (rank !== undefined && (best === undefined || isHigher(rank, best.rank))) best = { policy, rank };
  }
  return best?.policy ?? PLAIN_POLICY;
}

/** True when the clock stands still in a state that was entered for this reason. */
export function pauses(policy: Policy, state: string, reason: string | undefined): boolean {
  return policy.pauses.some(
    (rule) => rule.state === state && (rule.reasons === undefined || (reason !== undefined && rule.reasons.includes(reason))),
  );
}

/** How closely a policy fits, most important first; undefined when it is for others. */
function rankOf(policy: Policy, { categories, area, priority }: PolicyMatter): readonly number[] | undefined {
  const depth = categories.findIndex((code) => policy.categories.includes(code));
  if (policy.categories.length > 0 && depth < 0) return undefined;
  if (policy.areas.length > 0 && (area === null || !policy.areas.includes(area))) return undefined;
  if (policy.priorities.length > 0 && !policy.priorities.includes(priority)) return undefined;
  const nearness = depth < 0 ? 0 : categories.length - depth;
  return [nearness, Math.min(1, policy.areas.length), Math.min(1, policy.priorities.length)];
}

function isHigher(rank: readonly number[], than: readonly number[]): boolean {
  const index = rank.findIndex((value, at) => value !== than[at]);
  return index >= 0 && (rank[index] ?? 0) > (than[index] ?? 0);
}
