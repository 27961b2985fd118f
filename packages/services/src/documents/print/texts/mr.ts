import type { PrintedWords } from '../words.ts';

export const mr: PrintedWords = {
  number: 'क्रमांक',
  issuedOn: 'दिल्याची तारीख',
  validUntil: 'कधीपर्यंत वैध',
  noEnd: 'मुदत नाही',
  check: 'हे खरे आहे का? खालील पत्त्यावर हा कोड स्कॅन करा. इंटरनेट नसले तरी चालते.',
  code: 'हा दस्तऐवज खरा असल्याचे सिद्ध करणारा क्यूआर कोड',
};
