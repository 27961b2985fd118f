/** Files on disk by SHA-256, two levels of folders; written beside and renamed, so that a crash leaves no half file. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '@hazir/runtime';

const HASH = /^[0-9a-f]{64}$/;

export function createFileStore(dataDir: string): FileStore {
  const pathOf = (hash: string) => join(dataDir, 'files', hash.slice(0, 2), hash);
  return {
    put: async (bytes) => {
      const hash = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(hash);
      const known = await stat(path).catch(() => undefined);
      if (known?.size !== bytes.byteLength) {
        await mkdir(dirname(path), { recursive: true });
        const partial = `${path}.${randomUUID()}`;
        await writeFile(partial, bytes, { mode: 0o600, flush: true });
        await rename(partial, path);
      }
      return { hash, bytes: bytes.byteLength };
    },
    remove: async (hash) => {
      if (HASH.test(hash)) await rm(pathOf(hash), { force: true });
    },
    get: async (hash) => (HASH.test(hash) ? readFile(pathOf(hash)).catch(() => undefined) : undefined),
  };
}
