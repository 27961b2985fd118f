/**
 * A folder of its own for every process on the same data folder, so that no two write or replay the same spool.
 *
 * `owner` in it names host, process id and the time when that process began, and its date is renewed every few seconds. A
 * process of this host is dead when its id is gone or belongs to a younger process; one of another host (a shared volume)
 * when the date is a minute old. Folders of the dead are taken over by the next process that starts: claimed by renaming
 * them, then emptied into its own. An owner whose own sign of life is late stops writing, for it may have been taken for dead.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { numberProperty, textProperty } from '@hazir/core';

export interface OwnFolder {
  path: string;
  /** Segments of processes that are dead, now in our folder. */
  adopted: number;
  /** True while nobody can have taken the folder over. */
  isOurs: () => boolean;
  /** Gives the folder up; what is still in it is for the next process. */
  release: () => Promise<void>;
}

const SIGN_MS = 5_000;
/** Much less than DEAD_MS: we stop before another host may begin. */
const LATE_MS = 30_000;
const DEAD_MS = 60_000;
const OWNER = 'owner.json';
const CLAIM = 'claim-';
const NEW = 'new-';

/** `root` is the folder of all spools; throws what the file system says. */
export async function openOwnFolder(root: string): Promise<OwnFolder> {
  const id = randomBytes(8).toString('hex');
  const path = join(root, id);
  const unborn = join(root, `${NEW}${id}`);
  await mkdir(unborn, { recursive: true, mode: 0o700 });
  await writeFile(join(unborn, OWNER), JSON.stringify({ host: hostname(), pid: process.pid, began: await beganAt(process.pid) }));
  // With its owner from the first moment on: a folder without one belongs to nobody.
  await rename(unborn, path);
  const adopted = await adoptOrphans(root, id);
  let signedAt = performance.now();
  const sign = async () => {
    const now = new Date();
    const at = performance.now();
    await utimes(join(path, OWNER), now, now).then(
      () => (signedAt = at),
      () => undefined,
    );
  };
  const signing = setInterval(() => void sign(), SIGN_MS);
  signing.unref();
  return {
    path,
    adopted,
    isOurs: () => performance.now() - signedAt < LATE_MS,
    release: async () => {
      clearInterval(signing);
      await rm(join(path, OWNER), { force: true });
      await rmdir(path).catch(() => undefined);
    },
  };
}

async function adoptOrphans(root: string, id: string): Promise<number> {
  let adopted = 0;
  for (const name of (await readdir(root)).filter((one) => !one.startsWith(NEW)).sort()) {
    const [claimant, orphan] = name.startsWith(CLAIM) ? name.slice(CLAIM.length).split('-') : [name, name];
    if (claimant === undefined || claimant === id || orphan === undefined || (await isAlive(join(root, claimant)))) continue;
    const claimed = join(root, `${CLAIM}${id}-${orphan}`);
    // Whoever else starts at this moment loses the race for this name.
    const won = await rename(join(root, name), claimed).then(
      () => true,
      () => false,
    );
    if (won) adopted += await empty(claimed, join(root, id));
  }
  return adopted;
}

async function empty(from: string, to: string): Promise<number> {
  const segments = (await readdir(from)).filter((name) => name !== OWNER);
  for (const name of segments) await rename(join(from, name), join(to, name));
  await rm(from, { recursive: true, force: true });
  return segments.length;
}

async function isAlive(folder: string): Promise<boolean> {
  const path = join(folder, OWNER);
  const [text, signedAt] = await Promise.all([
    readFile(path, 'utf8').catch(() => ''),
    stat(path).then(
      (found) => found.mtimeMs,
      () => 0,
    ),
  ]);
  const owner = parse(text);
  if (owner === undefined) return false;
  if (owner.host !== hostname()) return Date.now() - signedAt < DEAD_MS;
  return isRunning(owner.pid) && (await beganAt(owner.pid)) === owner.began;
}

function parse(text: string): { host: string; pid: number; began: string } | undefined {
  try {
    const owner: unknown = JSON.parse(text);
    const [host, pid, began] = [textProperty(owner, 'host'), numberProperty(owner, 'pid'), textProperty(owner, 'began')];
    return host === undefined || pid === undefined || began === undefined ? undefined : { host, pid, began };
  } catch {
    return undefined;
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

/** Linux tells when a process began, so that an id that is used again is noticed; elsewhere always the same. */
async function beganAt(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
