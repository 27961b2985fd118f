import type { PrintedWords } from '../words.ts';

export const pa: PrintedWords = {
  number: 'ਨੰਬਰ',
  issuedOn: 'ਜਾਰੀ ਕਰਨ ਦੀ ਤਾਰੀਖ਼',
  validUntil: 'ਕਦੋਂ ਤੱਕ ਜਾਇਜ਼',
  noEnd: 'ਕੋਈ ਮਿਆਦ ਨਹੀਂ',
  check: 'ਅਸਲੀ ਹੈ ਜਾਂ ਨਹੀਂ? ਹੇਠਲੇ ਪਤੇ ’ਤੇ ਇਹ ਕੋਡ ਸਕੈਨ ਕਰੋ। ਇੰਟਰਨੈੱਟ ਤੋਂ ਬਿਨਾਂ ਵੀ ਚੱਲਦਾ ਹੈ।',
  code: 'ਕਿਊਆਰ ਕੋਡ, ਜੋ ਸਾਬਤ ਕਰਦਾ ਹੈ ਕਿ ਇਹ ਦਸਤਾਵੇਜ਼ ਅਸਲੀ ਹੈ',
};
