import type { ForeignLabels } from '../foreign-labels.ts';

export const gu: ForeignLabels = {
  kinds: {
    dcc: 'યુરોપિયન કોવિડ પ્રમાણપત્ર',
    claim169: 'ઓળખ કોડ (MOSIP)',
    pixelpass: 'માહિતીનો કોડ (PixelPass)',
    divoc: 'રસીકરણ પ્રમાણપત્ર (Co-WIN)',
  },
  fields: {
    name: 'નામ',
    birthDate: 'જન્મ તારીખ',
    age: 'ઉંમર',
    gender: 'જાતિ',
    nationality: 'નાગરિકતા',
    guardian: 'વાલી',
    address: 'સરનામું',
    idNumber: 'ઓળખ નંબર',
    vaccine: 'રસી',
    dose: 'ડોઝ',
    date: 'તારીખ',
    test: 'તપાસ',
    result: 'પરિણામ',
    recoveredFrom: 'ક્યારથી બીમાર',
    facility: 'જગ્યા',
    country: 'દેશ',
    authority: 'સંસ્થા',
    certificate: 'પ્રમાણપત્ર નંબર',
  },
};
