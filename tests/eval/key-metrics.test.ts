import { expect, test } from 'vitest';
import { measureKeys } from './key-metrics.ts';

const pairs = [
  { native: 'कल', latin: 'kal', count: 3 },
  { native: 'कल', latin: 'kull', count: 1 },
  { native: 'काल', latin: 'kaal', count: 4 },
];

test('spellings weigh by the people who wrote them', () => {
  const exact = measureKeys(pairs, (word) => [{ कल: 'kal', काल: 'kaal' }[word] ?? word]);
  expect(exact).toEqual({ matched: 7 / 8, sharing: 2 / 3 });
});

test('a key that all words share finds everything and tells nothing apart', () => {
  expect(measureKeys(pairs, () => ['x', 'x'])).toEqual({ matched: 1, sharing: 2 });
});

test('without keys nothing meets', () => {
  expect(measureKeys(pairs, () => [])).toEqual({ matched: 0, sharing: 0 });
  expect(measureKeys([], () => ['x'])).toEqual({ matched: 0, sharing: 0 });
});
