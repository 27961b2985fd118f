/** Properties of working time and of clocks, over calendars of several zones, month ends, leap days and nights of daylight saving. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALWAYS, type Calendar, createCalendar, DAY_MS, HOUR_MS, type Hours, MINUTE_MS } from '../../calendars/calendar.ts';
import { addWorkingTime, workingTimeBetween } from '../../calendars/working-time.ts';
import { type Clock, paused, ranUntil, resumed, runFor } from './clock.ts';

const FROM = Date.parse('2023-01-01T00:00:00Z');
const YEARS = 5 * 366 * DAY_MS;
const ZONES = [
  'Asia/Kolkata',
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];

const minutesOfDay = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15);
const hours = fc
  .uniqueArray(minutesOfDay, { minLength: 0, maxLength: 4 })
  .map((all) => all.toSorted((a, b) => a - b))
  .map((all): Hours[] =>
    Array.from({ length: Math.floor(all.length / 2) }, (_, at) => ({ from: all[at * 2] ?? 0, to: all[at * 2 + 1] ?? 0 })),
  );
const date = fc.integer({ min: 0, max: 5 * 365 }).map((day) => new Date(FROM + day * DAY_MS).toISOString().slice(0, 10));
const calendars = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    week: fc.array(hours, { minLength: 7, maxLength: 7 }),
    days: fc.array(fc.tuple(date, hours), { maxLength: 40 }),
  })
  .filter(({ week }) => week.flat().length > 0)
  .map(({ timeZone, week, days }) => createCalendar({ code: 'any', timeZone, week, days: new Map(days), dayMs: 8 * HOUR_MS }));
/** Often the end of a month, a leap day, or a night in which clocks are moved. */
const moments = fc
  .oneof(
    fc.integer({ min: FROM, max: FROM + YEARS }),
    fc
      .constantFrom(
        '2024-02-28T22:00Z',
        '2024-02-29T23:30Z',
        '2024-12-31T23:59Z',
        '2024-03-10T06:30Z',
        '2024-11-03T05:30Z',
        '2024-03-31T00:30Z',
      )
      .map(Date.parse),
  )
  .map((at) => new Date(at));
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 90 * HOUR_MS }),
  fc.integer({ min: 0, max: 200 }).map((n) => n * 15 * MINUTE_MS),
);

test('what is added is what is measured, and not a moment later than needed', () => {
  fc.assert(
    fc.property(calendars, moments, lengths, (calendar, from, length) => {
      const end = addWorkingTime(calendar, from, length);
      expect(workingTimeBetween(calendar, from, end)).toBe(length);
      if (length > 0) expect(workingTimeBetween(calendar, from, new Date(end.getTime() - 1))).toBe(length - 1);
    }),
  );
});

test('time that is added in two parts ends where it ends in one', () => {
  fc.assert(
    fc.property(calendars, moments, lengths, lengths, (calendar, from, one, other) => {
      expect(addWorkingTime(calendar, addWorkingTime(calendar, from, one), other)).toEqual(
        addWorkingTime(calendar, from, one + other),
      );
    }),
  );
});

test('a day has as much work as its parts, whatever the clocks on the wall do', () => {
  fc.assert(
    fc.property(calendars, fc.array(moments, { minLength: 3, maxLength: 3 }), (calendar, three) => {
      const [a, b, c] = three.toSorted((x, y) => x.getTime() - y.getTime());
      if (a === undefined || b === undefined || c === undefined) return;
      expect(workingTimeBetween(calendar, a, b) + workingTimeBetween(calendar, b, c)).toBe(workingTimeBetween(calendar, a, c));
      expect(workingTimeBetween(calendar, a, c)).toBeLessThanOrEqual(c.getTime() - a.getTime());
    }),
  );
});

test('round the clock an hour is an hour', () => {
  fc.assert(
    fc.property(moments, lengths, (from, length) => {
      expect(addWorkingTime(ALWAYS, from, length).getTime()).toBe(from.getTime() + length);
    }),
  );
});

test('a holiday that is added later never brings a date forward, and leaves dates before it alone', () => {
  fc.assert(
    fc.property(moments, lengths, date, (from, length, holiday) => {
      const [before, later] = [office(), office([[holiday, []]])];
      const [old, moved] = [addWorkingTime(before, from, length), addWorkingTime(later, from, length)];
      expect(moved.getTime()).toBeGreaterThanOrEqual(old.getTime());
      if (old.getTime() < Date.parse(`${holiday}T00:00:00+05:30`)) expect(moved).toEqual(old);
    }),
  );
});

const pauses = fc.array(fc.integer({ min: 1, max: 30 * DAY_MS }), { maxLength: 7 });

test('a clock shows what it ran, however often it stood still', () => {
  fc.assert(
    fc.property(calendars, moments, lengths, pauses, (calendar, startedAt, length, gaps) => {
      const clock = clockWith(startedAt, gaps);
      const end = runFor(clock, { since: startedAt, milliseconds: length, calendar });
      if (end === undefined) {
        expect(ranUntil(clock, calendar, new Date(startedAt.getTime() + 400 * DAY_MS))).toBeLessThan(length);
        return;
      }
      expect(ranUntil(clock, calendar, end)).toBe(length);
      expect(clock.pauses.filter(({ from, to }) => from < end && (to === null || end < to))).toEqual([]);
    }),
  );
});

test('a pause moves what is due by as much as would have been worked in it', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 1, max: 20 * DAY_MS }),
      fc.integer({ min: 0, max: 20 * DAY_MS }),
      (startedAt, after, gap) => {
        const calendar = office();
        const from = new Date(startedAt.getTime() + after);
        const to = new Date(from.getTime() + gap);
        const due = addWorkingTime(calendar, startedAt, 5 * calendar.dayMs);
        const standing = resumed(paused({ startedAt, pauses: [] }, from), to);
        const moved = runFor(standing, { since: startedAt, milliseconds: 5 * calendar.dayMs, calendar });
        const lost = from < due ? workingTimeBetween(calendar, from, to) : 0;
        expect(moved).toEqual(addWorkingTime(calendar, due, lost));
      },
    ),
  );
});

test.each([
  ['over a weekend', '2026-11-20T12:00:00+05:30', 7, '2026-11-23T10:30:00+05:30'],
  ['from before opening', '2026-11-23T06:00:00+05:30', 1, '2026-11-23T10:45:00+05:30'],
  ['to closing time, not to the next morning', '2026-11-23T09:45:00+05:30', 8.5, '2026-11-23T18:15:00+05:30'],
  ['over Guru Nanak Jayanti', '2026-11-23T17:15:00+05:30', 2, '2026-11-25T10:45:00+05:30'],
  ['over the end of a year', '2026-12-31T17:15:00+05:30', 2, '2027-01-01T10:45:00+05:30'],
  ['over a leap day', '2028-02-28T17:15:00+05:30', 10, '2028-03-01T10:15:00+05:30'],
])('office hours %s', (_, from, worked, end) => {
  const calendar = office([['2026-11-24', []]]);
  expect(addWorkingTime(calendar, new Date(from), worked * HOUR_MS)).toEqual(new Date(end));
});

test.each([
  ['23 hours when clocks go forward', '2026-03-08', 23],
  ['25 hours when they go back', '2026-11-01', 25],
])('a day in New York has %s', (_, day, length) => {
  const week = Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }]);
  const calendar = createCalendar({ code: 'ny', timeZone: 'America/New_York', week, days: new Map(), dayMs: DAY_MS });
  const offset = day < '2026-03-08' || day >= '2026-11-02' ? '-05:00' : day === '2026-03-08' ? '-05:00' : '-04:00';
  const midnight = new Date(`${day}T00:00:00${offset}`);
  const spans = calendar.spansOn(calendar.dayOf(midnight.getTime()));
  expect(spans.map(({ from, to }) => (to - from) / HOUR_MS)).toEqual([length]);
});

test('a calendar without work says so instead of searching for ever', () => {
  const none = createCalendar({ code: 'none', timeZone: 'UTC', week: [], days: new Map(), dayMs: 0 });
  expect(() => addWorkingTime(none, new Date(0), 1)).toThrow('"none" has too little working time');
});

function office(days: readonly (readonly [string, readonly Hours[]])[] = []): Calendar {
  const day = [{ from: 9 * 60 + 45, to: 18 * 60 + 15 }];
  const week = [day, day, day, day, day, [], []];
  return createCalendar({ code: 'office', timeZone: 'Asia/Kolkata', week, days: new Map(days), dayMs: 8.5 * HOUR_MS });
}

/** Runs for the first gap, stands still for the second, and so on. */
function clockWith(startedAt: Date, gaps: readonly number[]): Clock {
  let clock: Clock = { startedAt, pauses: [] };
  let at = startedAt.getTime();
  for (const [index, gap] of gaps.entries()) {
    at += gap;
    clock = index % 2 === 0 ? paused(clock, new Date(at)) : resumed(clock, new Date(at));
  }
  return clock;
}
