/**
 * Where a webhook's body becomes durable: in the database, or, while that is away, in the spool.
 *
 * States: direct -> (the database is away, an answer takes too long, or another process has begun to spool) -> spooling ->
 * (the spool shrinks and is small) -> catching up -> (it is empty) -> direct; catching up that takes too long falls back to
 * spooling. While anything is in the spool newer bodies go behind it: into it, or, while catching up, they wait for the short
 * moment until it is empty. Replaying is also the probe: one attempt at a time, nobody else asks the database. A body may be
 * stored twice; that is harmless, because the inbox is unique by message id and facts are merged.
 */
import type { ChannelUpdate } from '@hazir/core';
import { isDatabaseAway, type Log } from '@hazir/runtime';
import type { SpooledBody } from './record.ts';
import { createReplay } from './replay.ts';
import type { Spool } from './spool.ts';

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
  spool: Spool;
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
  const keeper = createKeeper(options);
  const othersSpool = oncePerTurn(() => !spool.isEmpty());
  let replayed = 0;
  let phase: IntakeState['phase'] = 'direct';
  let replaying: Promise<void> | undefined;

  const replay = createReplay(options, (bodies) => (replayed += bodies));
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
    for (const one of waiting) void keeper.keep(one).then(one.done, one.fail);
    waiting.clear();
    replaying ??= runReplay().finally(() => (replaying = undefined));
  };
  const runReplay = async () => {
    for (let before = spool.size().bytes; !replay.stopped(); before = spool.size().bytes) {
      const outcome = await replay.next();
      if (outcome === 'empty' && keeper.writing() === 0) break;
      const { bytes } = await spool.measure();
      const shrinks = outcome === 'stored' || bytes < before;
      if (phase === 'spooling' && shrinks && bytes < CATCH_UP_BYTES) phase = 'catching_up';
    }
    if (replay.stopped()) return;
    phase = 'direct';
    log('info', 'spool_left', { replayed });
    for (const one of waiting) hand(one);
  };
  const watch = setInterval(() => {
    if (phase !== 'direct') void spool.cut().catch(() => undefined);
    const [oldest] = waiting;
    const patience = phase === 'direct' ? (options.slowMs ?? SLOW_MS) : CATCH_UP_MS;
    if (oldest !== undefined && performance.now() - oldest.since > patience) enter('slow');
  }, WATCH_MS);
  watch.unref();
  if (!spool.isEmpty()) enter('left by an earlier process');
  return {
    take: (body) => {
      if (phase === 'direct' && othersSpool()) enter('another process spools');
      if (phase === 'spooling') return keeper.keep(body);
      return new Promise((done, fail) => {
        const one = { ...body, since: performance.now(), done, fail };
        waiting.add(one);
        if (phase === 'direct') hand(one);
      });
    },
    state: () => ({ phase, ...spool.size(), mostBytes: options.mostBytes, replayed, ...keeper.counts }),
    close: async () => {
      clearInterval(watch);
      replay.stop();
      for (const one of waiting) void keeper.keep(one).then(one.done, one.fail);
      waiting.clear();
      await replaying;
      await spool.lock.release();
      await spool.close();
    },
  };
}

function createKeeper({ spool, now }: IntakeOptions) {
  const counts = { spooled: 0, refused: 0 };
  let writing = 0;
  return {
    counts,
    /** Bodies on their way to the disk. */
    writing: () => writing,
    keep: async ({ channelType, raw }: IntakeBody): Promise<boolean> => {
      writing += 1;
      const kept = await spool.append({ channelType, raw, at: now() });
      writing -= 1;
      counts[kept ? 'spooled' : 'refused'] += 1;
      return kept;
    },
  };
}

/** Asks once for all that happens in the same turn of the event loop; false for the rest of the turn. */
function oncePerTurn(ask: () => boolean): () => boolean {
  let asked = false;
  return () => {
    if (asked) return false;
    asked = true;
    setImmediate(() => (asked = false));
    return ask();
  };
}
