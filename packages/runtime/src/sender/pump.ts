/**
 * Starts what a number may post now. The more urgent lane first; within a lane each citizen's line in turn. Whatever must wait
 * (a pair's rate, a retry's time) sleeps aside and holds up nobody else.
 */
import { type Desk, LOOK_MS } from './desk.ts';
import { type LaneQueue, type Line, type NumberQueue, rouse, sleep, wakeLines } from './lines.ts';
import { KEPT_FREE } from './settings.ts';

/** How soon a number is asked again whether it is still ours. */
const FENCE_MS = 100;

/** Begins posts with `begin`; returns when to look again, Infinity when only an event can change anything. */
export function startReady(desk: Desk, number: NumberQueue, begin: (line: Line) => void): number {
  const now = desk.port.now();
  wakeLines(number, now);
  if (!number.lanes.some((lane) => lane.ready.size > 0)) return number.sleepers.next();
  const wait = waitOfNumber(desk, number, now);
  if (wait > 0) return Math.min(now + wait, number.sleepers.next());
  for (const lane of number.lanes) {
    for (let line = firstOf(lane); line !== undefined; line = firstOf(lane)) {
      if (!hasPlace(desk, number, lane)) return number.sleepers.next();
      const waitForToken = Math.max(number.pace.wait(now, lane.rank), number.circuit.wait(now));
      if (waitForToken > 0) return Math.min(now + waitForToken, number.sleepers.next());
      const waitForPair = number.pairs.wait(line.contactId, now);
      if (waitForPair > 0) sleep(number, line, now + waitForPair);
      else {
        rouse(line);
        takePlace(desk, number, line.contactId);
        begin(line);
      }
    }
  }
  return number.sleepers.next();
}

/** Milliseconds for which nothing of this number may be posted. */
export function waitOfNumber(desk: Desk, number: NumberQueue, now: number): number {
  if (number.phase !== 'open') return Number.POSITIVE_INFINITY;
  const channel = desk.port.channel(number.channelId);
  if (channel === undefined || channel.stoppedReason !== null) return LOOK_MS;
  if (!desk.port.mayPost(number.channelId)) return FENCE_MS;
  number.pace.setRate(channel.messagesPerSecond);
  return Math.max(0, number.pace.pausedUntil() - now);
}

export function hasPlace(desk: Desk, number: NumberQueue, lane: LaneQueue): boolean {
  const { postsOfNumber, postsInAll } = desk.settings;
  if (number.inFlight >= placesFor(lane, postsOfNumber)) return false;
  if (desk.inAll < placesFor(lane, postsInAll)) return true;
  desk.starved.add(number);
  return false;
}

function placesFor(lane: LaneQueue, most: number): number {
  return Math.max(1, most - Math.floor(most * (KEPT_FREE[lane.rank] ?? 0)));
}

export function takePlace(desk: Desk, number: NumberQueue, contactId: string): void {
  const now = desk.port.now();
  number.pace.take(now);
  number.pairs.take(contactId, now);
  number.circuit.begun();
  number.inFlight += 1;
  desk.inAll += 1;
}

/** Frees a place; `unused` also gives back what the rates were charged. */
export function freePlace(desk: Desk, number: NumberQueue, unused?: { contactId: string }): void {
  number.inFlight -= 1;
  desk.inAll -= 1;
  if (unused === undefined) return;
  number.pace.giveBack();
  number.pairs.giveBack(unused.contactId);
}

function firstOf(lane: LaneQueue): Line | undefined {
  for (const line of lane.ready) return line;
  return undefined;
}
