import type { ScriptTable } from '../script-table.ts';

/** Gujarati: as Devanagari; ડ is also heard, and typed, as r; જ્ઞ as gn. */
export const GUJARATI: ScriptTable = {
  script: 'Gujarati',
  base: 0xa80,
  inherent: 'a',
  silent: 'medial',
  clusters: 'ક્ષ ksh જ્ઞ gy',
  letters: 'ઍ e ઑ o ૅ e ૉ o',
  readings: [{ clusters: 'જ્ઞ gn', letters: 'ઋ ru ૃ ru ં - ળ d' }],
};
