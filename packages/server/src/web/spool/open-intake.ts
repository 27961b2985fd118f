/** Puts the intake of a server together: its own spool below the data folder, with what dead processes left in theirs. */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChannelAdapter } from '@hazir/core';
import type { Log, Runtime } from '@hazir/runtime';
import { parseBody } from '../parse-body.ts';
import { createIntake, type Intake } from './intake.ts';
import { type OwnFolder, openOwnFolder } from './own-folder.ts';
import type { SpooledBody } from './record.ts';
import { openSegmentLog, type SegmentLog } from './segment-log.ts';

export interface OpenIntakeOptions {
  dataDir: string;
  mostBytes: number;
  adapters: ReadonlyMap<string, ChannelAdapter>;
  runtime: Pick<Runtime, 'accept'>;
  log: Log;
}

/** Never throws: where the data folder cannot be written there is no spool, and a webhook in need of it is answered 503. */
export async function openIntake({ dataDir, mostBytes, adapters, runtime, log }: OpenIntakeOptions): Promise<Intake> {
  const { spool, folder } = await openSpool({ dataDir, mostBytes, log });
  const intake = createIntake({
    spool,
    mostBytes,
    log,
    now: Date.now,
    accept: runtime.accept,
    parse: (channelType, raw) => {
      const body = parseBody(raw);
      return body && adapters.get(channelType)?.parse(body.json);
    },
    setAside: (body) => setAside(join(dataDir, 'spool-refused'), body),
  });
  return {
    ...intake,
    close: async () => {
      await intake.close();
      await folder?.release();
    },
  };
}

type Place = Pick<OpenIntakeOptions, 'dataDir' | 'mostBytes' | 'log'>;

async function openSpool({ dataDir, mostBytes, log }: Place): Promise<{ spool: SegmentLog; folder?: OwnFolder }> {
  try {
    const folder = await openOwnFolder(join(dataDir, 'spool'));
    if (folder.adopted > 0) log('info', 'spool_adopted', { segments: folder.adopted });
    const spool = await openSegmentLog({ folder: folder.path, mostBytes, mayWrite: folder.isOurs, now: Date.now, log });
    return { spool, folder };
  } catch (error) {
    log('error', 'spool_missing', { detail: error instanceof Error ? error.message : 'unknown' });
    return { spool: NO_SPOOL };
  }
}

const NO_SPOOL: SegmentLog = {
  append: () => Promise.resolve(false),
  oldest: () => Promise.resolve(undefined),
  bytes: () => 0,
  oldestAt: () => undefined,
  close: () => Promise.resolve(),
};

async function setAside(folder: string, { channelType, at, raw }: SpooledBody): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${channelType}-${Math.round(at)}-${randomBytes(4).toString('hex')}.body`;
  await writeFile(join(folder, name), raw, { mode: 0o600, flush: true });
}
