import { expect, test } from 'vitest';
import { answeredDays } from './day-answers.ts';
import { extractEntities } from './extract.ts';

test.each([
  ['Aaj ke', undefined],
  ['ajke', [0]],
  ['ఈ రోజు', [0]],
  ['काल', [-1]],
  ['  Beeta Kal ', [-1]],
  ['کل', undefined],
  ['آنے والا کل', [1]],
  ['kali ma ka mandir', undefined],
])('the answer "%s"', (answer, days) => {
  expect(answeredDays(answer)).toEqual(days);
});

test('inside a sentence such a word is no day', () => {
  expect(extractEntities('kali temple near the inn', { today: '2026-01-15' })).toEqual([]);
});
