import { expect, test } from 'vitest';
import { measureSearch } from './retrieval-metrics.ts';

const asked = [
  { question: 'a', wanted: '1' },
  { question: 'b', wanted: '2' },
  { question: 'c', wanted: '3' },
  { question: 'd', wanted: '4' },
];

test('the first place and the first five are counted, a later one is a miss', () => {
  const answers: Record<string, string[]> = { a: ['1'], b: ['9', '2'], c: ['9', '8', '7', '6', '5', '3'], d: [] };
  expect(measureSearch(asked, (question) => answers[question] ?? [])).toEqual({ first: 0.25, amongFive: 0.5 });
});

test('nothing asked, nothing found', () => {
  expect(measureSearch([], () => ['1'])).toEqual({ first: 0, amongFive: 0 });
});
