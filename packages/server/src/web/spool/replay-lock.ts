/**
 * Of several processes on one data folder one at a time replays the spool: whoever holds this file. It names the holder and
 * its date is renewed; a holder that is dead, or gave no sign of life for some seconds, loses it. Nothing is lost or doubled
 * when two should hold it for a moment; only the order needs one.
 */
import { randomBytes } from 'node:crypto';
import { readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { numberProperty, textProperty } from '@hazir/core';

export interface ReplayLock {
  /** True when we hold it, now or since before. */
  hold: () => Promise<boolean>;
  /** True when we held it when we last looked. */
  isOurs: () => boolean;
  release: () => Promise<void>;
}

const SIGN_MS = 1_000;
const DEAD_MS = 10_000;

export function createReplayLock(path: string): ReplayLock {
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, nonce: randomBytes(6).toString('hex') });
  let signing: NodeJS.Timeout | undefined;
  const sign = async () => {
    const now = new Date();
    if ((await read(path)) === mine) await utimes(path, now, now).catch(() => undefined);
  };
  const take = async (): Promise<boolean> => {
    const made = await writeFile(path, mine, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      () => false,
    );
    if (made) signing ??= setInterval(() => void sign(), SIGN_MS).unref();
    return made;
  };
  return {
    hold: async () => {
      const holder = await read(path);
      if (holder === mine) return true;
      if (holder === undefined) return take();
      clearInterval(signing);
      signing = undefined;
      if (!(await isDead(path, holder))) return false;
      // Of several that find it dead one moves it away.
      await rename(path, `${dirname(path)}.dead-lock`).catch(() => undefined);
      return take();
    },
    isOurs: () => signing !== undefined,
    release: async () => {
      clearInterval(signing);
      signing = undefined;
      if ((await read(path)) === mine) await unlink(path).catch(() => undefined);
    },
  };
}

function read(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function isDead(path: string, holder: string): Promise<boolean> {
  const signedAt = await stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
  const silentMs = Date.now() - signedAt;
  if (silentMs > DEAD_MS) return true;
  const { host, pid } = parse(holder);
  return host === hostname() && pid !== undefined && !isRunning(pid);
}

function parse(text: string): { host: string | undefined; pid: number | undefined } {
  try {
    const holder: unknown = JSON.parse(text);
    return { host: textProperty(holder, 'host'), pid: numberProperty(holder, 'pid') };
  } catch {
    // Killed between making and writing it: its date tells.
    return { host: undefined, pid: undefined };
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
