import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeRecord, type SpooledBody } from './record.ts';
import { openSegmentLog, type SegmentLog, type SegmentLogOptions } from './segment-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hazir-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const body = (n: number): SpooledBody => ({ channelType: 'whatsapp', at: 1_000 + n, raw: Buffer.from(`body ${n}`) });
const openLog = (changed: Partial<SegmentLogOptions> = {}) =>
  openSegmentLog({ folder, mostBytes: 1e6, mayWrite: () => true, now: () => 1_000, log: () => undefined, ...changed });
const drain = async (log: SegmentLog) => {
  const bodies: string[] = [];
  for (let segment = await log.oldest(); segment !== undefined; segment = await log.oldest()) {
    bodies.push(...segment.bodies.map(({ raw }) => raw.toString()));
    await segment.remove();
  }
  return bodies;
};
const texts = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `body ${from + n}`);

test('bodies come back in order, over several segments, and leave nothing on the disk', async () => {
  const log = await openLog({ segmentBytes: 100 });
  for (let n = 0; n < 20; n += 1) expect(await log.append(body(n))).toBe(true);
  expect((await readdir(folder)).length).toBeGreaterThan(3);
  expect(await drain(log)).toEqual(texts(0, 20));
  expect(await readdir(folder)).toEqual([]);
  expect([log.bytes(), log.oldestAt()]).toEqual([0, undefined]);
});

test('bodies that arrive together and while others are read keep their order', async () => {
  const log = await openLog({ segmentBytes: 200 });
  const first = Promise.all(Array.from({ length: 50 }, (_, n) => log.append(body(n))));
  const reading = drain(log);
  const second = Promise.all(Array.from({ length: 50 }, (_, n) => log.append(body(50 + n))));
  expect(new Set([...(await first), ...(await second)])).toEqual(new Set([true]));
  expect([...(await reading), ...(await drain(log))]).toEqual(texts(0, 100));
});

test('the next process reads what the last one wrote, without the record that was torn', async () => {
  const log = await openLog();
  for (let n = 0; n < 5; n += 1) await log.append(body(n));
  const [name = ''] = await readdir(folder);
  await truncate(join(folder, name), 4 * encodeRecord(body(0)).length + 7);
  const next = await openLog();
  expect(await next.append(body(9))).toBe(true);
  expect(await drain(next)).toEqual([...texts(0, 4), 'body 9']);
});

test('a full log says so, and has room again once something was taken out', async () => {
  const size = encodeRecord(body(0)).length;
  const log = await openLog({ mostBytes: 3 * size });
  expect(await Promise.all([0, 1, 2, 3].map((n) => log.append(body(n))))).toEqual([true, true, true, false]);
  expect(await drain(log)).toEqual(texts(0, 3));
  expect(await log.append(body(4))).toBe(true);
});

test('a disk that cannot be written to says no, and yes again later', async () => {
  const events: string[] = [];
  const log = await openLog({ log: (_level, event) => void events.push(event) });
  await rm(folder, { recursive: true });
  expect(await log.append(body(0))).toBe(false);
  expect(events).toEqual(['spool_not_written']);
  folder = await mkdtemp(join(tmpdir(), 'hazir-spool-'));
  expect(log.bytes()).toBe(0);
});

test('who may have lost the folder to another process keeps nothing in it', async () => {
  let ours = true;
  const log = await openLog({ mayWrite: () => ours });
  expect(await log.append(body(0))).toBe(true);
  ours = false;
  expect(await log.append(body(1))).toBe(false);
});
