import type { ForeignLabels } from '../foreign-labels.ts';

export const kn: ForeignLabels = {
  kinds: {
    dcc: 'ಯುರೋಪಿಯನ್ ಕೋವಿಡ್ ಪ್ರಮಾಣಪತ್ರ',
    claim169: 'ಗುರುತಿನ ಕೋಡ್ (MOSIP)',
    pixelpass: 'ಮಾಹಿತಿ ಕೋಡ್ (PixelPass)',
    divoc: 'ಲಸಿಕೆ ಪ್ರಮಾಣಪತ್ರ (Co-WIN)',
  },
  fields: {
    name: 'ಹೆಸರು',
    birthDate: 'ಹುಟ್ಟಿದ ದಿನಾಂಕ',
    age: 'ವಯಸ್ಸು',
    gender: 'ಲಿಂಗ',
    nationality: 'ಪೌರತ್ವ',
    guardian: 'ಪೋಷಕರು',
    address: 'ವಿಳಾಸ',
    idNumber: 'ಗುರುತಿನ ಸಂಖ್ಯೆ',
    vaccine: 'ಲಸಿಕೆ',
    dose: 'ಡೋಸ್',
    date: 'ದಿನಾಂಕ',
    test: 'ಪರೀಕ್ಷೆ',
    result: 'ಫಲಿತಾಂಶ',
    recoveredFrom: 'ಯಾವಾಗಿನಿಂದ ಅನಾರೋಗ್ಯ',
    facility: 'ಸ್ಥಳ',
    country: 'ದೇಶ',
    authority: 'ಸಂಸ್ಥೆ',
    certificate: 'ಪ್ರಮಾಣಪತ್ರ ಸಂಖ್ಯೆ',
  },
};
