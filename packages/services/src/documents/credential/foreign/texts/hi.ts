import type { ForeignLabels } from '../foreign-labels.ts';

export const hi: ForeignLabels = {
  kinds: {
    dcc: 'यूरोपीय कोविड प्रमाण पत्र',
    claim169: 'पहचान कोड (MOSIP)',
    pixelpass: 'जानकारी का कोड (PixelPass)',
    divoc: 'टीकाकरण प्रमाण पत्र (Co-WIN)',
  },
  fields: {
    name: 'नाम',
    birthDate: 'जन्म तिथि',
    age: 'उम्र',
    gender: 'लिंग',
    nationality: 'नागरिकता',
    guardian: 'अभिभावक',
    address: 'पता',
    idNumber: 'पहचान संख्या',
    vaccine: 'टीका',
    dose: 'खुराक',
    date: 'तारीख़',
    test: 'जाँच',
    result: 'नतीजा',
    recoveredFrom: 'बीमारी कब से',
    facility: 'जगह',
    country: 'देश',
    authority: 'संस्था',
    certificate: 'प्रमाण पत्र संख्या',
  },
};
