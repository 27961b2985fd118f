import { expect, test } from 'vitest';
import {
  asciiDigits,
  findLanguage,
  formatNumber,
  LANGUAGES,
  leadingEmoji,
  NUMBERING_SYSTEMS,
  normalize,
  sameLabel,
  scriptOf,
  writeDigits,
} from './index.ts';

test.each(NUMBERING_SYSTEMS)('digits of %s are written and read back', (system) => {
  const written = writeDigits('0123456789', system);
  expect([...written]).toHaveLength(10);
  expect(asciiDigits(written)).toBe('0123456789');
});

test('digits of scripts outside the table are read too: mathematical bold, full width, Ol Chiki, Meitei', () => {
  expect(asciiDigits('𝟎𝟗𝟙 ４０ ᱓ ꯵')).toBe('091 40 3 5');
});

test.each([
  ['a keycap is its digit', '2️⃣', '2'],
  ['ten has its own emoji', '🔟', '10'],
  ['punctuation at the ends goes', ' «२.» ', '2'],
  ['zero-width characters go', 'क्‍ष\u200ba', 'क्षa'],
  ['direction marks go', '\u2067سلام\u2069', 'سلام'],
  ['case and spaces fold', '  Talk   TO us!!', 'talk to us'],
  ['symbols alone stay', '👍', '👍'],
  ['a lone surrogate does no harm', 'a\ud800b', 'a\ufffdb'],
])('%s', (_, input, expected) => {
  expect(normalize(input)).toBe(expected);
});

test('composed and decomposed letters are the same label', () => {
  expect(sameLabel('Café', 'cafe\u0301')).toBe(true);
  expect(sameLabel('सड़क', 'सड\u093cक')).toBe(true);
  expect(sameLabel('Roads', 'Road')).toBe(false);
});

test('numbers group in lakh and crore in every digit set', () => {
  expect(NUMBERING_SYSTEMS.map((system) => formatNumber(12345678, system))).toEqual([
    '1,23,45,678',
    '१,२३,४५,६७८',
    '১,২৩,৪৫,৬৭৮',
    '੧,੨੩,੪੫,੬੭੮',
    '૧,૨૩,૪૫,૬૭૮',
    '୧,୨୩,୪୫,୬୭୮',
    '௧,௨௩,௪௫,௬௭௮',
    '౧,౨౩,౪౫,౬౭౮',
    '೧,೨೩,೪೫,೬೭೮',
    '൧,൨൩,൪൫,൬൭൮',
    '۱٬۲۳٬۴۵٬۶۷۸',
  ]);
});

test('each of the thirteen languages has its own name, and its script is told from it', () => {
  expect(LANGUAGES).toHaveLength(13);
  expect(LANGUAGES.map(({ ownName }) => scriptOf(ownName))).toEqual([
    'Latin',
    'Devanagari',
    'Bengali',
    'Devanagari',
    'Telugu',
    'Tamil',
    'Gujarati',
    'Arabic',
    'Kannada',
    'Oriya',
    'Malayalam',
    'Gurmukhi',
    'Bengali',
  ]);
  expect(findLanguage('hi-IN')?.tag).toBe('hi');
  expect(findLanguage('fr')).toBeUndefined();
});

test('the script of a mixed text is that of most letters; digits have none', () => {
  expect(scriptOf('PIN कोड लिहा')).toBe('Devanagari');
  expect(scriptOf('400028')).toBeUndefined();
});

test('a leading emoji is found without its variation selector', () => {
  expect(leadingEmoji('🏥 Hospitals')).toBe('🏥');
  expect(leadingEmoji('Hospitals 🏥')).toBeUndefined();
});
