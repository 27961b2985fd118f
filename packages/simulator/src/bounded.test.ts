import { expect, test } from 'vitest';
import { append, createLog, remember } from './bounded.ts';

const entry = (seq: number) => ({ seq });
const seqs = (entries: { seq: number }[]) => entries.map((one) => one.seq);

test('a log gives what is newer and forgets its oldest', () => {
  const log = createLog<{ seq: number }>({ entries: 3, bytes: 1_000 });
  for (let i = 0; i < 10; i += 1) log.add(entry, 1);
  expect(seqs(log.after(0))).toEqual([8, 9, 10]);
  expect(seqs(log.after(8))).toEqual([9, 10]);
  expect(seqs(log.after(10))).toEqual([]);
  expect(seqs(log.after(99))).toEqual([]);
});

test('a log forgets by weight too, but keeps the last entry however heavy', () => {
  const log = createLog<{ seq: number }>({ entries: 100, bytes: 10 });
  for (const bytes of [4, 4, 4]) log.add(entry, bytes);
  expect(seqs(log.after(0))).toEqual([2, 3]);
  log.add(entry, 50);
  expect(seqs(log.after(0))).toEqual([4]);
});

test('a cleared log goes on counting', () => {
  const log = createLog<{ seq: number }>({ entries: 5, bytes: 100 });
  log.add(entry, 1);
  log.clear();
  log.add(entry, 1);
  expect(seqs(log.after(0))).toEqual([2]);
});

test('maps and lists keep the newest', () => {
  const map = new Map<number, string>();
  for (let i = 0; i < 5; i += 1) remember(map, i, String(i), 3);
  expect([...map.keys()]).toEqual([2, 3, 4]);
  const list: number[] = [];
  for (let i = 0; i < 25; i += 1) append(list, i, 20);
  expect(list.length).toBeLessThanOrEqual(20);
  expect(list.at(-1)).toBe(24);
});
