/**
 * What a decision table says of what somebody has told. All rows are read and the most urgent one that applies wins. A row asks only
 * for what is there, never for what is not, so whatever is added can only make it more urgent.
 */
import type { Localized } from '../data/localized.ts';

/** The most urgent first. */
export const URGENCIES = ['emergency', 'today', 'soon', 'home'] as const;

export type Urgency = (typeof URGENCIES)[number];

/** Whoever is not sure could have anything that is asked; `unsure:<group>`, anything of this group. */
export const UNSURE = 'unsure';

export interface Row {
  id: string;
  /** At least one of them, where there are any. */
  anyOf: readonly string[];
  /** Every one of them. */
  allOf: readonly string[];
  urgency: Urgency;
  /** What it is called. */
  name: Localized;
  /** What to do until help comes. */
  advice: Localized;
}

export interface DecisionTable {
  id: string;
  version: string;
  source: string;
  url: string;
  /** The day on which it was compared with its source, and the one until which that counts: ISO dates. */
  asOf: string;
  review: string;
  /** Signs by what is asked. */
  inputs: ReadonlyMap<string, readonly string[]>;
  rows: readonly Row[];
}

/** The most urgent that holds, and the rows that say so; `home` without any. Undefined for a sign that the table does not know. */
export function assess(table: DecisionTable, signs: readonly string[]): { urgency: Urgency; rows: Row[] } | undefined {
  const told = new Set<string>();
  for (const sign of signs) {
    const meant = signsMeant(table, sign);
    if (meant === undefined) return undefined;
    for (const each of meant) told.add(each);
  }
  const holding = table.rows.filter((row) => holds(row, told));
  const urgency = URGENCIES.find((each) => holding.some((row) => row.urgency === each)) ?? 'home';
  return { urgency, rows: holding.filter((row) => row.urgency === urgency) };
}

function holds({ anyOf, allOf }: Row, told: ReadonlySet<string>): boolean {
  return allOf.every((sign) => told.has(sign)) && (anyOf.length === 0 || anyOf.some((sign) => told.has(sign)));
}

function signsMeant({ inputs }: DecisionTable, sign: string): readonly string[] | undefined {
  if (sign === UNSURE) return [...inputs.values()].flat();
  if (sign.startsWith(`${UNSURE}:`)) return inputs.get(sign.slice(UNSURE.length + 1));
  return [...inputs.values()].some((group) => group.includes(sign)) ? [sign] : undefined;
}
