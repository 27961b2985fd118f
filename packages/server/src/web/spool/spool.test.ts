import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeRecord, type SpooledBody } from './record.ts';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hazir-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const body = (n: number): SpooledBody => ({ channelType: 'whatsapp', at: 1_000 + n, raw: Buffer.from(`body ${n}`) });
const open = (changed: Partial<SpoolOptions> = {}) =>
  openSpool({ folder, mostBytes: 1e6, now: () => 1_000, log: () => undefined, ...changed });
const drain = async (spool: Spool) => {
  const bodies: string[] = [];
  for (let sealed = await spool.oldest(); sealed !== undefined; sealed = await spool.oldest()) {
    bodies.push(...sealed.bodies.map(({ raw }) => raw.toString()));
    await sealed.remove();
  }
  return bodies;
};
const texts = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `body ${from + n}`);

test('bodies come back in order, over several files, and leave nothing on the disk', async () => {
  const spool = await open({ segmentBytes: 150 });
  expect(await spool.lock.hold()).toBe(true);
  for (let n = 0; n < 20; n += 1) {
    expect(await spool.append(body(n))).toBe(true);
    await spool.cut();
  }
  expect((await readdir(folder)).length).toBeGreaterThan(3);
  expect(spool.isEmpty()).toBe(false);
  expect(await drain(spool)).toEqual(texts(0, 20));
  await spool.lock.release();
  expect([await readdir(folder), spool.isEmpty(), spool.size()]).toEqual([[], true, { bytes: 0, oldestAt: undefined }]);
});

test('what two processes write while a third seals and reads is read completely, each one’s in order', async () => {
  const [left, right, reader] = [await open(), await open(), await open()];
  const write = async (spool: Spool, from: number) => {
    for (let n = from; n < from + 100; n += 1) expect(await spool.append(body(n))).toBe(true);
  };
  let writing = true;
  const written = Promise.all([write(left, 0), write(right, 100)]).finally(() => (writing = false));
  const read: string[] = [];
  while (writing) read.push(...(await drain(reader)));
  await written;
  read.push(...(await drain(reader)));
  const once = [...new Set(read)];
  expect(once.filter((text) => Number(text.slice(5)) < 100)).toEqual(texts(0, 100));
  expect(once.filter((text) => Number(text.slice(5)) >= 100)).toEqual(texts(100, 200));
});

test('the next process reads what the last one wrote, without the record that was torn', async () => {
  const spool = await open();
  for (let n = 0; n < 5; n += 1) await spool.append(body(n));
  await truncate(join(folder, 'current'), 4 * encodeRecord(body(0)).length + 7);
  const next = await open();
  expect(next.isEmpty()).toBe(false);
  expect(await next.append(body(9))).toBe(true);
  expect(await drain(next)).toEqual([...texts(0, 4), 'body 9']);
});

test('half a record of another process does not hide those behind it', async () => {
  const spool = await open();
  await spool.append(body(0));
  await appendFile(join(folder, 'current'), encodeRecord(body(7)).subarray(0, 20));
  await spool.append(body(1));
  expect(await drain(spool)).toEqual(texts(0, 2));
});

test('a full spool says so, and has room again once something was taken out', async () => {
  const size = encodeRecord(body(0)).length;
  const spool = await open({ mostBytes: 3 * size });
  expect(await Promise.all([0, 1, 2, 3].map((n) => spool.append(body(n))))).toEqual([true, true, true, false]);
  // Full for every process on this folder.
  expect(await (await open({ mostBytes: 3 * size })).append(body(5))).toBe(false);
  expect(await drain(spool)).toEqual(texts(0, 3));
  expect(await spool.append(body(4))).toBe(true);
});

test('a disk that cannot be written to says no', async () => {
  const events: string[] = [];
  const spool = await open({ log: (_level, event) => void events.push(event) });
  await rm(folder, { recursive: true });
  expect(await spool.append(body(0))).toBe(false);
  expect(events).toEqual(['spool_not_written']);
  expect((await spool.measure()).bytes).toBe(0);
});

test('one process at a time replays, until it is dead or silent', async () => {
  const [first, second] = [await open(), await open()];
  expect([await first.lock.hold(), await second.lock.hold(), await first.lock.hold()]).toEqual([true, false, true]);
  await first.lock.release();
  expect([second.isEmpty(), await second.lock.hold(), second.isEmpty()]).toEqual([true, true, false]);
  const old = new Date(Date.now() - 20_000);
  await utimes(join(folder, 'replay.lock'), old, old);
  expect([await first.lock.hold(), await second.lock.hold()]).toEqual([true, false]);
  await first.lock.release();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  await writeFile(join(folder, 'replay.lock'), JSON.stringify({ host: hostname(), pid: child.pid, nonce: '' }));
  expect([await second.lock.hold(), await first.lock.hold()]).toEqual([true, false]);
  await second.lock.release();
  await writeFile(join(folder, 'lost+found'), '');
  expect(second.isEmpty()).toBe(true);
});
