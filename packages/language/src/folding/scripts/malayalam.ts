import type { ScriptTable } from '../script-table.ts';

/**
 * Malayalam: chillu letters are consonants without a vowel, ങ്ങ, ഞ്ഞ, ന്റ and റ്റ are single sounds. The second reading
 * voices a single stop after a vowel or nasal (പടം: padam), as in Tamil.
 */
export const MALAYALAM: ScriptTable = {
  script: 'Malayalam',
  base: 0xd00,
  inherent: 'a',
  silent: 'nowhere',
  finalM: true,
  voiced: 't',
  clusters: 'ക്ഷ ksh ജ്ഞ jn ങ്ങ ng ങ്ക nk ഞ്ഞ nj ഞ്ച nch ന്റ nt ൻറ nt റ്റ tt',
  letters: 'ൺ n ൻ n ർ r ൽ l ൾ l ൿ k ഴ zh ത th ഞ nj ഋ ri ൗ au',
  readings: [{ voiced: '', letters: 'ം m' }, { voiced: 'k t th p ch' }],
};
