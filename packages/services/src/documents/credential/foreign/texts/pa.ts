import type { ForeignLabels } from '../foreign-labels.ts';

export const pa: ForeignLabels = {
  kinds: {
    dcc: 'ਯੂਰਪੀ ਕੋਵਿਡ ਸਰਟੀਫਿਕੇਟ',
    claim169: 'ਪਛਾਣ ਕੋਡ (MOSIP)',
    pixelpass: 'ਜਾਣਕਾਰੀ ਦਾ ਕੋਡ (PixelPass)',
    divoc: 'ਟੀਕਾਕਰਨ ਸਰਟੀਫਿਕੇਟ (Co-WIN)',
  },
  fields: {
    name: 'ਨਾਂ',
    birthDate: 'ਜਨਮ ਤਾਰੀਖ',
    age: 'ਉਮਰ',
    gender: 'ਲਿੰਗ',
    nationality: 'ਨਾਗਰਿਕਤਾ',
    guardian: 'ਸਰਪ੍ਰਸਤ',
    address: 'ਪਤਾ',
    idNumber: 'ਪਛਾਣ ਨੰਬਰ',
    vaccine: 'ਟੀਕਾ',
    dose: 'ਖੁਰਾਕ',
    date: 'ਤਾਰੀਖ',
    test: 'ਜਾਂਚ',
    result: 'ਨਤੀਜਾ',
    recoveredFrom: 'ਕਦੋਂ ਤੋਂ ਬੀਮਾਰ',
    facility: 'ਥਾਂ',
    country: 'ਦੇਸ਼',
    authority: 'ਸੰਸਥਾ',
    certificate: 'ਸਰਟੀਫਿਕੇਟ ਨੰਬਰ',
  },
};
