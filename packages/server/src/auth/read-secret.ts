/** The secret that signs officers' cookies: a setting, or this installation's own, made once and kept in the data folder. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'auth-secret';

/** Several processes may begin at once: the first one's is kept. */
export async function readAuthSecret({
  dataDir,
  authSecret,
}: {
  dataDir: string;
  authSecret?: string | undefined;
}): Promise<string> {
  if (authSecret !== undefined) return authSecret;
  const path = join(dataDir, FILE);
  await mkdir(dataDir, { recursive: true });
  await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return readFile(path, 'utf8');
}
