import type { Counts } from '../../api/client.ts';

export interface AreaSum {
  /** Null: of no area. */
  area: string | null;
  count: number;
  overdue: number;
  soon: number;
}

/** All kinds of state together; the area with most that is overdue first. */
export function sumsByArea(counts: Counts['areas']): AreaSum[] {
  const found = new Map<string | null, AreaSum>();
  for (const { area, count, overdue, soon } of counts) {
    const before = found.get(area) ?? { area, count: 0, overdue: 0, soon: 0 };
    found.set(area, { area, count: before.count + count, overdue: before.overdue + overdue, soon: before.soon + soon });
  }
  return [...found.values()].sort((a, b) => b.overdue - a.overdue || b.count - a.count);
}
