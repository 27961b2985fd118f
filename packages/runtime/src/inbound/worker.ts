/**
 * The worker: takes what waits in the inboxes of the numbers that this process works, and turns it into committed effects.
 *
 * One batch at a time, many conversations in it; one conversation's inputs stay in order because batches do. A batch is
 * committed whole; when it cannot be, it is tried again conversation by conversation, so that one bad message never
 * stops the others. What fails alone is counted and, after its attempts, set aside.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { readInbox, readPlaces } from '@hazir/store';
import { isDatabaseAway } from '../database-away.ts';
import type { RuntimeDeps } from '../deps.ts';
import type { Arrived } from '../signals.ts';
import { ConflictError } from './conflict.ts';
import { type ArrivedRow, type Item, laneOf } from './item.ts';
import { keyOf } from './memory.ts';
import { arrive, createQueue, endFetching, finish, hasRoom, type Queue, queueKey, readBehind, takeFairly } from './queues.ts';
import type { BatchRunner } from './run-batch.ts';

export interface Worker {
  /** Begins to work these numbers: reads what waits. */
  open: (channelIds: readonly number[]) => void;
  /** Stops working them at once; what waits stays in the inbox. */
  drop: (channelIds: readonly number[]) => void;
  /** The same in order: resolves when the batch under way, which may have inputs of theirs, is over. */
  close: (channelIds: readonly number[]) => Promise<void>;
  /** Takes rows that were stored a moment ago; returns those of numbers that are not worked here. */
  handOver: (rows: readonly ArrivedRow[]) => ArrivedRow[];
  /** Reads what another process has stored at these places. */
  fetch: (places: readonly Arrived[]) => void;
  /** Reads the inbox of these numbers again; of all, when none is named. */
  look: (channelIds?: readonly number[]) => void;
  ring: (item: Extract<Item, { kind: 'timer' }>) => void;
  /** Resolves when everything that was handed over is done or waits for an answer. */
  idle: () => Promise<void>;
  stop: () => Promise<void>;
}

const BATCH = 100;
/** From the start of a batch to the start of the next, unless a full one waits: a commit costs nearly the same for one turn and for ten. */
const BATCH_DISTANCE_MS = 4;
/** Rows that another process has stored, read at once. */
const PLACES_AT_ONCE = 500;
const DATABASE_AWAY_MS = 250;

interface Work {
  deps: RuntimeDeps;
  runner: BatchRunner;
  queues: Map<string, Queue>;
  /** The numbers that are worked here. */
  open: Set<number>;
  /** The batch under way, and when it began by the monotonic clock. */
  batch: Promise<void> | undefined;
  begunAt: number;
  /** Timers in the queues: one that is looked up again while it waits is not queued twice. */
  ringing: Set<string>;
  /** Places whose rows are to be read, and whether that is under way. */
  places: number[];
  fetching: boolean;
  reads: Set<Promise<void>>;
  running: Promise<void> | undefined;
  stopped: boolean;
}

export function createWorker(deps: RuntimeDeps, runner: BatchRunner): Worker {
  const work: Work = {
    ...{
      deps,
      runner,
      queues: new Map(),
      open: new Set(),
      batch: undefined,
      begunAt: 0,
      ringing: new Set(),
      places: [],
      fetching: false,
      reads: new Set(),
      running: undefined,
      stopped: false,
    },
  };
  const { queues } = work;
  return {
    open: (channelIds) => {
      for (const id of channelIds) openQueue(work, id);
    },
    drop: (channelIds) => drop(work, channelIds),
    close: async (channelIds) => {
      drop(work, channelIds);
      await work.batch;
    },
    handOver: (rows) => handOver(work, rows),
    fetch: (places) => {
      for (const { channelId, seq } of places) if (work.open.has(channelId)) work.places.push(seq);
      if (!work.fetching && work.places.length > 0) track(work, fetchPlaces(work));
    },
    look: (channelIds) => look(work, channelIds),
    ring: (item) => {
      const queue = queues.get(queueKey(item.key.channelId, false));
      if (queue === undefined || work.ringing.has(keyOf(item.key))) return;
      work.ringing.add(keyOf(item.key));
      queue.items.push(item);
      start(work);
    },
    idle: async () => {
      while (work.running !== undefined || work.reads.size > 0) await (work.running ?? Promise.all(work.reads));
    },
    stop: async () => {
      work.stopped = true;
      await work.running;
      await Promise.all(work.reads);
    },
  };
}

function openQueue(work: Work, channelId: number): void {
  const channel = work.deps.channels.byId(channelId);
  if (channel === undefined) return;
  work.open.add(channelId);
  for (const broadcasts of [false, true]) {
    const queue = createQueue(channelId, channel.organizationId, broadcasts);
    work.queues.set(queueKey(channelId, broadcasts), queue);
    read(work, queue);
  }
}

function drop({ open, queues, runner }: Work, channelIds: readonly number[]): void {
  for (const id of channelIds) {
    open.delete(id);
    for (const broadcasts of [false, true]) queues.delete(queueKey(id, broadcasts));
  }
  runner.forgetHeld(channelIds);
}

function handOver(work: Work, rows: readonly ArrivedRow[]): ArrivedRow[] {
  const elsewhere: ArrivedRow[] = [];
  for (const row of rows) {
    const queue = work.queues.get(queueKey(row.channelId, row.lane === 'broadcast'));
    if (queue === undefined) elsewhere.push(row);
    else arrive(queue, row);
  }
  start(work);
  return elsewhere;
}

function look(work: Work, channelIds?: readonly number[]): void {
  for (const queue of work.queues.values()) {
    if (channelIds?.includes(queue.channelId) === false) continue;
    queue.again = true;
    queue.behind = true;
    if (hasRoom(queue)) read(work, queue);
  }
}

/** One reading at a time, so that rows are queued in the order in which they were announced. */
async function fetchPlaces(work: Work): Promise<void> {
  work.fetching = true;
  while (work.places.length > 0 && !work.stopped) {
    const seqs = work.places.splice(0, PLACES_AT_ONCE);
    for (const queue of work.queues.values()) queue.fetching = true;
    try {
      handOver(work, await readPlaces(work.deps.database.path, seqs));
    } catch (error) {
      work.deps.log('warn', 'inbox_not_read', { detail: String(error) });
      look(work);
    }
    for (const queue of work.queues.values()) endFetching(queue);
  }
  work.fetching = false;
}

/** Whoever waits for the worker to be idle waits for readings, too. */
function track(work: Work, reading: Promise<void>): void {
  work.reads.add(reading);
  void reading.finally(() => work.reads.delete(reading));
}

function start(work: Work): void {
  if (work.running !== undefined || work.stopped || waiting(work.queues) === 0) return;
  work.running = drain(work).finally(() => {
    work.running = undefined;
    start(work);
  });
}

async function drain(work: Work): Promise<void> {
  while (!work.stopped) {
    const wait = work.begunAt + BATCH_DISTANCE_MS - performance.now();
    if (wait > 0 && waiting(work.queues) < BATCH) await delay(Math.ceil(wait));
    const batch = takeFairly(work.queues, BATCH);
    if (batch.length === 0) return;
    work.begunAt = performance.now();
    for (const item of batch) if (item.kind === 'timer') work.ringing.delete(keyOf(item.key));
    work.batch = runBatch(work, batch).then((released) => settle(work, batch, released));
    await work.batch;
    for (const queue of work.queues.values()) if (queue.behind && hasRoom(queue)) read(work, queue);
  }
}

/** Returns items to run next: those that a conversation had held back. */
async function runBatch(work: Work, batch: Item[]): Promise<Item[]> {
  const { deps, runner, open } = work;
  for (let left = batch; left.length > 0; left = left.filter((item) => open.has(channelOf(item)))) {
    try {
      return await runner.run(left);
    } catch (error) {
      if (work.stopped) return [];
      if (isDatabaseAway(error)) {
        deps.log('error', 'database_away', { waiting: left.length });
        await delay(DATABASE_AWAY_MS);
      } else if (!(error instanceof ConflictError)) {
        return await runner.runApart(left);
      }
    }
  }
  return [];
}

/** What is done leaves the books; what was set free goes to the front, in its order. */
function settle({ runner, queues }: Work, batch: readonly Item[], released: readonly Item[]): void {
  const again = new Set(released);
  for (const item of batch) {
    const queue = queues.get(keyOfQueue(item));
    if (item.kind !== 'inbox' || queue === undefined || again.has(item) || runner.isHeld(item)) continue;
    finish(queue, item.row.seq);
  }
  for (const item of released.toReversed()) queues.get(keyOfQueue(item))?.items.unshift(item);
}

function read(work: Work, queue: Queue): void {
  if (queue.reading || work.stopped) return;
  const reading = readBehind(queue, (limit) => readInbox(work.deps.database.path, { ...queue, limit }))
    // The sweep looks again.
    .catch((error: unknown) => work.deps.log('warn', 'inbox_not_read', { detail: String(error) }))
    .finally(() => {
      work.reads.delete(reading);
      if (queue.again && hasRoom(queue)) read(work, queue);
      start(work);
    });
  work.reads.add(reading);
}

function waiting(queues: ReadonlyMap<string, Queue>): number {
  let sum = 0;
  for (const queue of queues.values()) sum += queue.items.length;
  return sum;
}

function channelOf(item: Item): number {
  return item.kind === 'timer' ? item.key.channelId : item.row.channelId;
}

function keyOfQueue(item: Item): string {
  return queueKey(channelOf(item), laneOf(item) === 'broadcast');
}
