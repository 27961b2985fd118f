import type { ScriptTable } from '../script-table.ts';

/**
 * Tamil writes one letter for k and g, t and d, p and b, ch, s and j. The first reading voices a single stop after a vowel
 * or nasal, as it is spoken; the second keeps the stops. Neither is right for loan words: that is what the voicing-merged
 * key is for.
 */
export const TAMIL: ScriptTable = {
  script: 'Tamil',
  base: 0xb80,
  inherent: 'a',
  silent: 'nowhere',
  clusters: 'க்ஷ ksh ன்ற ndr ற்ற tr ஃப f ஃஜ z ச்ச ch ஞ்ச nj',
  letters: 'ழ zh ற r ன n ஃ k ச s த th',
  voiced: 'k t th p ch s',
  readings: [{ voiced: '' }, { voiced: 't', clusters: 'ன்ற nr', letters: 'ச ch' }],
};
