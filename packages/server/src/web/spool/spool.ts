/**
 * The spool: what was accepted while the database was away, in the order of acceptance, on the disk.
 *
 * All processes on one data folder append to one file, `current`, so that the order among them is kept, too. Whoever replays
 * seals it first by renaming it, and deletes it when its bodies are in the database. A writer makes sure after every write
 * that the file was still `current`; if not, its records may have come too late for the reader, and it writes them again.
 * All bodies that arrive in a process while one write is under way go together in the next: one fdatasync for all.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createBatcher, type Log } from '@hazir/runtime';
import { decodeRecords, encodeRecord, type SpooledBody } from './record.ts';
import { createReplayLock, type ReplayLock } from './replay-lock.ts';

export interface Spool {
  /** Resolves with true when the body is on the disk, with false when the spool or the disk is full. */
  append: (body: SpooledBody) => Promise<boolean>;
  /** True when no process has anything in it and none replays. Asks the file system, without waiting. */
  isEmpty: () => boolean;
  /** The oldest bodies; undefined when there are none. To be called by whoever holds the lock. */
  oldest: () => Promise<Sealed | undefined>;
  /** Begins another file where the current one is large, so that no reader takes too much at once; for the lock's holder. */
  cut: () => Promise<void>;
  lock: ReplayLock;
  /** Looks at the disk again. */
  measure: () => Promise<SpoolSize>;
  /** What was measured last, with what was written since. */
  size: () => SpoolSize;
  /** Waits for writes under way. */
  close: () => Promise<void>;
}

interface Sealed {
  bodies: SpooledBody[];
  /** To be called when the bodies are durable elsewhere. */
  remove: () => Promise<void>;
}

export interface SpoolSize {
  bytes: number;
  /** About when the oldest body arrived, milliseconds since 1970; undefined when there is none. */
  oldestAt: number | undefined;
}

export interface SpoolOptions {
  folder: string;
  mostBytes: number;
  now: () => number;
  log: Log;
  segmentBytes?: number;
}

/** So much is read into memory at once. */
const SEGMENT_BYTES = 4 * 1024 * 1024;
const MOST_AT_ONCE = 2_000;
/** A file is not sealed at this age yet: a reader that is faster than the disk would make writers write again for ever. */
const YOUNG_MS = 100;
const SEALED = /^(\d{15})-[0-9a-f]{8}\.sealed$/;
const CURRENT = 'current';
const LOCK = 'replay.lock';
const NOTHING: SpoolSize = { bytes: 0, oldestAt: undefined };

export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { folder, log } = options;
  const current = join(folder, CURRENT);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lock = createReplayLock(join(folder, LOCK));
  let size = await measure(folder, current);

  const write = async (records: Buffer[]): Promise<boolean[]> => {
    try {
      await appendAll(folder, current, records);
      return records.map(() => true);
    } catch (error) {
      log('error', 'spool_not_written', { detail: error instanceof Error ? error.message : 'unknown' });
      return records.map(() => false);
    }
  };
  const writer = createBatcher<Buffer, boolean>(write, { most: MOST_AT_ONCE });
  // Only whoever replays seals, one file after the other: so their names are in the order of their contents.
  let sealing: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = sealing.then(work);
    sealing = result.catch(() => undefined);
    return result;
  };
  const remeasure = async () => {
    size = await measure(folder, current);
    return size;
  };
  let pending = 0;
  const hasRoom = (bytes: number) => size.bytes + pending + bytes <= options.mostBytes;
  return {
    lock,
    append: async (body) => {
      const record = encodeRecord(body);
      if (!hasRoom(record.length)) await remeasure();
      if (!hasRoom(record.length)) return false;
      pending += record.length;
      const kept = await writer.add(record);
      pending -= record.length;
      if (kept) size = { bytes: size.bytes + record.length, oldestAt: size.oldestAt ?? body.at };
      return kept;
    },
    isEmpty: () => isEmptyFolder(folder),
    oldest: async () => {
      const path = (await findSealed(folder))[0] ?? (await inTurn(() => sealWhenGrown(folder, current, options.now)));
      if (path === undefined) return undefined;
      const { records: bodies, torn } = decodeRecords(await readFile(path));
      if (torn > 0) log('warn', 'spool_torn', { bytes: torn, kept: bodies.length });
      const remove = async () => {
        await unlink(path).catch(() => undefined);
        await remeasure();
      };
      return { bodies, remove };
    },
    cut: () =>
      inTurn(async () => {
        const file = await stat(current).catch(() => undefined);
        if (lock.isOurs() && (file?.size ?? 0) >= (options.segmentBytes ?? SEGMENT_BYTES))
          await seal(folder, current, options.now());
      }),
    measure: remeasure,
    size: () => size,
    close: () => writer.idle(),
  };
}

/** Resolves once the records are on the disk and sure to be read. */
async function appendAll(folder: string, current: string, records: Buffer[]): Promise<void> {
  const bytes = records.length === 1 && records[0] !== undefined ? records[0] : Buffer.concat(records);
  for (;;) {
    const file = await open(current, 'a', 0o600);
    try {
      await syncFolder(folder);
      if (await writeOnce(file, current, bytes)) return;
    } finally {
      await file.close();
    }
  }
}

/** False when the file was sealed meanwhile. */
async function writeOnce(file: FileHandle, current: string, bytes: Buffer): Promise<boolean> {
  // Together or not at all: a second write would stand behind those of other processes.
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten < bytes.length) throw new Error('the disk is full');
  await file.datasync();
  const [ours, named] = await Promise.all([file.stat(), stat(current).catch(() => undefined)]);
  return named?.ino === ours.ino;
}

async function sealWhenGrown(folder: string, current: string, now: () => number): Promise<string | undefined> {
  const born = await stat(current).then(
    (file) => file.birthtimeMs,
    () => undefined,
  );
  if (born === undefined) return undefined;
  await delay(Math.max(0, Math.min(YOUNG_MS, born + YOUNG_MS - Date.now())));
  return seal(folder, current, now());
}

/** Renames the current file, behind all that were sealed before; undefined when there is none. */
async function seal(folder: string, current: string, now: number): Promise<string | undefined> {
  const latest = timeOf((await findSealed(folder)).at(-1) ?? '');
  const at = String(Math.max(now, latest + 1)).padStart(15, '0');
  const path = join(folder, `${at}-${randomBytes(4).toString('hex')}.sealed`);
  return rename(current, path).then(
    () => path,
    () => undefined,
  );
}

async function findSealed(folder: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => SEALED.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A lock counts: whoever holds it may be about to store something. */
function isEmptyFolder(folder: string): boolean {
  try {
    return !readdirSync(folder).some((name) => name === CURRENT || name === LOCK || SEALED.test(name));
  } catch {
    return false;
  }
}

function timeOf(path: string): number {
  return Number(/(\d{15})-[0-9a-f]{8}\.sealed$/.exec(path)?.[1] ?? 0);
}

async function measure(folder: string, current: string): Promise<SpoolSize> {
  const sealed = await findSealed(folder).catch(() => []);
  const found = await Promise.all([...sealed, current].map((path) => stat(path).catch(() => undefined)));
  const files = found.filter((one) => one !== undefined);
  if (files.length === 0) return NOTHING;
  return { bytes: files.reduce((sum, file) => sum + file.size, 0), oldestAt: Math.min(...files.map((file) => file.birthtimeMs)) };
}

/** The name of a new file is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}
