import { property } from '@hazir/core';
import { expect, test } from 'vitest';
import { call, citizen, loadMumbai, readMumbai } from '../testing.ts';

const services = loadMumbai();
const tx = { query: () => Promise.reject(new Error('no database here')) };
const ask = async (name: string, input: Record<string, string | null>, language = 'en') => {
  const result = await call(services, [`serviceRequests.${name}`, input], { tx, subject: citizen(1), language });
  if (!result.ok) throw new Error(result.error.code);
  return Array.isArray(result.value) ? result.value : [];
};

test.each([
  ['There is a huge pothole near my house', 'pothole'],
  ['POTHOLES on S V Road!!', 'pothole'],
  ['रस्त्यावर मोठा खड्डा पडला आहे', 'pothole'],
  ['सड़क पर बहुत बड़ा गड्ढा है', 'pothole'],
  ['sadak pe bada gadda hai', 'pothole'],
  ['rastyavar khadda aahe', 'pothole'],
  ['garbage not collected for three days', 'garbage-not-collected'],
  ['तीन दिवस कचरा उचलला नाही', 'garbage-not-collected'],
  ['kachra nahi uthaya', 'garbage-not-collected'],
  ['गटार तुंबले आहे', 'choked-drain'],
  ['naali jam ho gayi hai', 'choked-drain'],
  ['manhole cover is missing', 'open-manhole'],
  ['पाणी साचले आहे', 'water-logging'],
  ['नळाला पाणी येत नाही', 'no-water'],
  ['do din se pani nahi aa raha', 'no-water'],
  ['water pipe burst', 'water-leak'],
  ['नल में गंदा पानी आ रहा है', 'dirty-water'],
  ['machhar bahut hai', 'mosquitoes'],
  ['डासांचा त्रास', 'mosquitoes'],
  ['आवारा कुत्ते बहुत हैं', 'stray-animals'],
  ['झाड पडले आहे', 'fallen-tree'],
  ['ped gir gaya', 'fallen-tree'],
  ['बेकायदा बांधकाम सुरू आहे', 'illegal-construction'],
  ['hawkers on the footpath', 'hawkers'],
  ['street light not working', 'light-not-working'],
  ['रस्त्यावरील दिवे बंद आहेत', 'light-not-working'],
  ['batti band hai', 'light-not-working'],
  // Spelt as it sounds, and in scripts in which the pack has no keyword.
  ['kachhra nhi uthayaa', 'garbage-not-collected'],
  ['bahut bade khaddey hain', 'pothole'],
  ['કચરો નથી ઉપાડ્યો', 'garbage-not-collected'],
  ['sadak tooti hui hai', 'bad-road'],
  ['रस्ता खचला आहे', 'road-caved-in'],
  ['an abandoned car stands here since a year', 'abandoned-vehicle'],
  ['no parking mein gaadi khadi hai roz', 'illegal-parking'],
  ['traffic signal not working', 'missing-sign'],
  ['skywalk ki roof tooti hai', 'bridge-subway'],
  ['builder ne malba daal diya', 'construction-debris'],
  ['roz raat ko kachra jalate hain', 'garbage-burning'],
  ['झाड़ू नहीं लगी एक हफ्ते से', 'road-not-swept'],
  ['old sofa and mattress thrown on the road', 'bulky-waste'],
  ['yahan shauchalay nahi hai, log khule mein jaate hain', 'toilet-wanted'],
  ['नालेसफाई झाली नाही', 'nullah-cleaning'],
  ['septic tank bhar gaya', 'septic-tank'],
  ['padosi motor laga ke pani ki chori karta hai', 'illegal-connection'],
  ['पाणी बिल जास्त आले', 'water-bill'],
  ['pani ka tanker bhejiye', 'tanker-request'],
  ['रस्त्यावर मोकाट गुरे बसतात', 'stray-cattle'],
  ['बंदर घर में घुस आते हैं', 'snake-monkey'],
  ['மரத்தில் பெரிய தேன்கூடு', 'bees'],
  ['kabutar bahut gandagi karte hai', 'pigeon-feeding'],
  ['builder ped kaat raha hai', 'tree-cutting'],
  ['हमारी गली में पेड़ लगवा दीजिए', 'plant-tree'],
  ['staircase blocked, no fire safety in our building', 'fire-safety'],
  ['ऊपर के फ्लैट से पानी टपक रहा है', 'building-leak'],
  ['खाने में कीड़ा निकला होटल में', 'food-hygiene'],
  ['মাংসের দোকানের রক্ত রাস্তায়', 'meat-shop'],
  ['भाजी मंडई घाण आहे', 'market-upkeep'],
  ['lights on all day on our road', 'light-on-by-day'],
  ['street light is flickering', 'light-flickering'],
  ['nayi light lagwa do gali mein', 'light-wanted'],
  ['doctor nahi hai dispensary mein', 'hospital-service'],
  ['farzi doctor clinic chala raha hai', 'fake-doctor'],
  ['स्मशानभूमी अस्वच्छ आहे', 'cemetery'],
  ['stagnant water with larvae', 'standing-water'],
  ['raat ko dj ka shor', 'noise'],
  ['கம்பெனி புகை அதிகமா வருது', 'smoke'],
  ['dust from construction everywhere', 'construction-dust'],
  ['रात में निर्माण चलता है', 'night-work'],
  ['property tax bill galat aaya', 'property-tax-bill'],
  ['जन्माचा दाखला मिळाला नाही', 'certificate-late'],
  ['clerk ne rishwat maangi', 'bribe'],
  ['the clerk was rude to my mother', 'staff-conduct'],
])('"%s" points at %s', async (text, expected) => {
  const found = await ask('suggest', { text });
  expect(found.length).toBeLessThanOrEqual(3);
  expect(found.map((each) => property(each, 'code'))).toContain(expected);
});

test('the most telling words come first', async () => {
  expect((await ask('suggest', { text: 'pothole on the road' }))[0]).toMatchObject({
    ...{ code: 'pothole', parent: 'roads', parentName: 'Roads and footpaths' },
  });
  // Not the road, which many categories have, but the tree.
  expect((await ask('suggest', { text: 'झाड पडलंय रस्त्यावर' }))[0]).toMatchObject({ code: 'fallen-tree' });
  expect((await ask('suggest', { text: 'jhaad gir gaya hai road pe' }))[0]).toMatchObject({ code: 'fallen-tree' });
  expect(await ask('suggest', { text: 'खड्डे' }, 'mr')).toMatchObject([{ code: 'pothole', name: 'खड्डा' }]);
});

test.each([
  ['kachra nahi uthaya 3 din se', 'garbage-not-collected'],
  ['street light band hai', 'light-not-working'],
  ['தண்ணி வரல ரெண்டு நாளா', 'no-water'],
  ['गटर का ढक्कन खुला पड़ा है', 'open-manhole'],
])('"%s" says it all: nothing else is suggested', async (text, code) => {
  expect(await ask('suggest', { text })).toMatchObject([{ code }]);
});

test('a guess is never alone: it would be taken for what was meant', async () => {
  expect((await ask('suggest', { text: 'the bus stop near our lane is broken' })).length).toBeGreaterThan(1);
});

test.each(['', 'hello', '👍', '12345', 'x'.repeat(4_000)])('nothing is suggested for "%.10s"', async (text) => {
  expect(await ask('suggest', { text })).toEqual([]);
});

test('the tree is offered level by level in the language of the citizen', async () => {
  const top = await ask('categories', {}, 'hi');
  expect(top).toHaveLength(14);
  expect(top[0]).toEqual({
    code: 'roads',
    name: 'सड़क और फुटपाथ',
    parent: null,
    parentName: '',
    hasChildren: true,
    expectedHours: null,
  });
  expect(top.at(-1)).toMatchObject({ code: 'other', hasChildren: false });
  expect(await ask('categories', { parent: null })).toHaveLength(14);
  expect(await ask('categories', { parent: 'roads' })).toMatchObject([
    { code: 'pothole', expectedHours: 24, parent: 'roads' },
    ...Array(9).fill({ parent: 'roads' }),
  ]);
  expect(await ask('categories', { parent: 'other' })).toEqual([]);
});

test.each([
  ['a name missing in one language', 'hi: "गड्ढा", ', '', { code: 'data:text-missing', message: '"pothole" has no name in hi' }],
  ['a code twice', 'code: footpath', 'code: pothole', { code: 'data:duplicate' }],
  ['a misspelt field', 'expectedHours: 24', 'expectedHour: 24', { code: 'data:shape' }],
  ['no YAML', 'categories:', 'categories: [', { code: 'data:yaml' }],
])('a mistake in the categories is told with its line: %s', (_, from, to, problem) => {
  const file = 'data/categories.yaml';
  const { problems, operations } = loadMumbai({ files: { [file]: (readMumbai(file) ?? '').replace(from, to) } });
  expect(problems).toContainEqual(
    expect.objectContaining({ file, ...problem, hint: expect.any(String), line: expect.any(Number) }),
  );
  expect(operations.has('serviceRequests.open')).toBe(false);
});
