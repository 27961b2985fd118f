/** A whole Hazir for conversation tests: a database of its own that is thrown away, real sockets, the simulator's clock. */
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallResult } from '@hazir/core';
import type { CompiledPack } from '@hazir/flow';
import type { ProviderDesk } from '@hazir/runtime';
import type { Control } from '@hazir/simulator';
import {
  connect,
  type Database,
  ensureOrganization,
  makeTemporaryFolder,
  resolveContacts,
  setLanguage,
  startCluster,
} from '@hazir/store';
import { readConfig } from '../config.ts';
import { silentLog } from '../log.ts';
import { type Served, serve } from '../serve.ts';
import type { PackFiles } from '../setup/read-pack.ts';
import { untilMorning } from './clock.ts';

export interface TestStage {
  pack: CompiledPack;
  control: Control;
  database: Database;
  organizationId: number;
  numberId: string;
  /** Recorded answers for calls to the outside, first in first out. */
  answers: CallResult[];
  /** What a provider of speech hears in the next voice message; without words there is no provider. */
  hears: (voice: Heard) => void;
  /** Lets everything be done that is due: whoever is to be told of a request is told. */
  tend: () => Promise<void>;
  /** Resolves when everything is delivered, processed, answered and on the citizen's phone. */
  quiet: () => Promise<void>;
  /** Lets it be an early morning in the middle of a week, as every conversation finds it. */
  begin: () => Promise<void>;
  /** Lets time pass, and everything be done that is due then. */
  pass: (milliseconds: number) => Promise<void>;
  close: () => Promise<void>;
}

export interface Heard {
  says?: string;
  confidence?: number;
}

export interface Actor {
  stage: TestStage;
  citizenId: string;
  /** Language in which the citizen is answered now. */
  language: () => Promise<string>;
  session: () => Promise<string | null>;
}

/** Deliveries to phones and statuses are timers of the simulator's clock. */
const DELIVERY_MS = 1_500;
const ORGANIZATION = 'demo-mumbai';
const LOOK_MS = 10;
const MOST_LOOKS = 500;
const MOST_ROUNDS = 20;

export async function openTestStage(source: PackFiles, pack: CompiledPack): Promise<TestStage> {
  const dataDir = await makeTemporaryFolder('hazir-pack-test-');
  const cluster = await startCluster({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } });
  const database = connect(cluster.url, { poolSize: 8 });
  const answers: CallResult[] = [];
  let heard: Heard = {};
  const config = readConfig({ HAZIR_PORT: '0', HAZIR_DATA_DIR: dataDir });
  const served = await serve({
    config,
    log: silentLog,
    database,
    pack: source,
    outside: () => answers.shift(),
    providers: recordedProviders(() => heard),
    simulator: { pairRate: false },
  });
  const control = simulatorOf(served).control;
  await served.tend();
  const organizationId = (await ensureOrganization(database, ORGANIZATION, ORGANIZATION)).id;
  return {
    pack,
    control,
    database,
    answers,
    hears: (voice) => {
      heard = voice;
    },
    organizationId,
    begin: async () => {
      const wait = untilMorning({ now: control.state().now, timeZone: pack.timeZone });
      if (wait === 0) return;
      await control.advance(wait);
      await served.tend();
      await settle(served);
    },
    tend: async () => {
      await served.tend();
      await taken(database);
      await settle(served);
    },
    numberId: control.state().numbers[0]?.numberId ?? '',
    quiet: () => settle(served),
    pass: async (milliseconds) => {
      await control.advance(milliseconds);
      await settle(served);
      await served.tend();
      await taken(database);
      await sent(served);
    },
    close: async () => {
      await served.close();
      await database.close();
      await cluster.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A provider of speech that hears what the conversation says. */
function recordedProviders(heard: () => Heard): ProviderDesk {
  return {
    offered: () => ({ transcribe: heard().says !== undefined, choose: false }),
    transcribe: async () => {
      const { says = '', confidence } = heard();
      return { ok: true, value: { text: says, ...(confidence !== undefined && { confidence }) } };
    },
    choose: async () => ({ ok: true, value: { id: '' } }),
    rephrase: async (_, { text }) => ({ ok: true, value: { text } }),
  };
}

/** Questions to providers and other systems, and operations that take long, are jobs: they are over when none is left. */
async function answered({ database, runtime }: Served): Promise<void> {
  for (let tries = 0; tries < MOST_LOOKS; tries += 1) {
    await runtime.settled();
    const { rows } = await database.query(
      `select from graphile_worker.jobs where task_identifier in ('ask_provider', 'call_http', 'run_operation') and attempts < max_attempts limit 1`,
    );
    if (rows.length === 0) return;
    await delay(LOOK_MS);
  }
}

/** What was put into the inbox from outside of the runtime is taken soon. */
async function taken(database: Database): Promise<void> {
  for (let tries = 0; tries < MOST_LOOKS; tries += 1) {
    const { rows } = await database.query('select from inbox limit 1');
    if (rows.length === 0) return;
    await delay(LOOK_MS);
  }
}

async function settle(served: Served): Promise<void> {
  const { control } = simulatorOf(served);
  await control.settled();
  await answered(served);
  await served.runtime.settled();
  await control.advance(DELIVERY_MS);
  await served.runtime.settled();
}

/** When many are told at once, the last of them wait for the number's pace. */
async function sent(served: Served): Promise<void> {
  for (let tries = 0; tries < MOST_ROUNDS; tries += 1) {
    await settle(served);
    const { rows } = await served.database.query('select from outbox limit 1');
    if (rows.length === 0) return;
  }
}

function simulatorOf(served: Served): NonNullable<Served['simulator']> {
  if (served.simulator === undefined) throw new Error('a conversation test needs the simulator');
  return served.simulator;
}

/** A new citizen, with the language of earlier days where the conversation names one. */
export async function newActor(stage: TestStage, about: { name?: string; phone?: string; language?: string }): Promise<Actor> {
  const citizen = stage.control.addCitizen({ name: about.name ?? 'Citizen (test)', ...(about.phone && { phone: about.phone }) });
  const { rows } = await stage.database.query<{ id: number; businessId: string }>(
    'select id, business_id as "businessId" from channels limit 1',
  );
  const { contactIds } = await resolveContacts(stage.database, [
    {
      organizationId: stage.organizationId,
      channelType: 'whatsapp',
      scope: rows[0]?.businessId ?? '',
      identities: [
        { kind: 'bsuid', value: citizen.userId },
        { kind: 'phone', value: citizen.phone },
      ],
      profileName: citizen.name,
      seenAt: new Date(stage.control.state().now),
    },
  ]);
  const key = { organizationId: stage.organizationId, contactId: contactIds[0] ?? '', channelId: rows[0]?.id ?? 0 };
  if (about.language !== undefined) await setLanguage(stage.database, key, about.language);
  return { stage, citizenId: citizen.id, ...lookups(stage, key.contactId) };
}

function lookups({ database, pack }: TestStage, contactId: string): Pick<Actor, 'language' | 'session'> {
  return {
    language: async () => {
      const { rows } = await database.query<{ language: string | null }>('select language from contacts where id = $1', [
        contactId,
      ]);
      return rows[0]?.language ?? pack.defaultLanguage;
    },
    session: async () => {
      const { rows } = await database.query<{ session: string | null }>(
        'select session from conversations where contact_id = $1',
        [contactId],
      );
      return rows[0]?.session ?? null;
    },
  };
}
