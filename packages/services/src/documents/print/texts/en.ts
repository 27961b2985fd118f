import type { PrintedWords } from '../words.ts';

export const en: PrintedWords = {
  number: 'Number',
  issuedOn: 'Issued on',
  validUntil: 'Valid until',
  noEnd: 'Does not expire',
  check: 'Is it genuine? Scan this code at the address below. It also works without internet.',
  code: 'QR code that proves that this document is genuine',
};
