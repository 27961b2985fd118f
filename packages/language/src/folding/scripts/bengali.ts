import type { ScriptTable } from '../script-table.ts';

/**
 * Bengali and Assamese. A second consonant ya or ba only doubles or colours the first, so it is not read; bare য is j and
 * only য় is y. The second reading is Assamese: চ and ছ are s; শ, ষ and স are x. The third is how Assamese people without x
 * type them: h.
 */
export const BENGALI: ScriptTable = {
  script: 'Bengali',
  base: 0x980,
  inherent: 'o',
  silent: 'final',
  clusters: 'ক্ষ্ম kkh ক্ষ kkh জ্ঞ gg ঙ্গ ng হ্য jj র্য rj র্ব rb ৰ্য rj ৰ্ব rb ম্ব mb ব্ব bb অ্যা a অ্য a ্যা a ্য - ্ব -',
  letters: 'অ o য j ং ng ৎ t ৰ r ৱ w শ sh ষ sh ঋ ri ঞ n',
  readings: [
    { clusters: '্ব w', letters: 'চ s ছ s শ x ষ x স x ঁ -' },
    { clusters: '্ব w', letters: 'চ s ছ s শ h ষ h স h ঁ -' },
  ],
};
