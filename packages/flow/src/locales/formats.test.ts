/** Numbers and dates as the people of each language write them in chats, and what protects them inside Urdu. */
import { findLanguage, LANGUAGES } from '@hazir/language';
import { describe, expect, test } from 'vitest';
import { compileMessage, type MessageLocale } from '../texts/message.ts';
import { LOCALES } from './index.ts';

const DAY = Date.parse('2026-08-15T04:30:00Z');

function localeOf(tag: string): MessageLocale {
  const { direction, digits } = findLanguage(tag) ?? { direction: 'ltr', digits: 'latn' };
  return { language: tag, direction, digits, timeZone: 'Asia/Kolkata' };
}

function said(tag: string, source: string, values: { [name: string]: string | number }): string {
  // What isolates is tested below; here the words themselves count.
  return compileMessage(source, localeOf(tag))
    .format(values)
    .replaceAll(/[\u2068\u2069]/g, '');
}

/** Language, 12345678.5 grouped in lakh and crore, a day in full. */
const WRITTEN: readonly (readonly [string, string, string])[] = [
  ['en', '1,23,45,678.5', '15 August 2026'],
  ['hi', '1,23,45,678.5', '15 अगस्त 2026'],
  ['mr', '१,२३,४५,६७८.५', '१५ ऑगस्ट, २०२६'],
  ['bn', '১,২৩,৪৫,৬৭৮.৫', '১৫ আগস্ট, ২০২৬'],
  ['as', '১,২৩,৪৫,৬৭৮.৫', '১৫ আগষ্ট, ২০২৬'],
  ['or', '୧,୨୩,୪୫,୬୭୮.୫', 'ଅଗଷ୍ଟ ୧୫, ୨୦୨୬'],
  ['ta', '1,23,45,678.5', '15 ஆகஸ்ட், 2026'],
  ['te', '1,23,45,678.5', '15 ఆగస్టు, 2026'],
  ['kn', '1,23,45,678.5', 'ಆಗಸ್ಟ್ 15, 2026'],
  ['gu', '1,23,45,678.5', '15 ઑગસ્ટ, 2026'],
  ['pa', '1,23,45,678.5', '15 ਅਗਸਤ 2026'],
  ['ml', '1,23,45,678.5', '2026 ഓഗസ്റ്റ് 15'],
  ['ur', '1,23,45,678.5', '15 اگست، 2026'],
];

describe('numbers and dates', () => {
  test('are tested in every language', () => {
    expect(WRITTEN.map(([tag]) => tag).sort()).toEqual(LANGUAGES.map(({ tag }) => tag).sort());
    expect(LOCALES).toHaveLength(WRITTEN.length);
  });

  test.each(WRITTEN)('in %s are %s and %s', (tag, number, day) => {
    expect(said(tag, '{n, number}', { n: 12_345_678.5 })).toBe(number);
    expect(said(tag, '{d, date, long}', { d: DAY })).toBe(day);
  });

  test.each(WRITTEN)('in %s group small numbers, too, and count in the same digits', (tag) => {
    const digits = said(tag, '{n, number}', { n: 1_234 });
    expect(digits).toMatch(/^\p{Nd},\p{Nd}{3}$/u);
    expect(said(tag, '{n, plural, one {#} other {#}}', { n: 1_234 })).toBe(digits);
    expect(said(tag, '{n, number}', { n: 1e5 })).toMatch(/^\p{Nd},\p{Nd}{2},\p{Nd}{3}$/u);
  });

  test.each(WRITTEN)('in %s the day is the one of India, not of Greenwich', (tag, _number, day) => {
    expect(said(tag, '{d, date, long}', { d: Date.parse('2026-08-14T19:00:00Z') })).toBe(day);
  });
});

describe('inside Urdu', () => {
  const ur = localeOf('ur');
  const isolated = (text: string) => `\u2068${text}\u2069`;

  test.each([
    ['a reference', 'نمبر {v} ہے۔', 'MUM-4821-9374'],
    ['Latin words', 'جگہ {v} ہے۔', 'Dadar West, G/N'],
    ['a telephone number', 'فون {v} پر کریں۔', '+91 22 2269 4725'],
    ['Urdu words', 'نام {v} ہے۔', 'سلمیٰ'],
    ['brackets', 'لکھا: {v}۔', '(abc'],
  ])('%s is isolated', (_, source, v) => {
    expect(compileMessage(source, ur).format({ v })).toBe(source.replace('{v}', isolated(v)));
  });

  test('a value cannot close its isolate, nor turn what follows', () => {
    const text = compileMessage('لکھا: {v}۔', ur).format({ v: 'a\u2069b\u202Ec\u2067d' });
    expect(text).toBe(`لکھا: ${isolated('abcd')}۔`);
  });

  test('isolates are balanced in each text of the platform that carries words', () => {
    let carrying = 0;
    const values = (names: Iterable<string>) => Object.fromEntries([...names].map((name) => [name, 'MUM-1']));
    for (const [name, source] of Object.entries(LOCALES.find(({ tag }) => tag === 'ur')?.texts ?? {})) {
      const message = compileMessage(source, ur);
      if ([...message.placeholders.values()].some((kind) => kind !== 'text')) continue;
      if (message.placeholders.size > 0) carrying += 1;
      const text = message.format(values(message.placeholders.keys()));
      const opened = text.split('\u2068').length;
      expect(opened, name).toBe(text.split('\u2069').length);
      expect(opened - 1, name).toBeGreaterThanOrEqual(message.placeholders.size);
    }
    expect(carrying).toBeGreaterThan(3);
  });

  test('languages from left to right carry no isolates', () => {
    for (const { tag } of LANGUAGES.filter(({ direction }) => direction === 'ltr'))
      expect(compileMessage('{v}', localeOf(tag)).format({ v: 'MUM-1' })).toBe('MUM-1');
  });
});
