import type { ForeignLabels } from '../foreign-labels.ts';

export const mr: ForeignLabels = {
  kinds: {
    dcc: 'युरोपीय कोविड प्रमाणपत्र',
    claim169: 'ओळख कोड (MOSIP)',
    pixelpass: 'माहितीचा कोड (PixelPass)',
    divoc: 'लसीकरण प्रमाणपत्र (Co-WIN)',
  },
  fields: {
    name: 'नाव',
    birthDate: 'जन्मतारीख',
    age: 'वय',
    gender: 'लिंग',
    nationality: 'नागरिकत्व',
    guardian: 'पालक',
    address: 'पत्ता',
    idNumber: 'ओळख क्रमांक',
    vaccine: 'लस',
    dose: 'मात्रा',
    date: 'तारीख',
    test: 'चाचणी',
    result: 'निकाल',
    recoveredFrom: 'आजार कधीपासून',
    facility: 'ठिकाण',
    country: 'देश',
    authority: 'संस्था',
    certificate: 'प्रमाणपत्र क्रमांक',
  },
};
