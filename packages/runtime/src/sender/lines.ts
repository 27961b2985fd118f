/**
 * The rows of a number in memory: four lanes by urgency, in each lane one line for each citizen. Only the first row of a line
 * is ever posted; a line is busy (reserved, claimed or posted), ready, or asleep until a time. Ready lines take turns.
 */
import { LANES, type Lane, type OutboxRow } from '@hazir/store';
import { type Circuit, createCircuit } from './circuit.ts';
import { createPace, type Pace } from './pace.ts';
import { createPairs, type Pairs } from './pairs.ts';
import { type SenderSettings, SHARES } from './settings.ts';
import { createSleepers, type Sleepers } from './sleepers.ts';

export interface Line {
  contactId: string;
  lane: LaneQueue;
  rows: OutboxRow[];
  place: 'busy' | 'ready' | 'asleep';
  wakeAt: number;
}

export interface LaneQueue {
  name: Lane;
  /** Place in LANES: 0 is the most urgent. */
  rank: number;
  lines: Map<string, Line>;
  ready: Set<Line>;
  /** Most rows that are held while they are not asleep. */
  share: number;
  rows: number;
  asleep: number;
  /** More rows may wait in the outbox than are here. */
  behind: boolean;
  reading: boolean;
  /** A row was left to the outbox while it was being read. */
  missed: boolean;
  /** The outbox could not be read: not before this time again. */
  readAt: number;
}

export interface NumberQueue {
  channelId: number;
  phase: 'opening' | 'open' | 'closing' | 'gone';
  lanes: LaneQueue[];
  sleepers: Sleepers<Line>;
  pace: Pace;
  pairs: Pairs;
  circuit: Circuit;
  /** Places taken, by reservations and posts. */
  inFlight: number;
  /** Posts under way. */
  posting: number;
  /** Called when no post is under way any more. */
  onIdle: (() => void)[];
}

/** A line that sleeps costs little (its payload is not kept), but not nothing. */
const ASLEEP_SHARES = 10;

export function createNumber(channelId: number, settings: SenderSettings): NumberQueue {
  return {
    ...{ channelId, phase: 'opening', inFlight: 0, posting: 0, onIdle: [] },
    lanes: LANES.map((name, rank) => createLane(name, rank, settings)),
    sleepers: createSleepers(),
    pace: createPace(),
    pairs: createPairs(),
    circuit: createCircuit(settings.failuresToOpen),
  };
}

function createLane(name: Lane, rank: number, settings: SenderSettings): LaneQueue {
  return {
    ...{ name, rank, lines: new Map(), ready: new Set(), rows: 0, asleep: 0 },
    share: Math.max(1, Math.floor(settings.rowsInMemory * (SHARES[rank] ?? 0))),
    ...{ behind: true, reading: false, missed: false, readAt: 0 },
  };
}

export function laneOf(number: NumberQueue, name: Lane): LaneQueue | undefined {
  return number.lanes[LANES.indexOf(name)];
}

/** A row as it waits: what is needed to post it comes back with its claim. */
export function stubOf({ to: _to, message: _message, lastInboundAt: _at, ...row }: OutboxRow): OutboxRow {
  return { ...row, payload: '' };
}

/** How many more rows a lane may hold. */
export function roomIn(lane: LaneQueue): number {
  return lane.rows >= lane.share * ASLEEP_SHARES ? 0 : lane.share - (lane.rows - lane.asleep);
}

/** A busy line without a row: its first row is about to be committed. */
export function reserveLine(lane: LaneQueue, contactId: string): void {
  lane.lines.set(contactId, { contactId, lane, rows: [], place: 'busy', wakeAt: 0 });
}

/** Puts a row behind those of its citizen. */
export function addRow(number: NumberQueue, row: OutboxRow, now: number): void {
  const lane = laneOf(number, row.lane);
  if (lane === undefined) return;
  const known = lane.lines.get(row.contactId);
  if (known?.rows.some((one) => one.id === row.id)) return;
  const line: Line = known ?? { contactId: row.contactId, lane, rows: [], place: 'busy', wakeAt: 0 };
  line.rows.push(row);
  lane.rows += 1;
  if (line.place === 'asleep') lane.asleep += 1;
  if (known !== undefined) return;
  lane.lines.set(row.contactId, line);
  rest(number, line, now);
}

/** The first row of a line is dealt with. */
export function dropFirst(number: NumberQueue, line: Line, now: number): void {
  rouse(line);
  if (line.rows.shift() !== undefined) line.lane.rows -= 1;
  rest(number, line, now);
}

/** What a line does when it is not busy: it ends, waits for the time of its first row, or is ready. */
export function rest(number: NumberQueue, line: Line, now: number): void {
  const first = line.rows[0];
  if (first === undefined) {
    line.lane.ready.delete(line);
    line.lane.lines.delete(line.contactId);
  } else if (first.dueAt.getTime() > now) sleep(number, line, first.dueAt.getTime());
  else {
    line.place = 'ready';
    line.lane.ready.add(line);
  }
}

export function sleep(number: NumberQueue, line: Line, until: number): void {
  line.lane.ready.delete(line);
  if (line.place !== 'asleep') line.lane.asleep += line.rows.length;
  line.place = 'asleep';
  line.wakeAt = until;
  number.sleepers.add(until, line);
}

/** Takes a line out of ready or sleep. */
export function rouse(line: Line): void {
  line.lane.ready.delete(line);
  if (line.place === 'asleep') line.lane.asleep -= line.rows.length;
  line.place = 'busy';
}

/** Lines whose time has come are ready. */
export function wakeLines(number: NumberQueue, now: number): void {
  while (number.sleepers.next() <= now) {
    const woken = number.sleepers.take();
    const line = woken?.sleeper;
    if (line === undefined || line.place !== 'asleep' || line.wakeAt !== woken?.at) continue;
    rouse(line);
    line.place = 'ready';
    line.lane.ready.add(line);
  }
}

export function* linesOf(number: NumberQueue): Generator<Line> {
  for (const lane of number.lanes) yield* lane.lines.values();
}
