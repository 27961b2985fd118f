import type { PrintedWords } from '../words.ts';

export const hi: PrintedWords = {
  number: 'क्रमांक',
  issuedOn: 'जारी करने की तारीख',
  validUntil: 'कब तक मान्य',
  noEnd: 'कोई समय-सीमा नहीं',
  check: 'असली है या नहीं? नीचे दिए पते पर यह कोड स्कैन करें। बिना इंटरनेट के भी काम करता है।',
  code: 'क्यूआर कोड, जो साबित करता है कि यह दस्तावेज़ असली है',
};
