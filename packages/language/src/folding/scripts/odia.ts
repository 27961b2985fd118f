import type { ScriptTable } from '../script-table.ts';

/** Odia speaks its final vowels; ଯ is j and only ୟ is y; ଡ଼ is typed with d or r, ୱ and ବ both with b or w. */
export const ODIA: ScriptTable = {
  script: 'Oriya',
  base: 0xb00,
  inherent: 'a',
  silent: 'nowhere',
  clusters: 'କ୍ଷ ksh ଜ୍ଞ gy ଯ୍ୟ y',
  letters: 'ଯ j ୟ y ୱ w ଂ n ଋ ru ୃ ru',
  readings: [
    {
      clusters: 'ଜ୍ଞ jn କ୍ଷ kh ଯ୍ୟ jy',
      letters: 'ଡ଼ d ଢ଼ dh ଋ ri ୃ ri',
    },
  ],
};
