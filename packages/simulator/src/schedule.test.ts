import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule } from './schedule.ts';

const settled = () => Promise.resolve();

test('advancing runs what is due in the order of time, then of making, each at its own time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000), { maxLength: 60 }), fc.nat(1_000), async (delays, ms) => {
      const schedule = createSchedule(() => 5_000, settled);
      const ran: { due: number; index: number; at: number }[] = [];
      delays.forEach((delay, index) => {
        schedule.after(delay, () => ran.push({ due: 5_000 + delay, index, at: schedule.now() }));
      });
      await schedule.advance(ms);
      const expected = delays
        .map((delay, index) => ({ due: 5_000 + delay, index, at: 5_000 + delay }))
        .filter((one) => one.due <= 5_000 + ms)
        .sort((a, b) => a.due - b.due || a.index - b.index);
      expect(ran).toEqual(expected);
      expect(schedule.now()).toBe(5_000 + ms);
      schedule.clear();
    }),
  );
});

test('a timer made by a timer runs in the same advance, a cancelled one never', async () => {
  const schedule = createSchedule(() => 0, settled);
  const ran: string[] = [];
  schedule.after(10, () => {
    ran.push('first');
    schedule.after(10, () => ran.push('second'));
  });
  const cancel = schedule.after(15, () => ran.push('cancelled'));
  cancel();
  await schedule.advance(20);
  expect(ran).toEqual(['first', 'second']);
});

test('without advancing, timers follow real time', async () => {
  const schedule = createSchedule(Date.now, settled);
  const began = Date.now();
  await new Promise<void>((resolve) => void schedule.after(20, resolve));
  expect(Date.now() - began).toBeGreaterThanOrEqual(20);
});

test('two advances add up', async () => {
  const schedule = createSchedule(() => 0, settled);
  await Promise.all([schedule.advance(100), schedule.advance(50)]);
  expect(schedule.now()).toBe(150);
});
