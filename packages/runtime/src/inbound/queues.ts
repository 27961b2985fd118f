/**
 * What waits in memory, a queue for each number and one more for its broadcasts, bounded: beyond the bound it waits in the inbox and is read when there is room.
 * Batches are taken in turns, first among organizations, then among the numbers of one: whoever writes little never waits
 * behind whoever writes much. A number's inputs keep their order; its broadcasts are begun, a few at a time, when nobody else waits.
 */
import { type ArrivedRow, type Item, itemOf } from './item.ts';

export interface Queue {
  channelId: number;
  organizationId: number;
  broadcasts: boolean;
  items: Item[];
  /** Places in the inbox that are queued, running or held back: reading the table again must not bring them twice. */
  known: Set<number>;
  /** More waits in the inbox than here. */
  behind: boolean;
  reading: boolean;
  /** The inbox is to be read once more when this reading is over. */
  again: boolean;
  /** Came while the inbox was being read: the reading may or may not show it. */
  arrived: ArrivedRow[];
  /** Rows that another process has stored are being read by their places. */
  fetching: boolean;
  /** Finished while something was being read: the reading may still show it. */
  finished: Set<number>;
}

export function createQueue(channelId: number, organizationId: number, broadcasts: boolean): Queue {
  return {
    ...{ channelId, organizationId, broadcasts, items: [], arrived: [], known: new Set(), finished: new Set() },
    ...{ behind: true, again: false, reading: false, fetching: false },
  };
}

/** Most inputs of one number in memory. */
const QUEUED = 1_000;

export function hasRoom(queue: Queue): boolean {
  return queue.items.length < QUEUED / 2;
}

/** Takes rows that were stored a moment ago, unless older ones still wait in the inbox. */
export function arrive(queue: Queue, row: ArrivedRow): void {
  if (queue.reading) queue.arrived.push(row);
  else if (!queue.behind) push(queue, row);
  if (queue.items.length >= QUEUED) queue.behind = true;
  if (queue.arrived.length >= QUEUED) {
    queue.arrived = [];
    queue.again = true;
  }
}

/** Reads what waits in the inbox, as much as there is room for. */
export async function readBehind(queue: Queue, read: (limit: number) => Promise<ArrivedRow[]>): Promise<void> {
  queue.reading = true;
  queue.again = false;
  if (!queue.fetching) queue.finished.clear();
  const limit = queue.known.size + QUEUED;
  try {
    const rows = await read(limit);
    queue.behind = queue.again || rows.length === limit;
    for (const row of queue.behind ? rows : [...rows, ...queue.arrived]) push(queue, row);
  } finally {
    queue.arrived = [];
    queue.reading = false;
  }
}

function push(queue: Queue, row: ArrivedRow): void {
  if (queue.known.has(row.seq) || queue.finished.has(row.seq)) return;
  queue.known.add(row.seq);
  queue.items.push(itemOf(row));
}

/** Its effects are committed, or it is set aside. */
export function finish(queue: Queue, seq: number): void {
  queue.known.delete(seq);
  if (queue.reading || queue.fetching) queue.finished.add(seq);
}

export function endFetching(queue: Queue): void {
  queue.fetching = false;
  if (!queue.reading) queue.finished.clear();
}

/** The queue of a number's ordinary inputs, or of its broadcasts. */
export function queueKey(channelId: number, broadcasts: boolean): string {
  return `${channelId}${broadcasts ? '|broadcasts' : ''}`;
}

/** Broadcasts in one batch: whoever writes meanwhile waits no longer than for these. */
const BROADCASTS = 20;

/** Takes up to `most` items, one from each organization in turn. The map's order is the turn: whoever was served goes last. */
export function takeFairly(queues: Map<string, Queue>, most: number): Item[] {
  const urgent = takeInTurn(queues, most, false);
  return urgent.length > 0 ? urgent : takeInTurn(queues, Math.min(most, BROADCASTS), true);
}

function takeInTurn(queues: Map<string, Queue>, most: number, broadcasts: boolean): Item[] {
  const batch: Item[] = [];
  let turn = byOrganization([...queues.values()].filter((queue) => queue.broadcasts === broadcasts && queue.items.length > 0));
  while (batch.length < most && turn.length > 0) {
    for (const numbers of turn) {
      const queue = numbers.shift();
      const item = queue?.items.shift();
      if (queue === undefined || item === undefined) continue;
      batch.push(item);
      if (queue.items.length > 0) numbers.push(queue);
      const key = queueKey(queue.channelId, broadcasts);
      queues.delete(key);
      queues.set(key, queue);
      if (batch.length === most) break;
    }
    turn = turn.filter((numbers) => numbers.length > 0);
  }
  return batch;
}

function byOrganization(queues: readonly Queue[]): Queue[][] {
  return [...Map.groupBy(queues, (queue) => queue.organizationId).values()];
}
