import { expect, test } from 'vitest';
import { keysOf, romanise } from '../index.ts';
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

function meet(one: string, other: string, key: string): boolean {
  const wanted = key === 'p' || key === 's' ? key : 'v';
  const keys = keysOf(other)[wanted];
  return keysOf(one)[wanted].some((found) => keys.includes(found));
}
