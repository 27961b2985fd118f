import type { ForeignLabels } from '../foreign-labels.ts';

export const ml: ForeignLabels = {
  kinds: {
    dcc: 'യൂറോപ്യൻ കോവിഡ് സർട്ടിഫിക്കറ്റ്',
    claim169: 'തിരിച്ചറിയൽ കോഡ് (MOSIP)',
    pixelpass: 'വിവര കോഡ് (PixelPass)',
    divoc: 'വാക്സിൻ സർട്ടിഫിക്കറ്റ് (Co-WIN)',
  },
  fields: {
    name: 'പേര്',
    birthDate: 'ജനനത്തീയതി',
    age: 'വയസ്സ്',
    gender: 'ലിംഗം',
    nationality: 'പൗരത്വം',
    guardian: 'രക്ഷിതാവ്',
    address: 'വിലാസം',
    idNumber: 'തിരിച്ചറിയൽ നമ്പർ',
    vaccine: 'വാക്സിൻ',
    dose: 'ഡോസ്',
    date: 'തീയതി',
    test: 'പരിശോധന',
    result: 'ഫലം',
    recoveredFrom: 'എന്നുമുതൽ രോഗം',
    facility: 'സ്ഥലം',
    country: 'രാജ്യം',
    authority: 'സ്ഥാപനം',
    certificate: 'സർട്ടിഫിക്കറ്റ് നമ്പർ',
  },
};
