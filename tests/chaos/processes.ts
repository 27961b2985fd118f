/** Hazir's processes of a chaos run: started as a user starts them, and started again whenever they are gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Dice } from './dice.ts';

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));

export type Role = 'web' | 'worker' | 'both';

export interface Slot {
  name: string;
  role: Role;
  /** Undefined while nothing runs. */
  child: ChildProcess | undefined;
  ready: boolean;
  starts: number;
}

export interface Processes {
  slots: readonly Slot[];
  /** Resolves when every process has said that it is ready. */
  ready: () => Promise<void>;
  /** From now on the dead stay dead; resolves when all have ended in order, with the milliseconds of the slowest. */
  stop: () => Promise<number>;
}

/** A process and the ports on which it listens. */
export interface Place {
  role: Role;
  port: number;
  /** For webhooks alone. */
  webhookPort?: number | undefined;
}

export interface ProcessesOptions {
  roles: readonly Place[];
  folder: string;
  environment: Readonly<Record<string, string>>;
  dice: Dice;
}

const REST_MS = 1_200;

export function startProcesses(options: ProcessesOptions): Processes {
  let stopping = false;
  const slots = options.roles.map((place, index): Slot & Place => ({
    ...place,
    name: `${place.role}-${index}`,
    child: undefined,
    ready: false,
    starts: 0,
  }));
  const keep = async (slot: Slot & Place) => {
    while (!stopping) {
      slot.starts += 1;
      const child = launch(options, slot);
      slot.child = child;
      child.stdout?.once('data', () => (slot.ready = true));
      await once(child, 'exit');
      slot.child = undefined;
      slot.ready = false;
      if (!stopping) await delay(options.dice.next() * REST_MS);
    }
  };
  const keeping = slots.map(keep);
  // A run that is broken off leaves nothing behind.
  process.once('exit', () => {
    for (const slot of slots) slot.child?.kill('SIGKILL');
  });
  return {
    slots,
    ready: async () => {
      while (!slots.every((slot) => slot.ready)) await delay(20);
    },
    stop: async () => {
      stopping = true;
      const startedAt = performance.now();
      for (const slot of slots) slot.child?.kill('SIGTERM');
      await Promise.all(keeping);
      return Math.round(performance.now() - startedAt);
    },
  };
}

function launch({ folder, environment }: ProcessesOptions, slot: Slot & Place): ChildProcess {
  const log = openSync(join(folder, `${slot.name}.log`), 'a');
  return spawn(process.execPath, [main, 'start', '--json'], {
    env: {
      ...process.env,
      ...environment,
      HAZIR_PORT: String(slot.port),
      HAZIR_WEBHOOK_PORT: String(slot.webhookPort ?? ''),
      HAZIR_ROLE: slot.role,
    },
    stdio: ['ignore', 'pipe', log],
  });
}
