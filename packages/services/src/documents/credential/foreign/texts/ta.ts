import type { ForeignLabels } from '../foreign-labels.ts';

export const ta: ForeignLabels = {
  kinds: {
    dcc: 'ஐரோப்பிய கோவிட் சான்றிதழ்',
    claim169: 'அடையாளக் குறியீடு (MOSIP)',
    pixelpass: 'தகவல் குறியீடு (PixelPass)',
    divoc: 'தடுப்பூசிச் சான்றிதழ் (Co-WIN)',
  },
  fields: {
    name: 'பெயர்',
    birthDate: 'பிறந்த தேதி',
    age: 'வயது',
    gender: 'பாலினம்',
    nationality: 'குடியுரிமை',
    guardian: 'பாதுகாவலர்',
    address: 'முகவரி',
    idNumber: 'அடையாள எண்',
    vaccine: 'தடுப்பூசி',
    dose: 'டோஸ்',
    date: 'தேதி',
    test: 'பரிசோதனை',
    result: 'முடிவு',
    recoveredFrom: 'எப்போதிலிருந்து நோய்',
    facility: 'இடம்',
    country: 'நாடு',
    authority: 'அமைப்பு',
    certificate: 'சான்றிதழ் எண்',
  },
};
