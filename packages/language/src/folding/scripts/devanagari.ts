import type { ScriptTable } from '../script-table.ts';

/**
 * Devanagari: Hindi, Marathi and their neighbours. ड़ and ढ़ are typed with r or d, ज्ञ as Hindi (gy) or Marathi (dny) speak
 * it, ऋ as ri or (Marathi) ru.
 */
export const DEVANAGARI: ScriptTable = {
  script: 'Devanagari',
  base: 0x900,
  inherent: 'a',
  silent: 'medial',
  clusters: 'क्ष ksh ज्ञ gy',
  letters: 'ऍ e ऑ o ॲ a ॅ e ॉ o ळ l ऴ l ऱ r ऩ n',
  readings: [
    {
      clusters: 'ज्ञ dny',
      letters: 'ड़ d ढ़ dh ऋ ru ृ ru ँ - ं -',
    },
  ],
};
