import type { ForeignLabels } from '../foreign-labels.ts';

export const bn: ForeignLabels = {
  kinds: {
    dcc: 'ইউরোপীয় কোভিড শংসাপত্র',
    claim169: 'পরিচয় কোড (MOSIP)',
    pixelpass: 'তথ্যের কোড (PixelPass)',
    divoc: 'টিকার শংসাপত্র (Co-WIN)',
  },
  fields: {
    name: 'নাম',
    birthDate: 'জন্মতারিখ',
    age: 'বয়স',
    gender: 'লিঙ্গ',
    nationality: 'নাগরিকত্ব',
    guardian: 'অভিভাবক',
    address: 'ঠিকানা',
    idNumber: 'পরিচয় নম্বর',
    vaccine: 'টিকা',
    dose: 'ডোজ',
    date: 'তারিখ',
    test: 'পরীক্ষা',
    result: 'ফল',
    recoveredFrom: 'কবে থেকে অসুস্থ',
    facility: 'জায়গা',
    country: 'দেশ',
    authority: 'সংস্থা',
    certificate: 'শংসাপত্র নম্বর',
  },
};
