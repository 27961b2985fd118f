import type { ForeignLabels } from '../foreign-labels.ts';

export const ur: ForeignLabels = {
  kinds: {
    dcc: 'یورپی کووڈ سرٹیفکیٹ',
    claim169: 'شناختی کوڈ (MOSIP)',
    pixelpass: 'معلومات کا کوڈ (PixelPass)',
    divoc: 'ٹیکہ کاری سرٹیفکیٹ (Co-WIN)',
  },
  fields: {
    name: 'نام',
    birthDate: 'تاریخ پیدائش',
    age: 'عمر',
    gender: 'جنس',
    nationality: 'شہریت',
    guardian: 'سرپرست',
    address: 'پتہ',
    idNumber: 'شناختی نمبر',
    vaccine: 'ٹیکہ',
    dose: 'خوراک',
    date: 'تاریخ',
    test: 'جانچ',
    result: 'نتیجہ',
    recoveredFrom: 'بیماری کب سے',
    facility: 'جگہ',
    country: 'ملک',
    authority: 'ادارہ',
    certificate: 'سرٹیفکیٹ نمبر',
  },
};
