import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../languages.ts';
import { identifyLanguage } from './identify.ts';
import messages from './testdata/messages.json' with { type: 'json' };

it('tells most messages of three words and more, and every native script', () => {
  const wrong = messages.filter(([language, text]) => identifyLanguage(text ?? '')?.language !== language);
  expect(wrong.length, JSON.stringify(wrong.map(([, text]) => [text, identifyLanguage(text ?? '')]))).toBeLessThanOrEqual(2);
});

it('is sure of no wrong language', () => {
  const misled = messages.filter(([language, text]) => {
    const found = identifyLanguage(text ?? '');
    return found?.sure === true && found.language !== language;
  });
  expect(misled).toEqual([]);
});

it('reads only the beginning of a long message', () => {
  const long = 'amchya galli madhe kachra uchalla nahi '.repeat(20);
  expect(identifyLanguage(`${long}${'the municipal office is closed '.repeat(2_000)}`)).toEqual(identifyLanguage(long));
});

it('says nothing of a text without words', () => {
  expect([identifyLanguage(''), identifyLanguage('400028 👍')]).toEqual([undefined, undefined]);
});

it('takes any text', () => {
  const tags = LANGUAGES.map(({ tag }) => tag);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const found = identifyLanguage(text);
      expect(found === undefined || (tags.includes(found.language) && found.confidence > 0)).toBe(true);
    }),
  );
});
