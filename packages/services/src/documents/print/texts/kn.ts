import type { PrintedWords } from '../words.ts';

export const kn: PrintedWords = {
  number: 'ಸಂಖ್ಯೆ',
  issuedOn: 'ನೀಡಿದ ದಿನಾಂಕ',
  validUntil: 'ಎಲ್ಲಿಯವರೆಗೆ ಮಾನ್ಯ',
  noEnd: 'ಅವಧಿ ಮುಗಿಯುವುದಿಲ್ಲ',
  check: 'ಇದು ಅಸಲಿಯೇ? ಕೆಳಗಿನ ವಿಳಾಸದಲ್ಲಿ ಈ ಕೋಡ್ ಸ್ಕ್ಯಾನ್ ಮಾಡಿ. ಇಂಟರ್ನೆಟ್ ಇಲ್ಲದೆಯೂ ಕೆಲಸ ಮಾಡುತ್ತದೆ.',
  code: 'ಈ ದಾಖಲೆ ಅಸಲಿ ಎಂದು ಸಾಬೀತುಪಡಿಸುವ ಕ್ಯೂಆರ್ ಕೋಡ್',
};
