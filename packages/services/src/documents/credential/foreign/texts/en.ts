import type { ForeignLabels } from '../foreign-labels.ts';

export const en: ForeignLabels = {
  kinds: {
    dcc: 'EU digital COVID certificate',
    claim169: 'Identity code (MOSIP)',
    pixelpass: 'Data code (PixelPass)',
    divoc: 'Vaccination certificate (Co-WIN)',
  },
  fields: {
    name: 'Name',
    birthDate: 'Date of birth',
    age: 'Age',
    gender: 'Gender',
    nationality: 'Nationality',
    guardian: 'Guardian',
    address: 'Address',
    idNumber: 'ID number',
    vaccine: 'Vaccine',
    dose: 'Dose',
    date: 'Date',
    test: 'Test',
    result: 'Result',
    recoveredFrom: 'Ill since',
    facility: 'Place',
    country: 'Country',
    authority: 'Authority',
    certificate: 'Certificate number',
  },
};
