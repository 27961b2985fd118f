/** Brings spooled bodies into the database, oldest first; a segment is deleted once all its bodies are stored. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ChannelUpdate } from '@hazir/core';
import { isDatabaseAway } from '@hazir/runtime';
import type { IntakeOptions } from './intake.ts';
import type { SpooledBody } from './record.ts';

export interface Replay {
  /** Stores the oldest segment, however long the database is away; false when there is none or it was stopped. */
  next: () => Promise<boolean>;
  stop: () => void;
  stopped: () => boolean;
}

const AGAIN_MS = 250;
const AT_ONCE = 250;
/** Of a body that the database refuses while it is not away. */
const ATTEMPTS = 3;

export function createReplay(options: IntakeOptions, onStored: (bodies: number) => void): Replay {
  const ended = new AbortController();
  const rest = () => delay(AGAIN_MS, undefined, { signal: ended.signal }).catch(() => undefined);

  /** True when stored, false when stopped; throws what is not a database that is away. */
  const store = async (bodies: readonly SpooledBody[]): Promise<boolean> => {
    for (;;) {
      if (ended.signal.aborted) return false;
      try {
        for (const { channelType, updates } of joined(options, bodies)) await options.accept(channelType, updates);
        return true;
      } catch (error) {
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
  const storeSegment = async (): Promise<boolean> => {
    const segment = await options.spool.oldest();
    if (segment === undefined) return false;
    for (let from = 0; from < segment.bodies.length; from += AT_ONCE) {
      const some = segment.bodies.slice(from, from + AT_ONCE);
      if (!(await storeAll(some))) return false;
      onStored(some.length);
    }
    await segment.remove();
    return true;
  };
  return {
    next: async () => {
      if (ended.signal.aborted) return false;
      try {
        return await storeSegment();
      } catch (error) {
        // The disk, not the database: kept and tried again.
        options.log('error', 'spool_not_read', { detail: error instanceof Error ? error.message : 'unknown' });
        await rest();
        return true;
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
