import { describe, expect, it } from 'vitest';
import { type Judged, mccAt, measureIntents, outcomesAt, thresholdOf } from './intent-metrics.ts';

const judged = (wanted: string | undefined, ...ranked: [string, number][]): Judged => ({
  wanted,
  ranked: ranked.map(([intent, score]) => ({ intent, score })),
});

/** Three in scope: right and high, right and low, wrong with the right one second. Two out of scope at .5 and .3. */
const fold: Judged[] = [
  judged('a', ['a', 0.9]),
  judged('b', ['b', 0.4]),
  judged('c', ['a', 0.6], ['c', 0.5]),
  judged(undefined, ['a', 0.5]),
  judged(undefined, ['b', 0.3]),
];

describe('measures of intent classification', () => {
  it('count by hand what they say', () => {
    const { raw, auroc, auosc, top3 } = measureIntents([fold]);
    expect(raw).toBeCloseTo(2 / 3);
    expect(auroc).toBeCloseTo((1 + 0.5 + 1) / 3);
    expect(auosc).toBeCloseTo((1 + 0.5 + 0) / 3);
    expect(top3).toBe(1);
  });

  it('give 1 to the classifier that is always right, 0 to one that always says the same', () => {
    const perfect = [judged('a', ['a', 1]), judged('b', ['b', 1]), judged(undefined, ['a', 0])];
    expect(mccAt([perfect], 0.5)).toBeCloseTo(1);
    expect(mccAt([[judged('a', ['a', 1]), judged('b', ['a', 1])]], 0)).toBe(0);
    expect(thresholdOf([[perfect]])).toBe(1);
  });

  it('take a message without candidates as out of scope', () => {
    expect(mccAt([[judged('a', ['a', 1]), judged(undefined)]], -9)).toBeCloseTo(1);
  });

  it('share out what happens at two thresholds', () => {
    expect(outcomesAt(fold, { accept: 0.55, clarify: 0.35 })).toEqual({
      acceptedRight: 1 / 3,
      acceptedWrong: 1 / 3,
      offeredRight: 1 / 3,
      outsideAccepted: 0,
      outsideOffered: 1 / 2,
    });
  });
});
