import type { PrintedWords } from '../words.ts';

export const te: PrintedWords = {
  number: 'సంఖ్య',
  issuedOn: 'జారీ చేసిన తేదీ',
  validUntil: 'ఎప్పటి వరకు చెల్లుతుంది',
  noEnd: 'గడువు లేదు',
  check: 'ఇది నిజమైనదేనా? కింది చిరునామాలో ఈ కోడ్‌ను స్కాన్ చేయండి. ఇంటర్నెట్ లేకపోయినా పని చేస్తుంది.',
  code: 'ఈ పత్రం నిజమైనదని నిరూపించే క్యూఆర్ కోడ్',
};
