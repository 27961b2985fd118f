import type { ForeignLabels } from '../foreign-labels.ts';

export const te: ForeignLabels = {
  kinds: {
    dcc: 'యూరోపియన్ కోవిడ్ సర్టిఫికెట్',
    claim169: 'గుర్తింపు కోడ్ (MOSIP)',
    pixelpass: 'సమాచార కోడ్ (PixelPass)',
    divoc: 'టీకా సర్టిఫికెట్ (Co-WIN)',
  },
  fields: {
    name: 'పేరు',
    birthDate: 'పుట్టిన తేదీ',
    age: 'వయసు',
    gender: 'లింగం',
    nationality: 'పౌరసత్వం',
    guardian: 'సంరక్షకులు',
    address: 'చిరునామా',
    idNumber: 'గుర్తింపు సంఖ్య',
    vaccine: 'టీకా',
    dose: 'డోసు',
    date: 'తేదీ',
    test: 'పరీక్ష',
    result: 'ఫలితం',
    recoveredFrom: 'ఎప్పటి నుంచి అనారోగ్యం',
    facility: 'స్థలం',
    country: 'దేశం',
    authority: 'సంస్థ',
    certificate: 'సర్టిఫికెట్ సంఖ్య',
  },
};
