/**
 * One scheduler for each number that this process works: what may go now goes with its commit, the rest waits in four lanes by
 * urgency, mostly in the outbox. One timer serves all numbers; an ordinary answer needs none.
 */
import { LANES, type Lane, type OutboxRow } from '@hazir/store';
import { attempt } from './attempt.ts';
import type { CircuitState } from './circuit.ts';
import { type Desk, LOOK_MS, type Port } from './desk.ts';
import { createIntake, noteMissed } from './intake.ts';
import { laneOf, type NumberQueue } from './lines.ts';
import { hasPlace, startReady, waitOfNumber } from './pump.ts';
import { askAboutDoubts, freeDoubt, refill } from './refill.ts';
import type { SenderSettings } from './settings.ts';
import { createSweep } from './sweep.ts';
import { createTenure, handBack } from './tenure.ts';
import { createTicker } from './ticker.ts';

export interface Scheduler {
  reserve: (row: OutboxRow) => 0 | 1;
  unreserve: (rows: readonly OutboxRow[], unknown?: boolean) => void;
  take: (rows: readonly OutboxRow[]) => void;
  open: (channelIds: readonly number[]) => Promise<void>;
  look: (channelIds: readonly number[]) => void;
  drop: (channelIds: readonly number[]) => void;
  handBack: (channelIds: readonly number[]) => Promise<void>;
  sweep: () => Promise<void>;
  /** The provider is now known to have this message, or to have refused it. */
  arrived: (messageId: string) => void;
  /** True while a number could post a message of the least urgent lane at once. */
  hasRoom: (channelId: number) => boolean;
  received: (channelId: number, messages: number) => void;
  state: () => NumberState[];
  waiting: () => number;
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface NumberState {
  channelId: number;
  inFlight: number;
  /** Rows in memory; more may wait in the outbox where `behind` names the lane. */
  queued: Record<Lane, number>;
  behind: Lane[];
  /** Milliseconds since 1970; absent: the lane is empty. */
  oldestDueAt: Partial<Record<Lane, number>>;
  inDoubt: number;
  circuit: CircuitState;
  /** Milliseconds since 1970; in the past: not paused. */
  pausedUntil: number;
  /** Messages a second at present. */
  rate: number;
}

export function createScheduler(port: Port, settings: SenderSettings): Scheduler {
  const idlers: (() => void)[] = [];
  let working = 0;
  const pump = (number: NumberQueue) => {
    if (number.phase !== 'open') return;
    const next = startReady(desk, number, (line) => desk.track(attempt(desk, number, line)));
    ticker.wakeAt(Math.min(next, refill(desk, number)));
  };
  const desk: Desk = {
    ...{ port, settings, numbers: new Map(), inAll: 0, starved: new Set(), doubts: new Map(), stopped: false, pump },
    track: (work) => {
      working += 1;
      const ended = () => {
        working -= 1;
        if (working === 0) for (const idle of idlers.splice(0)) idle();
      };
      work.then(ended, ended);
    },
  };
  const ticker = createTicker(desk, createTick(desk));
  const named = (ids: readonly number[]) => ids.flatMap((id) => desk.numbers.get(id) ?? []);
  return {
    ...createIntake(desk),
    ...createTenure(desk, named),
    sweep: createSweep(desk),
    arrived: (messageId) => {
      if (desk.doubts.size > 0) freeDoubt(desk, messageId);
    },
    hasRoom: (channelId) => hasRoom(desk, channelId),
    received: (channelId, messages) => desk.numbers.get(channelId)?.pace.take(port.now(), messages),
    look: (channelIds) => {
      for (const number of named(channelIds)) {
        for (const lane of number.lanes) noteMissed(lane);
        pump(number);
      }
    },
    state: () => [...desk.numbers.values()].map((number) => stateOf(desk, number)),
    waiting: () =>
      [...desk.numbers.values()].reduce((sum, { lanes }) => sum + lanes.reduce((rows, lane) => rows + lane.rows, 0), 0),
    settled: async () => {
      for (const number of desk.numbers.values()) pump(number);
      if (working > 0) await new Promise<void>((resolve) => idlers.push(resolve));
    },
    stop: async () => {
      desk.stopped = true;
      await handBack(desk, [...desk.numbers.values()]);
      ticker.stop();
    },
  };
}

/** What time alone brings about. */
function createTick(desk: Desk): () => void {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    for (const number of desk.numbers.values()) desk.pump(number);
    if (desk.port.now() - lookedAt < LOOK_MS) return;
    lookedAt = desk.port.now();
    if (desk.doubts.size > 0) void askAboutDoubts(desk);
    const stopped = ({ channelId, lanes }: NumberQueue) =>
      lanes.some((lane) => lane.ready.size > 0) && desk.port.channel(channelId)?.stoppedReason !== null;
    if ([...desk.numbers.values()].some(stopped)) void desk.port.reloadChannels().catch(() => undefined);
  };
}

function hasRoom(desk: Desk, channelId: number): boolean {
  const number = desk.numbers.get(channelId);
  const least = number?.lanes.at(-1);
  if (number === undefined || least === undefined) return false;
  const now = desk.port.now();
  const idle = number.lanes.every((lane) => lane.ready.size === 0) && number.circuit.state(now) === 'closed';
  return (
    idle && waitOfNumber(desk, number, now) === 0 && hasPlace(desk, number, least) && number.pace.wait(now, least.rank) === 0
  );
}

function stateOf(desk: Desk, number: NumberQueue): NumberState {
  const now = desk.port.now();
  const queued: Record<Lane, number> = { emergency: 0, reply: 0, notification: 0, broadcast: 0 };
  const oldestDueAt: NumberState['oldestDueAt'] = {};
  for (const lane of number.lanes) {
    queued[lane.name] = lane.rows;
    for (const { rows } of lane.lines.values()) {
      const at = rows[0]?.dueAt.getTime();
      if (at !== undefined) oldestDueAt[lane.name] = Math.min(at, oldestDueAt[lane.name] ?? at);
    }
  }
  return {
    ...{ channelId: number.channelId, inFlight: number.inFlight, queued, oldestDueAt },
    behind: LANES.filter((name) => laneOf(number, name)?.behind),
    inDoubt: [...desk.doubts.values()].filter((doubt) => doubt.number === number).length,
    circuit: number.circuit.state(now),
    pausedUntil: number.pace.pausedUntil(),
    rate: number.pace.rate(now),
  };
}
