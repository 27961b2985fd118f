import type { ScriptTable } from '../script-table.ts';

/** Telugu speaks its final vowels; ృ is typed ru or ri; dental త and థ with th. */
export const TELUGU: ScriptTable = {
  script: 'Telugu',
  base: 0xc00,
  inherent: 'a',
  silent: 'nowhere',
  finalM: true,
  clusters: 'క్ష ksh జ్ఞ gn',
  letters: 'ఋ ru ృ ru త th',
  readings: [{ clusters: 'జ్ఞ jn', letters: 'ఋ ri ృ ri ం m' }],
};
