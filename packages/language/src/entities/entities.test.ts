import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractEntities, maskIdentifiers, referenceTemplateProblem } from '../index.ts';
import entities from './testdata/entities.json' with { type: 'json' };
import masks from './testdata/masks.json' with { type: 'json' };
import { hasVerhoeffCheck } from './verhoeff.ts';

const OPTIONS = { today: '2026-03-10', references: [{ name: 'complaint', template: 'SR-####-@@**' }] };

test.each(entities)('finds: $description', ({ text, found }) => {
  const seen = extractEntities(text, OPTIONS).map((one) => ({ ...one, part: text.slice(one.start, one.end) }));
  expect(seen).toHaveLength(found.length);
  for (const [index, expected] of found.entries()) expect(seen[index]).toMatchObject(expected);
});

test.each(masks)('masks: $description', ({ text, masked }) => {
  expect(maskIdentifiers(text)).toBe(masked);
});

test('a lone surrogate before a number stays as it is', () => {
  expect(maskIdentifiers('\ud800 234123412346')).toBe('\ud800 XXXXXXXX2346');
});

test('the check digit finds every single wrong digit and every swap of neighbours', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{11}$/), fc.nat(10), fc.integer({ min: 1, max: 9 }), (digits, place, change) => {
      const checked = [...'0123456789'].map((digit) => digits + digit).filter(hasVerhoeffCheck);
      expect(checked).toHaveLength(1);
      const right = checked[0] ?? '';
      const other = String((Number(right.charAt(place)) + change) % 10);
      expect(hasVerhoeffCheck(right.slice(0, place) + other + right.slice(place + 1))).toBe(false);
      const [a, b] = [right.charAt(place), right.charAt(place + 1)];
      if (a !== b) expect(hasVerhoeffCheck(right.slice(0, place) + b + a + right.slice(place + 2))).toBe(false);
    }),
  );
});

test('a template that is too short, too long or everybody’s number is refused and finds nothing', () => {
  expect(referenceTemplateProblem('SR-####')).toBeUndefined();
  expect(referenceTemplateProblem('#-#')).toBe('too short');
  expect(referenceTemplateProblem('#'.repeat(41))).toBe('too long');
  expect(referenceTemplateProblem('###-###')).toBe('bare digits');
  expect(extractEntities('1-2', { today: '2026-03-10', references: [{ name: 'x', template: '#-#' }] })).toEqual([]);
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((codes) => String.fromCharCode(...codes)),
  fc
    .array(fc.constantFrom(...'0123456789४০ -./,₹+aA्ं\u200d\ud800 kal se din 3 lakh'.split('')), { maxLength: 300 })
    .map((all) => all.join('')),
  fc
    .array(fc.constantFrom('3 ', 'din ', 'se ', 'lakh ', 'kal ', '234123412346', 'ABCPE1234F', '٣', '\u202e'), { maxLength: 60 })
    .map((all) => all.join('')),
);

test('any text: no error, spans in order inside the text, masking changes neither length nor a second time', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      let last = 0;
      for (const { start, end } of extractEntities(text, OPTIONS)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(text.length);
      const masked = maskIdentifiers(text);
      expect(masked).toHaveLength(text.length);
      expect(maskIdentifiers(masked)).toBe(masked);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['one letter', 'a'],
  ['one digit', '2'],
  ['a dash between digits', '2-'],
  ['one Devanagari letter', 'क'],
  ['a sign without a letter', '\u094d'],
  ['lakh without end', 'lakh '],
  ['a number word without end', 'do '],
  ['a number without end', '1,11,'],
  ['lone surrogates', '\udc00'],
])('a text of nothing but %s is read as fast as any other', (_, part) => {
  const text = part.repeat(4_096 / part.length);
  const before = performance.now();
  extractEntities(text, OPTIONS);
  maskIdentifiers(text.repeat(10));
  expect(performance.now() - before).toBeLessThan(500);
});
