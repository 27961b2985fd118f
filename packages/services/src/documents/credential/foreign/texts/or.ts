import type { ForeignLabels } from '../foreign-labels.ts';

export const or: ForeignLabels = {
  kinds: {
    dcc: 'ୟୁରୋପୀୟ କୋଭିଡ ପ୍ରମାଣପତ୍ର',
    claim169: 'ପରିଚୟ କୋଡ (MOSIP)',
    pixelpass: 'ତଥ୍ୟ କୋଡ (PixelPass)',
    divoc: 'ଟୀକାକରଣ ପ୍ରମାଣପତ୍ର (Co-WIN)',
  },
  fields: {
    name: 'ନାମ',
    birthDate: 'ଜନ୍ମ ତାରିଖ',
    age: 'ବୟସ',
    gender: 'ଲିଙ୍ଗ',
    nationality: 'ନାଗରିକତା',
    guardian: 'ଅଭିଭାବକ',
    address: 'ଠିକଣା',
    idNumber: 'ପରିଚୟ ନମ୍ବର',
    vaccine: 'ଟୀକା',
    dose: 'ଡୋଜ',
    date: 'ତାରିଖ',
    test: 'ପରୀକ୍ଷା',
    result: 'ଫଳ',
    recoveredFrom: 'କେବେଠାରୁ ଅସୁସ୍ଥ',
    facility: 'ସ୍ଥାନ',
    country: 'ଦେଶ',
    authority: 'ସଂସ୍ଥା',
    certificate: 'ପ୍ରମାଣପତ୍ର ନମ୍ବର',
  },
};
