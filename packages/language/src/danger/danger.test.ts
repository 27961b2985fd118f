import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptOf } from '../scripts.ts';
import { onlyAsksForNumber } from './asked-number.ts';
import { findDanger } from './find-danger.ts';
import { DANGERS } from './rules.ts';
import asked from './testdata/asked-numbers.json' with { type: 'json' };
import calm from './testdata/calm.json' with { type: 'json' };
import cases from './testdata/cases.json' with { type: 'json' };
import cries from './testdata/cries.json' with { type: 'json' };
import { misspellingsOf } from './testing/misspell.ts';

describe.each(DANGERS)('%s', (danger) => {
  const own = cries[danger];

  it('has fifteen cries or more, in all eleven scripts', () => {
    expect(own.length).toBeGreaterThanOrEqual(15);
    expect(new Set(own.map(scriptOf)).size).toBe(11);
  });

  it('is heard in each of them', () => {
    expect(own.filter((cry) => findDanger(cry) === undefined)).toEqual([]);
  });

  it('is heard however it is spelt', () => {
    const spelt = own.flatMap(misspellingsOf);
    expect(spelt.length).toBeGreaterThan(85);
    expect(spelt.filter((cry) => findDanger(cry) === undefined)).toEqual([]);
  });
});

it('takes almost every cry for what it is', () => {
  const all = DANGERS.flatMap((danger) => cries[danger].map((cry) => ({ danger, cry })));
  const right = all.filter(({ danger, cry }) => findDanger(cry) === danger);
  expect(right.length / all.length).toBeGreaterThan(0.98);
});

it('leaves calm messages alone', () => {
  expect(calm.filter((message) => findDanger(message) !== undefined)).toEqual([]);
});

it.each(cases)('$description: $message', ({ message, danger }) => {
  expect(findDanger(message) ?? null).toBe(danger);
});

it.each(asked)('a number is asked for, and nothing else: $message ($asks)', ({ message, asks }) => {
  const danger = findDanger(message);
  expect(danger !== undefined && onlyAsksForNumber(message, danger)).toBe(asks);
  // Either way the card with the numbers is the answer.
  expect(danger).toBeDefined();
});

it('takes no cry for a question', () => {
  const all = DANGERS.flatMap((danger) => cries[danger].map((cry) => ({ danger, cry })));
  const questions = all.filter(({ danger, cry }) =>
    [cry, ...misspellingsOf(cry)].some((each) => onlyAsksForNumber(each, findDanger(each) ?? danger)),
  );
  expect(questions).toEqual([]);
});

it('takes any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const danger = findDanger(text);
      expect(danger === undefined || DANGERS.includes(danger)).toBe(true);
    }),
  );
});

it.each(['a', 'न', 'saans nahi ', 'no ', '\ud800', 'ক্ষ', 'fire '])('needs no longer for 4,096 characters of "%s"', (part) => {
  const text = part.repeat(4_096).slice(0, 4_096);
  findDanger(text);
  const from = performance.now();
  findDanger(text);
  expect(performance.now() - from).toBeLessThan(100);
});
