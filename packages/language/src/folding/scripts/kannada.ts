import type { ScriptTable } from '../script-table.ts';

/** Kannada speaks its final vowels; ೃ is typed ru or ri, ಜ್ಞ jn or gn. */
export const KANNADA: ScriptTable = {
  script: 'Kannada',
  base: 0xc80,
  inherent: 'a',
  silent: 'nowhere',
  finalM: true,
  clusters: 'ಕ್ಷ ksh ಜ್ಞ jn',
  letters: 'ಋ ru ೃ ru ೞ l ತ th',
  readings: [{ clusters: 'ಜ್ಞ gn', letters: 'ಋ ri ೃ ri' }],
};
