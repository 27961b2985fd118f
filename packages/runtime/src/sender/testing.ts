/** A scheduler on a virtual clock, with an outbox in memory and a provider that answers as a test says. */
import type { SendOutcome } from '@hazir/core';
import { type Channel, LANES, type Lane, type OutboxRow } from '@hazir/store';
import type { Next, Port } from './desk.ts';
import { stubOf } from './lines.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { SENDER_SETTINGS, type SenderSettings } from './settings.ts';

export const NUMBER = 7;
export const ACCEPTED: SendOutcome = { type: 'accepted', externalId: 'w', recipient: [], held: false };
const ERROR = { code: 'test', title: '', remedy: '' };
export const FAILED: SendOutcome = { type: 'retry', scope: 'message', error: ERROR };
export const THROTTLED: SendOutcome = { type: 'retry', scope: 'account', after: 2_000, error: ERROR };
export const PAIR: SendOutcome = { type: 'retry', scope: 'pair', error: ERROR };
export const IN_DOUBT: SendOutcome = { type: 'in_doubt', error: ERROR };
export const IN_DOUBT_MS = 60_000;
const RETRY_MS = 1_000;

export interface Bench {
  scheduler: Scheduler;
  /** What is in the outbox, in order. */
  outbox: Map<string, OutboxRow>;
  /** Ids in the order in which they were posted. */
  posted: string[];
  /** Names of events logged. */
  events: string[];
  channel: Channel;
  /** Answers the provider's next posts; ACCEPTED at once unless set. */
  answer: (row: OutboxRow) => SendOutcome | Promise<SendOutcome>;
  mayPost: boolean;
  /** The database does not answer. */
  away: boolean;
  /** The database carries out the next claim, and its answer is lost. */
  loseClaim: boolean;
  /** Commits rows and hands them over, as the runtime does; returns the states that they were committed with. */
  say: (...rows: OutboxRow[]) => number[];
  /** Puts rows into the outbox behind the scheduler's back. */
  store: (...rows: OutboxRow[]) => void;
}

let rowsMade = 0;

/** A row that is due now. */
export function row(contactId: string, changes: Partial<OutboxRow> = {}): OutboxRow {
  rowsMade += 1;
  return {
    ...{ organizationId: 1, contactId, id: `${contactId}-${rowsMade}`, channelId: NUMBER, state: 1, dueAt: new Date() },
    ...{ payload: '{}', lane: 'reply', attempt: 0, doubts: 0, ...changes },
  };
}

export function many(count: number, prefix: string, lane: Lane): OutboxRow[] {
  return Array.from({ length: count }, (_, n) => row(`${prefix}${n}`, { lane }));
}

/** Needs fake timers. Opens NUMBER unless told not to. */
export async function openBench(options: Partial<SenderSettings> & { opened?: boolean; rate?: number } = {}): Promise<Bench> {
  const { opened = true, rate = 1_000, ...settings } = options;
  const channel: Channel = {
    ...{ id: NUMBER, organizationId: 1, channelType: 'whatsapp', accountId: '1', businessId: '1', name: 'n', displayPhone: null },
    ...{ pack: 'p', appId: null, appSecret: '', verifyToken: '', messagesPerSecond: rate, readReceipts: false },
    ...{ stoppedReason: null, baseUrl: '', version: '', accessToken: '' },
  };
  const bench: Omit<Bench, 'scheduler'> = {
    ...{ outbox: new Map(), posted: [], events: [], channel, answer: () => ACCEPTED },
    ...{ mayPost: true, away: false, loseClaim: false },
    store: (...rows) => {
      for (const one of rows) bench.outbox.set(one.id, { ...one });
    },
    say: (...rows) => {
      for (const one of rows) one.state = scheduler.reserve(one);
      bench.store(...rows);
      scheduler.take(rows);
      return rows.map((one) => one.state);
    },
  };
  const scheduler = createScheduler(portOf(bench), { ...SENDER_SETTINGS, ...settings });
  if (opened) {
    await scheduler.open([NUMBER]);
    await scheduler.settled();
  }
  return Object.assign(bench, { scheduler });
}

function portOf(bench: Omit<Bench, 'scheduler'>): Port {
  const asked = async () => {
    await Promise.resolve();
    if (bench.away) throw new Error('away');
  };
  return {
    now: () => Date.now(),
    log: (_level, event) => void bench.events.push(event),
    channel: () => bench.channel,
    reloadChannels: async () => undefined,
    mayPost: () => bench.mayPost,
    claim: async ({ id }, again) => {
      await asked();
      const found = bench.outbox.get(id);
      if (found === undefined || (found.state === 0 && !again)) return null;
      found.state = 0;
      if (bench.loseClaim) {
        bench.loseClaim = false;
        throw new Error('lost');
      }
      return { payload: found.payload, lastInboundAt: null, to: [] };
    },
    post: async (posted) => {
      bench.posted.push(posted.id);
      return { outcome: await bench.answer(posted), asked: true };
    },
    settle: async (posted, _channel, outcome) => {
      await asked();
      return settleIn(bench.outbox, posted, outcome);
    },
    read: async ({ channelId, lane, except, limit }) => {
      await asked();
      const known = new Set(except);
      const waits = (one: OutboxRow) => one.channelId === channelId && one.lane === lane && one.state !== 0 && !known.has(one.id);
      return [...bench.outbox.values()].filter(waits).slice(0, limit).map(stubOf);
    },
    stillThere: async (rows) => rows.flatMap((one) => bench.outbox.get(one.id) ?? []).map(stubOf),
    holdInDoubt: async () => {
      await asked();
      const found = [...bench.outbox.values()].filter((one) => one.state !== 1);
      for (const one of found) Object.assign(one, { state: 2, dueAt: new Date(Date.now() + IN_DOUBT_MS) });
      return found.length;
    },
    holdAbandoned: async (_ids, except, before) => {
      await asked();
      const found = [...bench.outbox.values()].filter((one) => one.state === 0 && !except.includes(one.id) && one.dueAt < before);
      for (const one of found)
        Object.assign(one, { state: 2, doubts: one.doubts + 1, dueAt: new Date(Date.now() + IN_DOUBT_MS) });
      return found.length;
    },
    giveBack: async (rows) => {
      await asked();
      const found = rows.flatMap((one) => bench.outbox.get(one.id) ?? []).filter((one) => one.state === 0);
      for (const one of found) one.state = 1;
      return new Set(found.map((one) => one.id));
    },
    forgotten: async (_ids, except, before) => {
      const isForgotten = (one: OutboxRow) => one.state !== 0 && one.dueAt < before && !except.includes(one.id);
      const lanes = new Set([...bench.outbox.values()].filter(isForgotten).map((one) => one.lane));
      return LANES.filter((lane) => lanes.has(lane)).map((lane) => ({ channelId: NUMBER, lane }));
    },
  };
}

function settleIn(outbox: Map<string, OutboxRow>, posted: OutboxRow, outcome: SendOutcome): Next {
  if (outcome.type === 'accepted' || outcome.type === 'rejected') {
    outbox.delete(posted.id);
    return { type: 'done' };
  }
  if (!outbox.has(posted.id)) return { type: 'done' };
  const inDoubt = outcome.type === 'in_doubt';
  const wait = outcome.type === 'retry' ? (outcome.after ?? RETRY_MS) : inDoubt ? IN_DOUBT_MS : 0;
  const later: OutboxRow = { ...posted, state: inDoubt ? 2 : 1, dueAt: new Date(Date.now() + wait) };
  outbox.set(posted.id, { ...later });
  return { type: 'again', row: stubOf(later) };
}
