/**
 * An append-only log in segment files, oldest first. All bodies that arrive while one write is under way go together in the
 * next: one fdatasync for all. After a write that failed its segment is cut back and closed, so that nothing half-written
 * ever stands between two records. A segment is read once it is closed, and deleted by whoever has stored its bodies.
 */
import { unlink } from 'node:fs/promises';
import { createBatcher, type Log } from '@hazir/runtime';
import { encodeRecord, type SpooledBody } from './record.ts';
import { appendTo, closeSegment, cutBack, findSegments, makeSegment, readSegment, type Segment, syncFolder } from './segment.ts';

export interface SegmentLog {
  /** Resolves with true when the body is on the disk, with false when the log or the disk is full. */
  append: (body: SpooledBody) => Promise<boolean>;
  /** The oldest segment, closed for writing; undefined when there is nothing. */
  oldest: () => Promise<{ bodies: SpooledBody[]; remove: () => Promise<void> } | undefined>;
  /** Bytes on the disk and on the way there. */
  bytes: () => number;
  /** Arrival of the oldest body, milliseconds since 1970; undefined when there is nothing. */
  oldestAt: () => number | undefined;
  /** Waits for writes under way. */
  close: () => Promise<void>;
}

export interface SegmentLogOptions {
  folder: string;
  mostBytes: number;
  /** False stops all writing: the folder may have another owner. */
  mayWrite: () => boolean;
  now: () => number;
  log: Log;
  segmentBytes?: number;
}

const SEGMENT_BYTES = 8 * 1024 * 1024;
const MOST_AT_ONCE = 2_000;

/** Opens the log, with the segments that are in the folder already. */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const { folder, log } = options;
  const segments: Segment[] = await findSegments(folder);
  let used = segments.reduce((sum, one) => sum + one.length, 0);
  let active: Segment | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  const begin = async (): Promise<Segment> => {
    const at = Math.max(options.now(), (segments.at(-1)?.at ?? 0) + 1);
    const segment = await makeSegment(folder, at);
    segments.push(segment);
    active = segment;
    await syncFolder(folder);
    return segment;
  };
  const finish = async (segment: Segment) => {
    if (active === segment) active = undefined;
    await closeSegment(segment);
  };
  const write = async (records: Buffer[]): Promise<boolean[]> => {
    const total = records.reduce((sum, one) => sum + one.length, 0);
    let segment: Segment | undefined;
    try {
      if (!options.mayWrite()) throw new Error('the folder may have another owner by now');
      if (active !== undefined && active.length >= (options.segmentBytes ?? SEGMENT_BYTES)) await finish(active);
      segment = active ?? (await begin());
      await appendTo(segment, records);
      return records.map(options.mayWrite);
    } catch (error) {
      used -= total;
      if (segment !== undefined) await cutBack(segment).then(finish.bind(undefined, segment));
      log('error', 'spool_not_written', { detail: error instanceof Error ? error.message : 'unknown' });
      return records.map(() => false);
    }
  };
  const seal = async (segment: Segment) => {
    // The next write begins another segment; the one under way may still be writing to this one.
    if (active === segment) active = undefined;
    await writing;
    await finish(segment);
  };
  const writer = createBatcher<Buffer, boolean>(
    (records) => {
      const result = write(records);
      writing = result;
      return result;
    },
    { most: MOST_AT_ONCE },
  );
  return {
    append: async (body) => {
      const record = encodeRecord(body);
      if (used + record.length > options.mostBytes) return false;
      used += record.length;
      return writer.add(record);
    },
    oldest: async () => {
      if (segments.length === 0 && used > 0) await writer.idle();
      const segment = segments[0];
      if (segment === undefined) return undefined;
      await seal(segment);
      return readOldest(segment, log, () => {
        segments.shift();
        used -= segment.length;
      });
    },
    bytes: () => used,
    oldestAt: () => (used > 0 ? segments[0]?.at : undefined),
    close: async () => {
      await writer.idle();
      if (active !== undefined) await seal(active);
    },
  };
}

async function readOldest(segment: Segment, log: Log, removed: () => void) {
  const { bodies, torn } = await readSegment(segment);
  if (torn > 0) log('warn', 'spool_tail_cut', { bytes: torn, kept: bodies.length });
  const remove = async () => {
    await unlink(segment.path).catch(() => undefined);
    removed();
  };
  return { bodies, remove };
}
