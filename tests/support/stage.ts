/** A whole Hazir for a test: real database, real sockets, the fake Graph API, and citizens to speak as. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChatItem, CitizenMessage, Control, SimulatorOptions } from '@hazir/simulator';
import type { Database } from '@hazir/store';
import { afterAll } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';
import { type Served, serve } from '../../packages/server/src/serve.ts';
import { readPack } from '../../packages/server/src/setup/read-pack.ts';
import { openTestDatabase } from './database.ts';

/** A citizen's message; the number is the stage's. */
type Said = CitizenMessage extends infer One ? (One extends unknown ? Omit<One, 'numberId'> : never) : never;

export interface Stage {
  served: Served;
  database: Database;
  control: Control;
  numberId: string;
  /** Says something and returns what came back, once nothing is under way any more. */
  say: (citizen: string, message: string | Said) => Promise<ChatItem[]>;
  /** Names of all events logged so far, for tests of what only the log can tell. */
  events: readonly string[];
  /** Resolves when every webhook is delivered, processed and answered. */
  quiet: () => Promise<void>;
}

export interface StageOptions {
  pack?: string;
  environment?: Record<string, string>;
  simulator?: Partial<SimulatorOptions>;
}

const DELIVERY_MS = 200;

const packFolder = (name: string) => fileURLToPath(new URL(`./packs/${name}`, import.meta.url));

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const database = await openTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'hazir-stage-'));
  const config = readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir, ...options.environment });
  const events: string[] = [];
  const served = await serve({
    config,
    log: (_level, event) => void events.push(event),
    database,
    pack: await readPack(packFolder(options.pack ?? 'hello')),
    simulator: { statusDelaysMs: { sent: [5, 20], delivered: [5, 20], read: [5, 20] }, ...options.simulator },
  });
  afterAll(async () => {
    await served.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const control = controlOf(served);
  const numberId = control.state().numbers[0]?.numberId ?? '';
  const quiet = async () => {
    await control.settled();
    await served.runtime.settled();
    // Deliveries to the citizen's phone are timers of the simulator's clock.
    await control.advance(DELIVERY_MS);
    await served.runtime.settled();
  };
  return {
    events,
    served,
    database,
    control,
    numberId,
    quiet,
    say: async (citizen, message) => {
      const after = Math.max(0, ...control.messages(citizen).map((item) => item.seq));
      control.say(
        citizen,
        typeof message === 'string' ? { numberId, type: 'text', text: message } : asMessage({ numberId, ...message }),
      );
      await quiet();
      return control.messages(citizen, { after }).filter((item) => item.from === 'business');
    },
  };
}

function controlOf(served: Served): Control {
  if (served.simulator === undefined) throw new Error('the stage has no simulator');
  return served.simulator.control;
}

function asMessage(message: object): CitizenMessage {
  const checked: CitizenMessage = JSON.parse(JSON.stringify(message));
  return checked;
}

/** What a bubble says, without its dress. */
export function textOf(item: ChatItem | undefined): string {
  return item !== undefined && 'text' in item.body ? item.body.text : '';
}
