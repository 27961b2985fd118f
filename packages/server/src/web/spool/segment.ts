/** One file of the spool: made, appended to, cut back after a failed write, closed, read. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRecords, type SpooledBody } from './record.ts';

export interface Segment {
  path: string;
  /** When it was made, milliseconds since 1970; later ones have later times. */
  at: number;
  length: number;
  /** Undefined once it is closed for writing. */
  handle: FileHandle | undefined;
}

const NAME = /^(\d{15})-[0-9a-f]{8}\.segment$/;

export async function makeSegment(folder: string, at: number): Promise<Segment> {
  const path = join(folder, `${String(at).padStart(15, '0')}-${randomBytes(4).toString('hex')}.segment`);
  return { path, at, length: 0, handle: await open(path, 'wx', 0o600) };
}

/** The segments in a folder, oldest first. */
export async function findSegments(folder: string): Promise<Segment[]> {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, at: Number(NAME.exec(name)?.[1]), length: (await stat(path)).size, handle: undefined };
    }),
  );
}

/** Resolves when the records are on the disk. */
export async function appendTo(segment: Segment, records: Buffer[]): Promise<void> {
  const { handle } = segment;
  if (handle === undefined) throw new Error('the segment is closed');
  const bytes = records.length === 1 && records[0] !== undefined ? records[0] : Buffer.concat(records);
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, segment.length + done);
    done += bytesWritten;
  }
  await handle.datasync();
  segment.length += bytes.length;
}

/** Takes away what a failed write left. Best effort: where it fails, too, the records' checksums tell. */
export async function cutBack(segment: Segment): Promise<void> {
  await segment.handle?.truncate(segment.length).catch(() => undefined);
}

export async function closeSegment(segment: Segment): Promise<void> {
  await segment.handle?.close().catch(() => undefined);
  segment.handle = undefined;
}

/** `torn` is the number of bytes behind the last whole record. */
export async function readSegment(segment: Segment): Promise<{ bodies: SpooledBody[]; torn: number }> {
  const bytes = await readFile(segment.path);
  const { records, good } = decodeRecords(bytes);
  return { bodies: records, torn: bytes.length - good };
}

/** The name of a new file is durable only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}
