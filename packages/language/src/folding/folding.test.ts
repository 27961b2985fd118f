import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOf, readingsOf, romanise, SCRIPT_RANGES } from '../index.ts';
import cases from './testdata/spellings.json' with { type: 'json' };

test.each(cases)('$description', ({ spellings, key }) => {
  for (const other of spellings.slice(1)) expect(meet(spellings[0] ?? '', other, key), other).toBe(true);
});

test('a word without letters has no keys and no Latin form', () => {
  for (const word of ['', '400028', '👍', '!?', '\ud800', '\u200d']) {
    expect(romanise(word)).toBe('');
    expect(keysOf(word)).toEqual({ p: [], s: [], v: [] });
  }
});

const soup = fc
  .array(
    fc.oneof(
      ...SCRIPT_RANGES.map(({ first, last }) => fc.integer({ min: first, max: last })),
      fc.integer({ min: 0, max: 0xffff }),
    ),
    { maxLength: 120 },
  )
  .map((codes) => String.fromCharCode(...codes));

test('any soup of scripts has Latin readings and keys of plain letters, few and short', () => {
  fc.assert(
    fc.property(soup, (word) => {
      expect(romanise(word)).toMatch(/^[a-z]*$/);
      expect(readingsOf(word).length).toBeLessThanOrEqual(3);
      const { p, s, v } = keysOf(word);
      for (const key of [...p, ...s, ...v]) expect(key).toMatch(/^[a-zAC]{1,300}$/);
    }),
    { numRuns: 500 },
  );
});

test.each(['a', 'ch', 'क', '\u094d', 'ন্', 'و', '\udc00', "'"])('a word of nothing but %j is read at once', (part) => {
  const before = performance.now();
  keysOf(part.repeat(4_096));
  expect(performance.now() - before).toBeLessThan(100);
});

function meet(one: string, other: string, key: string): boolean {
  const wanted = key === 'p' || key === 's' ? key : 'v';
  const keys = keysOf(other)[wanted];
  return keysOf(one)[wanted].some((found) => keys.includes(found));
}
