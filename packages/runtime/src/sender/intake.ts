/** What comes from commits: a place is kept before, the row is taken after; what may not go at once is queued. */
import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxRow } from '@hazir/store';
import { attempt } from './attempt.ts';
import { type Desk, LOOK_MS } from './desk.ts';
import { addRow, type LaneQueue, type Line, laneOf, type NumberQueue, reserveLine, rest, roomIn, stubOf } from './lines.ts';
import { freePlace, hasPlace, takePlace, waitOfNumber } from './pump.ts';
import type { Scheduler } from './scheduler.ts';

export function createIntake(desk: Desk): Pick<Scheduler, 'reserve' | 'unreserve' | 'take'> {
  const ready = (number: NumberQueue) => waitOfNumber(desk, number, desk.port.now()) === 0;
  return {
    reserve: (row) => {
      const number = desk.numbers.get(row.channelId);
      const lane = number && laneOf(number, row.lane);
      if (number === undefined || lane === undefined || lane.behind || lane.lines.has(row.contactId)) return 1;
      const now = desk.port.now();
      if (!ready(number) || number.circuit.state(now) !== 'closed' || !hasPlace(desk, number, lane)) return 1;
      if (number.pace.wait(now, lane.rank) > 0 || number.pairs.wait(row.contactId, now) > 0) return 1;
      takePlace(desk, number, row.contactId);
      reserveLine(lane, row.contactId);
      return 0;
    },
    unreserve: (rows, unknown = false) => {
      const lost = rows.flatMap((row) => release(desk, row, unknown));
      if (unknown) void findCommitted(desk, rows, lost);
    },
    take: (rows) => {
      const strays: OutboxRow[] = [];
      const touched = new Set<NumberQueue>();
      for (const row of rows) {
        const number = desk.numbers.get(row.channelId);
        if (number !== undefined) touched.add(number);
        if (row.state !== 0) number !== undefined && queue(desk, number, row);
        else if (number === undefined || !begin(desk, number, { row, now: ready(number) })) strays.push(row);
      }
      for (const number of touched) desk.pump(number);
      // The number was lost between reservation and commit: whoever works it next posts them.
      if (strays.length > 0) void desk.port.giveBack(strays).catch(() => undefined);
    },
  };
}

/** Posts a reserved row; false when nothing was reserved for it. */
function begin(desk: Desk, number: NumberQueue, { row, now }: { row: OutboxRow; now: boolean }): boolean {
  const lane = laneOf(number, row.lane);
  const line = lane?.lines.get(row.contactId);
  if (lane === undefined || line === undefined || line.place !== 'busy' || line.rows.length > 0) return false;
  line.rows.push(row);
  lane.rows += 1;
  if (now) desk.track(attempt(desk, number, line));
  else {
    freePlace(desk, number, row);
    rest(number, line, desk.port.now());
  }
  return true;
}

/** Holds a row that waits, or leaves it to the outbox where more wait already. */
function queue(desk: Desk, number: NumberQueue, row: OutboxRow): void {
  const lane = laneOf(number, row.lane);
  if (lane === undefined) return;
  if (lane.behind || roomIn(lane) <= 0) noteMissed(lane);
  else addRow(number, stubOf(row), desk.port.now());
}

/** Leaves a row to the outbox: the lane reads it when it has room. */
export function noteMissed(lane: LaneQueue): void {
  lane.behind = true;
  lane.missed = true;
}

interface Reservation {
  number: NumberQueue;
  line: Line;
  row: OutboxRow;
}

/** Undoes a reservation; `keepLine` keeps the citizen's later messages waiting, and returns what was reserved. */
function release(desk: Desk, row: OutboxRow, keepLine: boolean): Reservation[] {
  const number = desk.numbers.get(row.channelId);
  const line = number && laneOf(number, row.lane)?.lines.get(row.contactId);
  if (number === undefined || line === undefined || row.state !== 0 || line.place !== 'busy' || line.rows.length > 0) return [];
  freePlace(desk, number, row);
  if (keepLine) return [{ number, line, row }];
  rest(number, line, desk.port.now());
  return [];
}

/** After a commit without an answer: what was committed after all was not posted by us, and is posted now. */
async function findCommitted(desk: Desk, rows: readonly OutboxRow[], lost: readonly Reservation[]): Promise<void> {
  for (const row of rows) {
    const number = desk.numbers.get(row.channelId);
    const lane = number && laneOf(number, row.lane);
    if (lane !== undefined) noteMissed(lane);
  }
  for (let found: Set<string> | undefined; found === undefined && !desk.stopped; ) {
    const ours = lost.filter(({ number }) => number.phase === 'open');
    found = await (ours.length === 0 ? new Set<string>() : desk.port.giveBack(ours.map(({ row }) => row)).catch(() => undefined));
    if (found === undefined) await delay(LOOK_MS);
    else for (const one of ours) resumeLine(desk, one, found);
  }
  for (const number of desk.numbers.values()) desk.pump(number);
}

function resumeLine(desk: Desk, { number, line, row }: Reservation, found: ReadonlySet<string>): void {
  if (number.phase === 'gone') return;
  if (found.has(row.id)) {
    line.rows.unshift({ ...stubOf(row), state: 1 });
    line.lane.rows += 1;
  }
  rest(number, line, desk.port.now());
}
