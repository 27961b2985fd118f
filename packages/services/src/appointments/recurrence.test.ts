import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesOf, type Recurrence } from './recurrence.ts';

const NONE: Recurrence = { days: [], rule: '', startsOn: '', endsOn: '', except: [], also: [] };
const YEAR = { from: '2028-01-01', to: '2028-12-31' };

describe('dates of a rule', () => {
  test.each([
    ['the 31st is in seven months', 'FREQ=MONTHLY;BYMONTHDAY=31', 7],
    ['29 February in a leap year', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 1],
    ['the last day of each month', 'FREQ=MONTHLY;BYMONTHDAY=-1', 12],
    ['the fifth Monday where there is one', 'FREQ=MONTHLY;BYDAY=5MO', 4],
  ])('%s', (_, rule, count) => {
    expect(datesOf({ ...NONE, rule, startsOn: '2024-01-01' }, YEAR)).toHaveLength(count);
  });

  test('any days of the week: each date of the range on such a day, once and in order, and none other', () => {
    const days = fc.subarray(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'], { minLength: 1 });
    const length = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(
        days,
        fc.date({ min: new Date('2024-02-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        length,
        (wanted, start, span) => {
          const at = (offset: number) => new Date(start.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
          const all = Array.from({ length: span + 1 }, (_, offset) => at(offset));
          const expected = all.filter((date) =>
            wanted.includes(['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(date).getUTCDay()] ?? ''),
          );
          expect(datesOf({ ...NONE, days: wanted }, { from: at(0), to: at(span) })).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});
