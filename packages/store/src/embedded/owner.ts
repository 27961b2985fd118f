/**
 * PostgreSQL refuses to run as root. Started by root we drop to an existing unprivileged account, and because that
 * account cannot look into root's private folders, the database then lives where it can: below /var/lib/hazir.
 */
import { createHash } from 'node:crypto';
import { chown, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HazirError } from '@hazir/core';

export interface Owner {
  uid: number;
  gid: number;
}

const SHARED_HOME = '/var/lib/hazir';
const ACCOUNTS = ['postgres', 'nobody'];

/** The account to run as; undefined when we are not root and simply run as ourselves. */
export async function databaseOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const account of ACCOUNTS) {
    const [, , uid, gid] = lines.find(([name]) => name === account) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new HazirError('database:no-account', 'PostgreSQL does not run as root and there is no account "postgres" or "nobody".', {
    hint: 'Start Hazir as an ordinary user, or set DATABASE_URL.',
  });
}

/** The folder for the database: inside `dataDir`, or the shared one where the owner cannot reach `dataDir`. */
export async function databaseHome(dataDir: string, owner: Owner | undefined): Promise<string> {
  const wanted = join(resolve(dataDir), 'database');
  const home = owner === undefined || (await reachable(dirname(wanted))) ? wanted : join(SHARED_HOME, shortHash(wanted));
  await mkdir(home, { recursive: true, mode: 0o755 });
  if (owner !== undefined) await chown(home, owner.uid, owner.gid);
  return home;
}

/** True when every folder above may be entered by anybody. */
async function reachable(folder: string): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const mode = await stat(path).then(
      (found) => found.mode,
      () => 0o001,
    );
    if ((mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
