/**
 * Where a webhook's body becomes durable: in the database, or, while that is away, in the spool.
 *
 * States: direct -> (the database is away, or an answer takes too long) -> spooling -> (the rest is small) -> catching up ->
 * (the spool is empty) -> direct; catching up that takes too long falls back to spooling. While anything is in the spool
 * newer bodies go behind it: into it, or, while catching up, they wait for the short moment until it is empty. Replaying is
 * also the probe: one attempt at a time, nobody else asks the database. A body may be stored twice; that is harmless,
 * because the inbox is unique by message id and facts are merged.
 */
import type { ChannelUpdate } from '@hazir/core';
import { isDatabaseAway, type Log } from '@hazir/runtime';
import type { SpooledBody } from './record.ts';
import { createReplay } from './replay.ts';
import type { SegmentLog } from './segment-log.ts';

export interface Intake {
  /**
   * Resolves with true once the body is durable, with false when there is no room for it. Throws what the database says
   * against this body.
   */
  take: (body: IntakeBody) => Promise<boolean>;
  state: () => IntakeState;
  /** Stops replaying; what is in the spool stays for the next process. */
  close: () => Promise<void>;
}

export interface IntakeBody {
  channelType: string;
  raw: Buffer;
  updates: readonly ChannelUpdate[];
}

export interface IntakeState {
  phase: 'direct' | 'spooling' | 'catching_up';
  /** Bytes in the spool. */
  bytes: number;
  mostBytes: number;
  /** Milliseconds since 1970; undefined when the spool is empty. */
  oldestAt: number | undefined;
  /** Bodies since the process began. */
  spooled: number;
  replayed: number;
  refused: number;
}

export interface IntakeOptions {
  spool: SegmentLog;
  mostBytes: number;
  accept: (channelType: string, updates: readonly ChannelUpdate[]) => Promise<void>;
  /** Undefined when the body cannot be read (any more). */
  parse: (channelType: string, raw: Buffer) => readonly ChannelUpdate[] | undefined;
  /** Keeps a body that the database refuses for good, for a person to look at. */
  setAside: (body: SpooledBody) => Promise<void>;
  log: Log;
  now: () => number;
  /** How long the database may take for a body before it goes to the spool. Default 3,000. */
  slowMs?: number;
}

interface Waiting extends IntakeBody {
  since: number;
  done: (durable: boolean) => void;
  fail: (reason: unknown) => void;
}

const SLOW_MS = 3_000;
/** Nobody waits longer than this for the rest of the spool. */
const CATCH_UP_MS = 1_000;
const CATCH_UP_BYTES = 256 * 1024;
const WATCH_MS = 250;

/** Begins with replaying when the spool has something from earlier. */
export function createIntake(options: IntakeOptions): Intake {
  const { spool, log } = options;
  // In the order of arrival, as Sets are.
  const waiting = new Set<Waiting>();
  const count = { spooled: 0, replayed: 0, refused: 0 };
  let phase: IntakeState['phase'] = 'direct';
  let replaying: Promise<void> | undefined;

  const replay = createReplay(options, (bodies) => (count.replayed += bodies));
  const keep = async (body: IntakeBody): Promise<boolean> => {
    const kept = await spool.append({ channelType: body.channelType, raw: body.raw, at: options.now() });
    count[kept ? 'spooled' : 'refused'] += 1;
    return kept;
  };
  const hand = (one: Waiting) => {
    void options.accept(one.channelType, one.updates).then(
      () => waiting.delete(one) && one.done(true),
      (error: unknown) => {
        if (!waiting.has(one)) return;
        if (isDatabaseAway(error)) return enter(error instanceof Error ? error.message : 'away');
        waiting.delete(one);
        one.fail(error);
      },
    );
  };
  const enter = (reason: string) => {
    if (phase === 'direct') log('warn', 'spool_entered', { reason, waiting: waiting.size });
    phase = 'spooling';
    for (const one of waiting) void keep(one).then(one.done, one.fail);
    waiting.clear();
    replaying ??= runReplay().finally(() => (replaying = undefined));
  };
  const runReplay = async () => {
    while ((await replay.next()) || (spool.bytes() > 0 && !replay.stopped())) {
      if (phase === 'spooling' && spool.bytes() < CATCH_UP_BYTES) phase = 'catching_up';
    }
    if (replay.stopped()) return;
    phase = 'direct';
    log('info', 'spool_left', { replayed: count.replayed });
    for (const one of waiting) hand(one);
  };
  const watch = setInterval(() => {
    const [oldest] = waiting;
    if (oldest === undefined) return;
    const patience = phase === 'direct' ? (options.slowMs ?? SLOW_MS) : CATCH_UP_MS;
    if (performance.now() - oldest.since > patience) enter(phase === 'direct' ? 'slow' : 'catching up takes long');
  }, WATCH_MS);
  watch.unref();
  if (spool.bytes() > 0) enter('left by an earlier process');
  return {
    take: (body) => {
      if (phase === 'spooling') return keep(body);
      return new Promise((done, fail) => {
        const one = { ...body, since: performance.now(), done, fail };
        waiting.add(one);
        if (phase === 'direct') hand(one);
      });
    },
    state: () => ({ phase, bytes: spool.bytes(), mostBytes: options.mostBytes, oldestAt: spool.oldestAt(), ...count }),
    close: async () => {
      clearInterval(watch);
      replay.stop();
      for (const one of waiting) void keep(one).then(one.done, one.fail);
      waiting.clear();
      await replaying;
      await spool.close();
    },
  };
}
