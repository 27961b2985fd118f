import type { JsonObject } from '@hazir/core';
import { expect, test } from 'vitest';
import { loadServices } from '../load-services.ts';
import { call, citizen } from '../testing.ts';

const FILES: Record<string, string> = {
  'pins.csv': `pincode,area,latitude,longitude
700001,kolkata,22.570,88.350
700002,kolkata,22.575,88.360
700003,kolkata,22.580,88.365
700004,kolkata,22.930,88.420
712101,hooghly,22.900,88.390
712102,hooghly,22.905,88.400
712103,hooghly,22.925,88.425
`,
  'offices.csv': `area,name,landmarks,address,hours,phone,latitude,longitude
kolkata,Kolkata,"Esplanade, Shyambazar",Esplanade,Mon–Fri,+91 33 5550 0010,22.571,88.352
hooghly,Hooghly,"Chinsurah, Bandel",Chinsurah,Mon–Fri,+91 33 5550 0020,22.901,88.392
`,
  'officials.csv': 'area,role,name,phone\nkolkata,Controller,Officer,+91 33 5550 0011\n',
};

function load(files: Record<string, string> = {}, areas: JsonObject = { points: 'pins.csv', reachMetres: 5_000 }) {
  const all: Record<string, string> = { ...FILES, ...files };
  const settings = { areas, offices: 'offices.csv', officials: 'officials.csv', postOffices: 'pins.csv' };
  return loadServices(
    { directory: settings },
    { languages: ['en'], defaultLanguage: 'en', readText: (path) => (Object.hasOwn(all, path) ? all[path] : undefined) },
  );
}

const services = load();
const tx = { query: () => Promise.reject(new Error('no database here')) };
const found = (place: JsonObject, from = services) => call(from, ['directory.areasAt', { place }], { tx, subject: citizen(1) });

test.each<[string, JsonObject, string[]]>([
  ['between points of one district', { latitude: 22.573, longitude: 88.357 }, ['kolkata']],
  [
    'next to a point that is plotted in the wrong district: what lies around it',
    { latitude: 22.928, longitude: 88.421 },
    ['hooghly'],
  ],
  ['within reach of one point only', { latitude: 22.53, longitude: 88.35 }, ['kolkata']],
  ['beyond the reach of all points', { latitude: 22.75, longitude: 88.38 }, []],
  ['New Delhi', { latitude: 28.61, longitude: 77.2 }, []],
  ['the north pole', { latitude: 90, longitude: 0 }, []],
  ['a PIN', { pin: '712101' }, ['hooghly']],
  ['a PIN that is plotted wrong: its own row counts', { pin: '৭০০ ০০৪' }, ['kolkata']],
  ['a PIN of another State', { pin: '110001' }, []],
  ['a name', { name: 'Bandel' }, ['hooghly']],
])('without boundaries: %s', async (_, place, codes) => {
  expect(await found(place)).toMatchObject({ ok: true, value: codes.map((code) => ({ code })) });
});

test.each<[string, Record<string, string>, string]>([
  [
    'an office far from its area',
    { 'offices.csv': (FILES['offices.csv'] ?? '').replace('22.901,88.392', '22.571,88.352') },
    'data:outside-area',
  ],
  [
    'an area that no point names',
    { 'officials.csv': 'area,role,name,phone\nnadia,Controller,Officer,+91 33 5550 0011\n' },
    'data:unknown-area',
  ],
  ['a point without an area', { 'pins.csv': `${FILES['pins.csv']}700009,,22.57,88.35\n` }, 'data:shape'],
  ['no points at all', { 'pins.csv': 'pincode,area,latitude,longitude\n' }, 'data:shape'],
])('says what is wrong with %s', (_, files, code) => {
  expect(load(files).problems.map((problem) => problem.code)).toContain(code);
});
