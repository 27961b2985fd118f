/** How the load is offered: as a closed loop, on a fixed schedule, or all at once. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Turn } from './contacts.ts';
import type { World } from './create-world.ts';

export interface Offering {
  /** Offers nothing new; what is under way goes on. */
  stop: () => void;
}

const RAMP_MS = 1_500;
const TICK_MS = 2;

/** `citizens` messages under way at any time; whoever is done makes room for the next citizen in the ring. */
export function offerClosed(world: World, citizens: number): Offering {
  let stopped = false;
  const next = () => {
    const contact = stopped ? undefined : world.nextIdle();
    if (contact !== undefined) world.begin(contact, performance.now());
  };
  world.onComplete(next);
  for (let slot = 0; slot < citizens; slot += 1) setTimeout(next, (slot / citizens) * RAMP_MS);
  return {
    stop: () => {
      stopped = true;
    },
  };
}

export interface OpenLoad {
  /** Messages a second. */
  rate: number;
  /** Only citizens of this one write. */
  organization?: number;
}

/** Messages on a fixed schedule, whatever comes back; latency counts from the schedule. */
export function offerOpen(world: World, { rate, organization }: OpenLoad): Offering & { skipped: () => number } {
  const startedAt = performance.now();
  let offered = 0;
  let skipped = 0;
  world.onComplete(() => undefined);
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) * rate) / 1000);
    for (; offered < due; offered += 1) {
      const contact = world.nextIdle(organization);
      if (contact === undefined) skipped += 1;
      else world.begin(contact, startedAt + ((offered + 1) * 1000) / rate);
    }
  }, TICK_MS);
  return { stop: () => clearInterval(timer), skipped: () => skipped };
}

/** `count` messages as fast as they are acknowledged; resolves with the webhooks a second when the last one is. */
export async function burst(world: World, count: number): Promise<number> {
  const before = world.tally.accepted;
  const startedAt = performance.now();
  world.onComplete(() => undefined);
  for (let sent = 0; sent < count; sent += 1) {
    const contact = world.nextIdle();
    if (contact === undefined) throw new Error(`a burst of ${count} needs as many contacts`);
    world.begin(contact, startedAt);
    if (sent % 500 === 499) while (world.undelivered() > 2_000) await delay(1);
  }
  while (world.tally.accepted - before < count) await delay(2);
  return Math.round((count * 1000) / (performance.now() - startedAt));
}

/** One citizen of each number and language makes the acquaintance of Hazir; throws when a reply is not the expected one. */
export async function introduce(world: World, indexes: readonly number[]): Promise<void> {
  await Promise.all(
    indexes.map(async (index) => {
      const contact = world.contacts[index];
      if (contact === undefined) throw new Error(`there is no contact ${index}`);
      for (const step of world.script.welcome[contact.language]) {
        world.begin(contact, performance.now(), step);
        await idle(contact);
      }
    }),
  );
  if (world.tally.misordered > 0) throw new Error(`the conversation is not as expected: ${world.tally.samples.join('; ')}`);
}

async function idle(contact: { turn: Turn | undefined }): Promise<void> {
  const until = performance.now() + 30_000;
  while (contact.turn !== undefined) {
    if (performance.now() > until) throw new Error('Hazir did not answer a first message within 30 s');
    await delay(5);
  }
}

/** Resolves when nothing is under way, or with what is left after `withinMs`. */
export async function drain(world: World, withinMs: number): Promise<number> {
  const until = performance.now() + withinMs;
  const left = () => world.contacts.reduce((sum, { turn }) => sum + (turn === undefined ? 0 : 1), 0);
  while (left() > 0 && performance.now() < until) await delay(50);
  return left();
}
