import type { PrintedWords } from '../words.ts';

export const ml: PrintedWords = {
  number: 'നമ്പർ',
  issuedOn: 'നൽകിയ തീയതി',
  validUntil: 'എന്നുവരെ സാധുവാണ്',
  noEnd: 'കാലാവധിയില്ല',
  check: 'ഇത് യഥാർത്ഥമാണോ? താഴെയുള്ള വിലാസത്തിൽ ഈ കോഡ് സ്കാൻ ചെയ്യുക. ഇന്റർനെറ്റ് ഇല്ലാതെയും പ്രവർത്തിക്കും.',
  code: 'ഈ രേഖ യഥാർത്ഥമാണെന്ന് തെളിയിക്കുന്ന ക്യുആർ കോഡ്',
};
