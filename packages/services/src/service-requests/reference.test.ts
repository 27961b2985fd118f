import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDigit, isChecked } from '../damm.ts';
import { newReference, readReference } from './reference.ts';

const pattern = { prefix: 'MUM', digits: 8 };
const number = fc.stringMatching(/^[0-9]{1,15}$/).map((digits) => digits + checkDigit(digits));
const reference = fc
  .infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map((stream) => newReference(pattern, () => stream.next().value));
const replaceAt = (text: string, place: number, character: string) => text.slice(0, place) + character + text.slice(place + 1);

test('the check digit of 572 is 4, as published', () => {
  expect(checkDigit('572')).toBe('4');
});

test('every single wrong digit is caught', () => {
  fc.assert(
    fc.property(number, (digits) => {
      expect(isChecked(digits)).toBe(true);
      for (let place = 0; place < digits.length; place += 1) {
        for (const digit of '0123456789') {
          if (digit !== digits[place]) expect(isChecked(replaceAt(digits, place, digit))).toBe(false);
        }
      }
    }),
  );
});

test('every exchange of two neighbours is caught', () => {
  fc.assert(
    fc.property(number, (digits) => {
      for (let place = 1; place < digits.length; place += 1) {
        const [left = '', right = ''] = [digits[place - 1], digits[place]];
        const swapped = replaceAt(replaceAt(digits, place - 1, right), place, left);
        if (left !== right) expect(isChecked(swapped)).toBe(false);
      }
    }),
  );
});

test('a reference reads back from what it is written as', () => {
  fc.assert(
    fc.property(reference, (written) => {
      expect(written).toMatch(/^MUM-\d{4}-\d{4}$/);
      expect(readReference(pattern, written)).toBe(written);
    }),
  );
});

test('hostile texts are read without error', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => void readReference(pattern, typed)));
});

// 1234567 has the check digit 2 (0 -> 3 -> 7 -> ...; computed by the table).
const good = `1234-567${checkDigit('1234567')}`;
const plain = good.replace('-', '');
test.each([
  ['as written', `MUM-${good}`],
  ['lower case, no dashes', `mum${plain}`],
  ['spaces instead of dashes', `MUM ${good.replace('-', ' ')}`],
  ['without the prefix', plain],
  ['digits one by one', [...plain].join(' ')],
  ['Devanagari digits', plain.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit)))],
  ['full-width, as some keyboards write', `ＭＵＭ${plain}`],
  ['typographic dashes', `MUM–${good.replace('-', '—')}`],
  ['within a sentence', `What about my complaint MUM-${good}? Please tell me`],
  ['after a phone number', `9876543210, mum ${plain}`],
  ['with zero-width characters', `MUM\u200b-${good}\u200d`],
])('read: %s', (_, typed) => {
  expect(readReference(pattern, typed)).toBe(`MUM-${good}`);
});

test.each([
  ['nothing', ''],
  ['words', 'my complaint'],
  ['a digit too few', `MUM-${plain.slice(1)}`],
  ['a digit too many', `MUM-${plain}1`],
  ['another prefix with other digits', 'BMC-12345'],
  ['a phone number', '9876543210'],
  ['two numbers', `${plain} ${plain}`],
])('not read: %s', (_, typed) => {
  expect(readReference(pattern, typed)).toBeUndefined();
});
