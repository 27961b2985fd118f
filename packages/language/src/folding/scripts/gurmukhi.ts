import type { ScriptTable } from '../script-table.ts';

/** Gurmukhi: the tippi is a nasal, the addak doubles the next consonant (keys do not tell doubles), ੜ is typed with r or d. */
export const GURMUKHI: ScriptTable = {
  script: 'Gurmukhi',
  base: 0xa00,
  inherent: 'a',
  silent: 'medial',
  clusters: '',
  letters: 'ੰ n ੱ - ੜ r ੲ - ੳ u ੴ ikonkar ੵ y',
  readings: [{ letters: 'ੜ d ਂ -' }],
};
