/** Puts the intake of a server together, with its spool below the data folder and what was left in it. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelAdapter } from '@hazir/core';
import type { Log, Runtime } from '@hazir/runtime';
import { parseBody } from '../webhooks/parse-body.ts';
import { createIntake, type Intake } from './intake.ts';
import type { SpooledBody } from './record.ts';
import { openSpool, type Spool } from './spool.ts';

export interface OpenIntakeOptions {
  dataDir: string;
  mostBytes: number;
  adapters: ReadonlyMap<string, ChannelAdapter>;
  runtime: Pick<Runtime, 'accept'>;
  log: Log;
}

/** Never throws: where the data folder cannot be written there is no spool, and a webhook in need of it is answered 503. */
export async function openIntake({ dataDir, mostBytes, adapters, runtime, log }: OpenIntakeOptions): Promise<Intake> {
  const spool = await openSpool({ folder: join(dataDir, 'spool'), mostBytes, now: Date.now, log }).catch((error: unknown) => {
    log('error', 'spool_missing', { detail: error instanceof Error ? error.message : 'unknown' });
    return NO_SPOOL;
  });
  return createIntake({
    spool,
    mostBytes,
    log,
    now: Date.now,
    accept: runtime.accept,
    parse: (channelType, raw) => {
      const body = parseBody(raw.toString('utf8'));
      return body && adapters.get(channelType)?.parse(body.json);
    },
    setAside: (body) => setAside(join(dataDir, 'spool-refused'), body),
  });
}

const NO_SPOOL: Spool = {
  append: () => Promise.resolve(false),
  isEmpty: () => true,
  oldest: () => Promise.resolve(undefined),
  cut: () => Promise.resolve(),
  lock: { hold: () => Promise.resolve(true), isOurs: () => true, release: () => Promise.resolve() },
  measure: () => Promise.resolve({ bytes: 0, oldestAt: undefined }),
  size: () => ({ bytes: 0, oldestAt: undefined }),
  close: () => Promise.resolve(),
};

async function setAside(folder: string, { channelType, at, raw }: SpooledBody): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${channelType}-${Math.round(at)}-${randomBytes(4).toString('hex')}.body`;
  await writeFile(join(folder, name), raw, { mode: 0o600, flush: true });
}
