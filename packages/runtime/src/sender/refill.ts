/**
 * What is read back from the outbox: the rows of a number that was just won, portions of a backlog, and, once a second, which
 * of the rows in doubt are known to have arrived: their status may have come to another process.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { OutboxRow } from '@hazir/store';
import { type Desk, LOOK_MS, reasonOf } from './desk.ts';
import { addRow, dropFirst, type LaneQueue, type NumberQueue, rest, roomIn, rouse } from './lines.ts';

const ASKED_AT_ONCE = 1_000;

/** Makes new numbers ready to post. Resolves after the first try; where the database is away it goes on trying. */
export async function openNumbers(desk: Desk, numbers: readonly NumberQueue[]): Promise<void> {
  if (await tryOpen(desk, numbers)) return;
  const again = async () => {
    while (!desk.stopped && numbers.some((number) => number.phase === 'opening')) {
      await delay(LOOK_MS);
      if (await tryOpen(desk, numbers)) return;
    }
  };
  void again();
}

async function tryOpen(desk: Desk, numbers: readonly NumberQueue[]): Promise<boolean> {
  const opening = numbers.filter((number) => number.phase === 'opening');
  try {
    const ids = opening.map((number) => number.channelId);
    const inDoubt = ids.length === 0 ? 0 : await desk.port.holdInDoubt(ids);
    if (inDoubt > 0) desk.port.log('warn', 'sends_in_doubt', { messages: inDoubt });
  } catch (error) {
    desk.port.log('warn', 'outbox_not_read', { detail: reasonOf(error) });
    return false;
  }
  for (const number of opening) {
    if (number.phase === 'opening') number.phase = 'open';
    desk.pump(number);
  }
  return true;
}

/** Reads the next portion of each lane that is behind and has room. Returns when a lane that could not be read is due again. */
export function refill(desk: Desk, number: NumberQueue): number {
  let next = Number.POSITIVE_INFINITY;
  for (const lane of number.lanes) {
    if (!lane.behind || lane.reading || roomIn(lane) < lane.share / 2) continue;
    if (lane.readAt > desk.port.now()) next = Math.min(next, lane.readAt);
    else desk.track(readPortion(desk, number, lane));
  }
  return next;
}

async function readPortion(desk: Desk, number: NumberQueue, lane: LaneQueue): Promise<void> {
  const limit = roomIn(lane);
  lane.reading = true;
  lane.missed = false;
  try {
    const except = idsOf([...lane.lines.values()].flatMap((line) => line.rows));
    const rows = await desk.port.read({ channelId: number.channelId, lane: lane.name, except, limit });
    if (number.phase === 'gone') return;
    for (const row of rows) hold(desk, number, row);
    lane.behind = rows.length >= limit || lane.missed;
  } catch (error) {
    lane.readAt = desk.port.now() + LOOK_MS;
    desk.port.log('warn', 'outbox_not_read', { detail: reasonOf(error) });
  }
  lane.reading = false;
  desk.pump(number);
}

function hold(desk: Desk, number: NumberQueue, row: OutboxRow): void {
  addRow(number, row, desk.port.now());
  if (row.state !== 2) return;
  const line = number.lanes.find((lane) => lane.name === row.lane)?.lines.get(row.contactId);
  if (line !== undefined) desk.doubts.set(row.id, { number, line, row });
}

/** Frees the lines of rows that have left the outbox; what another process has postponed follows it. */
export async function askAboutDoubts(desk: Desk): Promise<void> {
  const asked = [...desk.doubts.values()].slice(0, ASKED_AT_ONCE);
  try {
    const there = new Map((await desk.port.stillThere(asked.map(({ row }) => row))).map((row) => [row.id, row]));
    for (const { row } of asked) {
      const now = there.get(row.id);
      if (now === undefined) freeDoubt(desk, row.id);
      else if (now.state === 1) followPostponed(desk, now);
      else requeue(desk, row.id);
    }
  } catch (error) {
    desk.port.log('warn', 'outbox_not_read', { detail: reasonOf(error) });
  }
}

/** The provider is known to have the message: its citizen's next one may go. */
export function freeDoubt(desk: Desk, id: string): void {
  const doubt = desk.doubts.get(id);
  if (doubt === undefined) return;
  desk.doubts.delete(id);
  const { number, line } = doubt;
  if (line.place === 'busy' || number.phase === 'gone') return;
  if (line.rows[0]?.id === id) dropFirst(number, line, desk.port.now());
  desk.pump(number);
}

function followPostponed(desk: Desk, row: OutboxRow): void {
  const doubt = desk.doubts.get(row.id);
  desk.doubts.delete(row.id);
  if (doubt === undefined || doubt.line.place === 'busy' || doubt.line.rows[0]?.id !== row.id) return;
  rouse(doubt.line);
  doubt.line.rows[0] = row;
  rest(doubt.number, doubt.line, desk.port.now());
  desk.pump(doubt.number);
}

/** Those asked about go to the end, so that all get their turn. */
function requeue(desk: Desk, id: string): void {
  const doubt = desk.doubts.get(id);
  if (doubt === undefined) return;
  desk.doubts.delete(id);
  desk.doubts.set(id, doubt);
}

export function idsOf(rows: readonly OutboxRow[]): string[] {
  return rows.map((row) => row.id);
}
