import type { ForeignLabels } from '../foreign-labels.ts';

export const as: ForeignLabels = {
  kinds: {
    dcc: 'ইউৰোপীয় কোভিড প্ৰমাণপত্ৰ',
    claim169: 'পৰিচয় ক’ড (MOSIP)',
    pixelpass: 'তথ্যৰ ক’ড (PixelPass)',
    divoc: 'টীকাকৰণ প্ৰমাণপত্ৰ (Co-WIN)',
  },
  fields: {
    name: 'নাম',
    birthDate: 'জন্ম তাৰিখ',
    age: 'বয়স',
    gender: 'লিংগ',
    nationality: 'নাগৰিকত্ব',
    guardian: 'অভিভাৱক',
    address: 'ঠিকনা',
    idNumber: 'পৰিচয় নম্বৰ',
    vaccine: 'টীকা',
    dose: 'ড’জ',
    date: 'তাৰিখ',
    test: 'পৰীক্ষা',
    result: 'ফলাফল',
    recoveredFrom: 'কেতিয়াৰ পৰা অসুস্থ',
    facility: 'ঠাই',
    country: 'দেশ',
    authority: 'সংস্থা',
    certificate: 'প্ৰমাণপত্ৰ নম্বৰ',
  },
};
