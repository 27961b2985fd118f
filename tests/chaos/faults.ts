/** What is done to a run while the citizens write: a seeded sequence of kills, with the longer misfortunes spread among them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Dice } from './dice.ts';
import type { Disk } from './disk.ts';
import type { ChaosPostgres } from './postgres.ts';
import type { Processes } from './processes.ts';

export interface FaultCounts {
  kills: Record<'web' | 'worker' | 'both' | 'backend' | 'server', number>;
  /** Processes that were stopped in their tracks for some seconds and then went on. */
  frozen: number;
  awaySeconds: number;
  fullDisks: number;
}

export interface FaultsOptions {
  dice: Dice;
  processes: Processes;
  postgres: ChaosPostgres;
  disk: Disk;
  kills: number;
  seconds: number;
  awaySeconds: number;
  fullDiskSeconds: number;
  /** For whoever waits. */
  tell: (sentence: string) => void;
  /** Told for the timeline. */
  note: (words: string) => void;
}

const KILLS = { process: 62, backend: 24, server: 14 } as const;
/** Of the kills of processes, those that may hit one while it starts. */
const EARLY_SHARE = 0.15;
const TELL_EVERY = 20;
const FROZEN_SHARE = 0.06;
const FROZEN_MS = [2_000, 9_000] as const;

/** Resolves when all is done and over. */
export async function inflict(options: FaultsOptions): Promise<FaultCounts> {
  const { dice, note } = options;
  const counts: FaultCounts = {
    kills: { web: 0, worker: 0, both: 0, backend: 0, server: 0 },
    frozen: 0,
    awaySeconds: 0,
    fullDisks: 0,
  };
  const thawing: Promise<void>[] = [];
  const special = options.awaySeconds + options.fullDiskSeconds;
  const pause = (Math.max(1, options.seconds - special) * 1000) / options.kills;
  const awayAt = Math.floor(options.kills * dice.between(0.3, 0.45));
  const fullAt = Math.floor(options.kills * dice.between(0.55, 0.7));
  for (let killed = 0; killed < options.kills; ) {
    await delay(pause * dice.between(0.2, 1.8));
    if (counts.awaySeconds === 0 && killed >= awayAt && options.awaySeconds > 0) {
      await keepAway(options);
      counts.awaySeconds = options.awaySeconds;
    }
    if (counts.fullDisks === 0 && killed >= fullAt && options.disk.small && options.fullDiskSeconds > 0) {
      await fillDisk(options);
      counts.fullDisks = 1;
    }
    await someReady(options);
    if (dice.chance(FROZEN_SHARE) && freeze(options, thawing)) counts.frozen += 1;
    const victim = killOne(options);
    if (victim === undefined) continue;
    counts.kills[victim] += 1;
    killed += 1;
    note(`killed ${victim}`);
    if (killed % TELL_EVERY === 0) options.tell(`${killed} kills`);
  }
  await Promise.all(thawing);
  return counts;
}

/** Who kills only what is just starting tests nothing but starting. */
async function someReady({ processes }: FaultsOptions): Promise<void> {
  while (!processes.slots.some(({ ready }) => ready)) await delay(10);
}

function killOne({ dice, processes, postgres }: FaultsOptions): keyof FaultCounts['kills'] | undefined {
  const what = dice.weigh(KILLS);
  if (what === 'backend') return postgres.killBackend(dice) ? 'backend' : undefined;
  if (what === 'server') return postgres.killServer() ? 'server' : undefined;
  const early = dice.chance(EARLY_SHARE);
  const slot = dice.pick(processes.slots.filter(({ child, ready }) => child !== undefined && (ready || early)));
  return slot?.child?.kill('SIGKILL') === true ? slot.role : undefined;
}

/** A process that hangs and goes on later must find out that others took its work over. */
function freeze({ dice, processes, note }: FaultsOptions, thawing: Promise<void>[]): boolean {
  const slot = dice.pick(processes.slots.filter(({ ready }) => ready));
  const child = slot?.child;
  if (child?.kill('SIGSTOP') !== true) return false;
  const ms = dice.between(...FROZEN_MS);
  note(`froze ${slot?.name} for ${Math.round(ms)} ms`);
  thawing.push(delay(ms).then(() => void child.kill('SIGCONT')));
  return true;
}

async function keepAway({ postgres, awaySeconds, note }: FaultsOptions): Promise<void> {
  note(`database away for ${awaySeconds} s`);
  await postgres.stop();
  await delay(awaySeconds * 1000);
  await postgres.start();
  note('database back');
}

async function fillDisk({ disk, fullDiskSeconds, note }: FaultsOptions): Promise<void> {
  note(`disk full for ${fullDiskSeconds} s`);
  const empty = disk.fill();
  await delay(fullDiskSeconds * 1000);
  empty();
  note('disk has room again');
}
