import { type CallResult, type Json, type JsonObject, listProperty, property } from '@hazir/core';
import { describe, expect, test } from 'vitest';
import { call, citizen, loadMumbai, MUMBAI_SETTINGS, readMumbai } from '../testing.ts';

const services = loadMumbai();
/** The directory reads no table. */
const tx = { query: () => Promise.reject(new Error('no database here')) };
const ask = (name: string, input: JsonObject, language = 'en', from = services): Promise<CallResult> =>
  call(from, [`directory.${name}`, input], { tx, subject: citizen(1), language });
const value = async (name: string, input: JsonObject, language = 'en', from = services): Promise<Json> => {
  const result = await ask(name, input, language, from);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const codes = async (place: JsonObject, from = services): Promise<unknown[]> => {
  const areas = await value('areasAt', { place }, 'en', from);
  return Array.isArray(areas) ? areas.map((area) => property(area, 'code')) : [];
};

test.each<[string, JsonObject, string[]]>([
  ['Shivaji Park', { latitude: 19.0268, longitude: 72.8386 }, ['G/N']],
  ['Dadar station, east side', { latitude: 19.0186, longitude: 72.8446 }, ['F/N']],
  ['Mumbai airport', { latitude: 19.0974, longitude: 72.8745 }, ['K/E']],
  [
    'a location with a name and an address, as a phone sends it',
    { latitude: 19.0268, longitude: 72.8386, name: 'Park', address: null },
    ['G/N'],
  ],
  ['the Gateway of India, on the quay: the nearest ward', { latitude: 18.922, longitude: 72.8347 }, ['A']],
  ['a boat two kilometres out', { latitude: 18.915, longitude: 72.86 }, []],
  ['exactly on the corner of a boundary: one ward, not none and not two', { latitude: 18.94907, longitude: 72.83776 }, ['A']],
  ['New Delhi', { latitude: 28.6139, longitude: 77.209 }, []],
  ['Thane, the next city', { latitude: 19.2183, longitude: 72.9781 }, []],
  ["no-man's water, 0/0", { latitude: 0, longitude: 0 }, []],
  ['the north pole', { latitude: 90, longitude: 0 }, []],
  ['PIN 400028', { pin: '400028' }, ['G/N']],
  ['PIN 400028 in Devanagari', { pin: '४०००२८' }, ['G/N']],
  ['PIN 400028 with a space', { pin: '400 028' }, ['G/N']],
  ["Dadar's PIN: most post offices first", { pin: '400014' }, ['F/N', 'F/S']],
  ['a PIN in four wards, equal counts by code', { pin: '400033' }, ['F/S', 'A', 'D', 'E']],
  ['a PIN of New Delhi', { pin: '110001' }, []],
  ['no PIN at all', { pin: 'Dadar' }, []],
])('%s', async (_, place, expected) => {
  expect(await codes(place)).toEqual(expected);
});

test.each<[string, string, string[]]>([
  ['a locality', 'Bhandup', ['S']],
  ['in Devanagari', 'भांडुप', ['S']],
  ['in Bengali', 'ভান্ডুপ', ['S']],
  ['misspelt', 'bhandoop', ['S']],
  ['with a Hindi direction in Latin letters', 'andheri pashchim', ['K/W']],
  ['with a direction shortened', 'Andheri (W)', ['K/W']],
  ['of two wards', 'dadar', ['F/N', 'G/N']],
  ['of two wards, misspelt', 'andhri', ['K/E', 'K/W']],
  ['that is also the end of another name', 'parel', ['F/S']],
  ['the other one', 'lower parel', ['G/S']],
  ['that sounds like a word that says nothing', 'khar', ['H/E', 'H/W']],
  ['with a Marathi ending, in a sentence', 'आम्ही शिवडीला राहतो', ['F/S']],
  ['with a Bengali ending, in a sentence', 'আমি ঘাটকোপরে থাকি', ['N']],
  ['in an address: the ward on which all its names agree', 'Ranade Road, near Sena Bhavan, Dadar', ['G/N']],
  ['in an address with a road that is long', 'Shop no 5, S V Road, Goregaon west', ['P/S']],
  ['that only a post office has', 'Tulsiwadi', ['D']],
  ['a hospital', 'near KEM hospital', ['F/S']],
  ['a ward by its code', 'g/n', ['G/N']],
  ['a ward by its name in Hindi', 'जी उत्तर वार्ड', ['G/N']],
  ['a ward of one letter', 'A ward', ['A']],
  ['one letter alone', 'A', []],
  ['the city alone', 'mumbai', []],
  ['words that many names share', 'station road', []],
  ['a city elsewhere', 'pune', []],
  ['no place', 'पता नहीं', []],
  ['nothing', '', []],
])('words that name a place: %s', async (_, name, expected) => {
  expect(await codes({ name })).toEqual(expected);
  expect(services.names?.(name) !== undefined).toBe(expected.length > 0);
});

test('a name that stands in three wards gives all three, and an address that names one of them only that', async () => {
  const plain = readMumbai('data/ward-offices.csv') ?? '';
  const withGarden = ['A', 'D', 'S'].reduce(
    (text, ward) => text.replace(new RegExp(`^(${ward},[^"]*?")`, 'm'), '$1Motibag, '),
    plain,
  );
  const from = loadMumbai({ files: { 'data/ward-offices.csv': withGarden } });
  expect((await codes({ name: 'Motibag' }, from)).toSorted()).toEqual(['A', 'D', 'S']);
  expect((await codes({ name: 'motibaag' }, from)).toSorted()).toEqual(['A', 'D', 'S']);
  expect(await codes({ name: 'Motibag, Bhandup' }, from)).toEqual(['S']);
  expect(await codes({ name: 'Motibag' })).toEqual([]);
});

test('a name alone is sure, one inside other words is not', () => {
  expect(services.names?.('भांडुप')).toEqual({ sure: true, said: 'भांडुप', spelt: true });
  expect(services.names?.('garbage lies about in Dadar West since monday')).toEqual({
    sure: false,
    said: 'Dadar West',
    spelt: true,
  });
  expect(services.names?.('भांडुपमध्ये पाणी नाही')).toMatchObject({ sure: false, said: 'भांडुपमध्ये' });
});

test.each(['a'.repeat(4_096), 'दादर '.repeat(800), '\ud800\u202e', '((((((('.repeat(500), '🙏', '400028'])(
  'hostile words name no place for long: %#',
  (words) => {
    const from = performance.now();
    services.names?.(words);
    expect(performance.now() - from).toBeLessThan(250);
  },
);

test('a location outside the boundaries snaps only as far as the pack says', async () => {
  const gateway = { latitude: 18.922, longitude: 72.8347 };
  const within = (snapMetres: number) =>
    codes(gateway, loadMumbai({ settings: { directory: { ...MUMBAI_SETTINGS.directory, snapMetres } } }));
  expect(await within(0)).toEqual([]);
  expect(await within(10)).toEqual([]);
  expect(await within(1_000)).toEqual(['A']);
});

test('every ward is found at its own office, and its card has all officials in every language', async () => {
  const geojson: unknown = JSON.parse(readMumbai('data/wards.geojson') ?? '');
  const wards = listProperty(geojson, 'features').map((feature) => String(property(property(feature, 'properties'), 'ward')));
  expect(wards).toHaveLength(24);
  for (const ward of wards) {
    for (const language of ['en', 'hi', 'mr', 'bn', 'ta']) {
      const office = await value('office', { area: ward }, language);
      const position = property(office, 'position');
      expect(
        await codes({ latitude: property(position, 'latitude') ?? 0, longitude: property(position, 'longitude') ?? 0 }),
      ).toEqual([ward]);
      expect(listProperty(office, 'officials')).toHaveLength(6);
    }
  }
});

test("the card is in the citizen's language, and in the default one where the pack does not have it", async () => {
  const name = async (language: string) => property(await value('office', { area: 'G/N' }, language), 'name');
  expect(await name('en')).toBe('G North ward (G/N)');
  expect(await name('hi')).toBe('जी उत्तर वॉर्ड (G/N)');
  expect(await name('mr')).toBe('जी उत्तर विभाग (G/N)');
  expect(await name('mr-IN')).toBe('जी उत्तर विभाग (G/N)');
  expect(await name('te')).toBe('G North ward (G/N)');
});

test('the card carries what a map pin and a contact card need', async () => {
  expect(await value('office', { area: 'G/N' })).toMatchObject({
    phone: '+91 22 5550 0090',
    hours: 'Mon–Fri, 9:45 am to 6:15 pm',
    officialsText: expect.stringContaining('Assistant Commissioner: +91 22 5550 0091\nComplaint Officer: +91 22 5550 0092'),
    position: {
      name: 'G North ward (G/N)',
      address: 'Harishchandra Yewale Marg, Dadar (West)',
      latitude: 19.0195,
      longitude: 72.84,
    },
    contact: { name: 'G North ward (G/N)', phones: [{ phone: '+91 22 5550 0090' }] },
  });
});

test.each<[string, string, string]>([
  ['a Tuesday at noon', '2026-11-24T12:00+05:30', 'yes'],
  ['a Sunday', '2026-11-22T12:00+05:30', 'no'],
  ['Republic Day, which is a Tuesday', '2027-01-26T12:00+05:30', 'no'],
])('the office says whether it is open on %s', async (_, at, openNow) => {
  const options = { tx, subject: citizen(1), now: new Date(at) };
  const withHolidays = loadMumbai({ settings: { directory: { ...MUMBAI_SETTINGS.directory, holidays: ['2027-01-26'] } } });
  expect(await call(withHolidays, ['directory.office', { area: 'G/N' }], options)).toMatchObject({
    ok: true,
    value: { openNow },
  });
});

describe('places', () => {
  test('the nearest come first, with their distance in metres', async () => {
    const found = await value('near', { place: { latitude: 19.0186, longitude: 72.8446 }, kind: 'hospital', limit: 3 });
    expect(Array.isArray(found) && found.map((each) => [property(each, 'id'), property(each, 'metres')])).toEqual([
      ['kem', 1822],
      ['sion', 2548],
      ['bhabha-bandra', 4528],
    ]);
  });

  test('a PIN stands for the middle of its post offices; one from elsewhere finds nothing', async () => {
    expect(await value('near', { place: { pin: '400012' }, kind: 'hospital', limit: 1 })).toMatchObject([{ id: 'kem' }]);
    expect(await value('near', { place: { pin: '999999' }, kind: 'hospital' })).toEqual([]);
  });

  test('a name is looked for around what bears it, else around the office of its ward', async () => {
    expect(await value('near', { place: { name: 'परेल' }, kind: 'hospital', limit: 1 })).toMatchObject([{ id: 'kem' }]);
    expect(await value('near', { place: { name: 'Atlantis' }, kind: 'hospital' })).toEqual([]);
  });

  test('what is everywhere has no position and no distance', async () => {
    const numbers = await value('places', { kind: 'emergency' }, 'mr');
    expect(Array.isArray(numbers) && numbers.map((each) => property(each, 'phone'))).toEqual([
      '112',
      '100',
      '101',
      '108',
      '1916',
      '181',
      '1098',
      '1930',
    ]);
    expect(numbers).toMatchObject([{ name: 'सर्व आपत्कालीन मदत', position: null, metres: null }, {}, {}, {}, {}, {}, {}, {}]);
  });

  test('sights and walks are listed in the order of the pack', async () => {
    expect(await value('places', { kind: 'sight' })).toHaveLength(10);
    expect(await value('places', { kind: 'walk' }, 'hi')).toMatchObject([{ name: 'फोर्ट और काला घोड़ा' }, {}, {}]);
  });
});

test.each<[string, string, JsonObject, string]>([
  ['an unknown area', 'office', { area: 'Z' }, 'directory:unknown-area'],
  ['no area', 'office', {}, 'directory:bad-input'],
  ['a latitude off the earth', 'areasAt', { place: { latitude: 91, longitude: 0 } }, 'directory:bad-input'],
  ['a place that is neither', 'areasAt', { place: { street: 'x' } }, 'directory:bad-input'],
  ['a name without end', 'areasAt', { place: { name: 'x'.repeat(501) } }, 'directory:bad-input'],
  ['a PIN without end', 'areasAt', { place: { pin: '4'.repeat(1_000) } }, 'directory:bad-input'],
  ['a kind that the pack lacks', 'places', { kind: 'museum' }, 'directory:bad-input'],
  ['too many', 'near', { place: { pin: '400012' }, kind: 'hospital', limit: 1_000 }, 'directory:bad-input'],
])('refused with a code: %s', async (_, name, input, code) => {
  expect(await ask(name, input)).toMatchObject({ ok: false, error: { code } });
});

test('an error never repeats what the citizen typed', async () => {
  const result = await ask('areasAt', { place: { pin: { secret: '9876543210' } } });
  expect(JSON.stringify(result)).not.toContain('9876543210');
});

describe('mistakes in the data are told with file, line and remedy', () => {
  const offices = readMumbai('data/ward-offices.csv') ?? '';
  const file = 'data/ward-offices.csv';
  test.each<[string, Record<string, string | undefined>, object]>([
    ['a missing file', { [file]: undefined }, { code: 'data:file-missing', file, line: 1 }],
    [
      'a text missing in one language',
      { [file]: offices.replace('जी उत्तर विभाग (G/N)', '') },
      { code: 'data:text-missing', file, line: 10, message: expect.stringContaining('name_mr') },
    ],
    [
      'latitude and longitude exchanged',
      { [file]: offices.replace('19.0195,72.8400', '72.8400,19.0195') },
      { code: 'data:outside-area', file, line: 10 },
    ],
    [
      'a position that is no number',
      { [file]: offices.replace('19.0195,72.8400', 'north,72.8400') },
      { code: 'data:shape', file, line: 10, message: expect.stringContaining('latitude') },
    ],
    [
      'opening hours in words',
      { [file]: offices.replace('Mo-Fr 09:45-18:15; PH off', 'office hours') },
      { code: 'data:shape', file, line: 2, message: expect.stringContaining('open') },
    ],
    ['a ward that is on no map', { [file]: offices.replace('\nG/N,', '\nG/X,') }, { code: 'data:unknown-area', file, line: 10 }],
    [
      'a ward without an office',
      { [file]: offices.split('\n').slice(0, -2).join('\n') },
      { code: 'data:office-missing', file, message: 'No office for T' },
    ],
    ['a ward with two offices', { [file]: offices.replace('\nG/N,', '\nG/S,') }, { code: 'data:duplicate', file, line: 10 }],
    ['a row with a column too few', { [file]: `${offices}G/N,x\n` }, { code: 'data:csv', file, line: 26 }],
    [
      'boundaries that are no GeoJSON',
      { 'data/wards.geojson': '{"type":"Topology"}' },
      { code: 'data:shape', file: 'data/wards.geojson' },
    ],
    [
      'a place with half a position',
      { 'data/sights.csv': 'id,name,latitude,longitude\nx,X,19,\n' },
      { code: 'data:shape', file: 'data/sights.csv', line: 2 },
    ],
  ])('%s', (_, files, problem) => {
    const { operations, problems } = loadMumbai({ files, settings: { directory: MUMBAI_SETTINGS.directory ?? {} } });
    expect(problems).toContainEqual(expect.objectContaining({ ...problem, hint: expect.any(String) }));
    expect(operations.size).toBe(0);
  });

  test('settings are checked at their line in pack.yaml', () => {
    const manifest =
      'id: mumbai\nservices:\n  directory:\n    areas: { file: a.geojson, key: ward }\n    offices: 7\n  mystery: {}\n';
    const { problems } = loadMumbai({
      files: { 'pack.yaml': manifest },
      settings: { directory: { areas: { file: 'a.geojson', key: 'ward' }, offices: 7 }, mystery: {} },
    });
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'data:shape', file: 'pack.yaml', line: 5, message: expect.stringContaining('offices') }),
    );
    expect(problems).toContainEqual(expect.objectContaining({ code: 'pack:unknown-service', file: 'pack.yaml', line: 6 }));
  });
});
