import type { PrintedWords } from '../words.ts';

export const gu: PrintedWords = {
  number: 'ક્રમાંક',
  issuedOn: 'આપ્યાની તારીખ',
  validUntil: 'ક્યાં સુધી માન્ય',
  noEnd: 'મુદત પૂરી થતી નથી',
  check: 'અસલી છે કે નહીં? નીચેના સરનામે આ કોડ સ્કૅન કરો. ઇન્ટરનેટ વગર પણ ચાલે છે.',
  code: 'આ દસ્તાવેજ અસલી છે એ સાબિત કરતો ક્યુઆર કોડ',
};
