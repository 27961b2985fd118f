import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOwnFolder } from './own-folder.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hazir-spool-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const leave = async (name: string, owner: object | undefined, segment: string) => {
  await mkdir(join(root, name));
  if (owner !== undefined) await writeFile(join(root, name, 'owner.json'), JSON.stringify(owner));
  await writeFile(join(root, name, segment), 'bytes');
};
const segmentsIn = async (path: string) => (await readdir(path)).filter((name) => name.endsWith('.segment')).sort();

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

test('two processes never share a folder, and a living one keeps its own', async () => {
  const first = await openOwnFolder(root);
  await writeFile(join(first.path, '1.segment'), 'bytes');
  const second = await openOwnFolder(root);
  expect(second.path).not.toBe(first.path);
  expect([second.adopted, await segmentsIn(first.path)]).toEqual([0, ['1.segment']]);
  expect([first.isOurs(), second.isOurs()]).toEqual([true, true]);
});

test('what the dead left is taken over: killed, stopped in order, dead while adopting, pid used again', async () => {
  const host = hostname();
  await leave('a1', { host, pid: await deadPid(), began: '1' }, '1.segment');
  await leave('b2', undefined, '2.segment');
  await leave('claim-c3-d4', { host, pid: process.pid, began: 'before' }, '3.segment');
  await leave('e5', { host, pid: process.pid, began: 'another time' }, '4.segment');
  const own = await openOwnFolder(root);
  expect(own.adopted).toBe(4);
  expect(await segmentsIn(own.path)).toEqual(['1.segment', '2.segment', '3.segment', '4.segment']);
  expect(await readdir(root)).toEqual([basename(own.path)]);
});

test('a process on another host is dead when it gave no sign of life for a minute', async () => {
  const owner = { host: 'elsewhere', pid: 1, began: '1' };
  await leave('a1', owner, '1.segment');
  await leave('b2', owner, '2.segment');
  const old = new Date(Date.now() - 70_000);
  await utimes(join(root, 'a1', 'owner.json'), old, old);
  const own = await openOwnFolder(root);
  expect(await segmentsIn(own.path)).toEqual(['1.segment']);
});

test('of several that start at once each segment goes to one', async () => {
  for (let n = 0; n < 6; n += 1) await leave(`a${n}`, undefined, `${n}.segment`);
  const own = await Promise.all([openOwnFolder(root), openOwnFolder(root), openOwnFolder(root)]);
  const found = await Promise.all(own.map(({ path }) => segmentsIn(path)));
  expect(found.flat().sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${n}.segment`));
  expect(own.reduce((sum, { adopted }) => sum + adopted, 0)).toBe(6);
});

test('given up in order, an empty folder leaves nothing behind and a full one is adopted at once', async () => {
  const own = await openOwnFolder(root);
  await own.release();
  expect(await readdir(root)).toEqual([]);
  const full = await openOwnFolder(root);
  await writeFile(join(full.path, '1.segment'), 'bytes');
  await full.release();
  expect((await openOwnFolder(root)).adopted).toBe(1);
});
