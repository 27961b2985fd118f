/** A pack's folder as text, with a version that its content decides. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { HazirError } from '@hazir/core';

export interface PackFiles {
  id: string;
  version: string;
  files: ReadonlyMap<string, string>;
}

const KINDS = ['.yaml', '.yml', '.csv', '.geojson', '.json', '.md', '.typ'];
const FILE_BYTES = 5_000_000;
const PACK_BYTES = 30_000_000;

/** Throws `pack:no-folder` or `pack:too-large`; files of other kinds are not part of a pack. */
export async function readPack(folder: string): Promise<PackFiles> {
  const root = resolve(folder);
  const names = await readdir(root, { recursive: true }).catch((cause: unknown) => {
    throw new HazirError('pack:no-folder', `There is no pack in ${folder}.`, {
      hint: 'Give the folder that holds pack.yaml.',
      cause,
    });
  });
  if (!names.includes('pack.yaml')) {
    throw new HazirError('pack:no-folder', `There is no pack.yaml in ${folder}.`, {
      hint: 'Give the folder that holds pack.yaml.',
    });
  }
  const files = new Map<string, string>();
  let total = 0;
  for (const name of names.filter((one) => KINDS.some((kind) => one.endsWith(kind))).sort()) {
    const path = join(root, name);
    const { size } = await stat(path);
    total += size;
    if (size > FILE_BYTES || total > PACK_BYTES) {
      throw new HazirError('pack:too-large', `${name} makes the pack too large.`, {
        hint: 'A file may have 5 MB, a pack 30 MB.',
      });
    }
    files.set(relative(root, path).split(sep).join('/'), await readFile(path, 'utf8'));
  }
  return { id: basename(root), version: versionOf(files), files };
}

/** The same content has the same version, whoever reads it. */
function versionOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text.length}\0${text}`);
  return hash.digest('hex').slice(0, 12);
}
