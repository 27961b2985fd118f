/** Brings spooled bodies into the database, oldest first; a file of them is deleted once all in it are stored. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelUpdate } from '@hazir/core';
import { isDatabaseAway } from '@hazir/runtime';
import type { IntakeOptions } from './intake.ts';
import type { SpooledBody } from './record.ts';

/** Stored some · another process replays, or nothing is there to be stored yet · nothing is left anywhere. */
export type Replayed = 'stored' | 'waiting' | 'empty';

export interface Replay {
  /** Stores the oldest bodies of the spool, however long the database is away. */
  next: () => Promise<Replayed>;
  stop: () => void;
  stopped: () => boolean;
}

const AGAIN_MS = 250;
const LOOK_MS = 20;
const AT_ONCE = 250;
/** Of a body that the database refuses while it is not away. */
const ATTEMPTS = 3;

export function createReplay(options: IntakeOptions, onStored: (bodies: number) => void): Replay {
  const ended = new AbortController();
  // A database that never answers must not keep us from stopping.
  const halt = once(ended.signal, 'abort').then(() => Promise.reject(new Error('stopped')));
  halt.catch(() => undefined);
  const rest = (ms = AGAIN_MS) => delay(ms, undefined, { signal: ended.signal }).catch(() => undefined);

  /** True when stored, false when stopped; throws what is not a database that is away. */
  const store = async (bodies: readonly SpooledBody[]): Promise<boolean> => {
    for (;;) {
      if (ended.signal.aborted) return false;
      try {
        for (const { channelType, updates } of joined(options, bodies))
          await Promise.race([options.accept(channelType, updates), halt]);
        return true;
      } catch (error) {
        if (ended.signal.aborted) return false;
        if (!isDatabaseAway(error)) throw error;
        await rest();
      }
    }
  };
  const storeOne = async (body: SpooledBody): Promise<boolean> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await store([body]);
      } catch (error) {
        const detail = error instanceof Error ? error.message : 'unknown';
        options.log('error', 'spooled_body_refused', { attempt, detail });
        if (attempt < ATTEMPTS) await rest();
        else return options.setAside(body).then(() => true);
      }
    }
  };
  const storeAll = async (bodies: readonly SpooledBody[]): Promise<boolean> => {
    try {
      return await store(bodies);
    } catch {
      for (const body of bodies) if (!(await storeOne(body))) return false;
      return true;
    }
  };
  const storeOldest = async (): Promise<Replayed> => {
    if (!(await options.spool.lock.hold())) {
      await rest(LOOK_MS);
      return options.spool.isEmpty() ? 'empty' : 'waiting';
    }
    const sealed = await options.spool.oldest();
    if (sealed === undefined) {
      await options.spool.lock.release();
      return options.spool.isEmpty() ? 'empty' : 'waiting';
    }
    for (let from = 0; from < sealed.bodies.length; from += AT_ONCE) {
      const some = sealed.bodies.slice(from, from + AT_ONCE);
      if (!(await storeAll(some))) return 'waiting';
      onStored(some.length);
    }
    await sealed.remove();
    return 'stored';
  };
  return {
    next: async () => {
      try {
        return await storeOldest();
      } catch (error) {
        // The disk, not the database: kept and tried again.
        options.log('error', 'spool_not_read', { detail: error instanceof Error ? error.message : 'unknown' });
        await rest();
        return 'waiting';
      }
    },
    stop: () => ended.abort(),
    stopped: () => ended.signal.aborted,
  };
}

/** Neighbours of one channel type are stored together, which keeps their order. */
function joined(options: IntakeOptions, bodies: readonly SpooledBody[]): { channelType: string; updates: ChannelUpdate[] }[] {
  const groups: { channelType: string; updates: ChannelUpdate[] }[] = [];
  for (const { channelType, raw } of bodies) {
    const updates = options.parse(channelType, raw);
    if (updates === undefined) throw new Error('the body cannot be read');
    const last = groups.at(-1);
    if (last?.channelType === channelType) last.updates.push(...updates);
    else groups.push({ channelType, updates: [...updates] });
  }
  return groups;
}
