import { join, sep } from 'node:path';
import { HazirError } from '@hazir/core';
import type { LoadedPack } from '@hazir/runtime';
import { readConfig } from '../config.ts';
import { compileFiles } from '../setup/compile-pack.ts';
import { PACKS_DIR } from '../setup/demo.ts';
import { type PackFiles, readPack } from '../setup/read-pack.ts';

/** A pack by its name or folder, the demo's when there is none. Throws `pack:refused` when it has problems. */
export async function readNamedPack(given: string | undefined): Promise<LoadedPack> {
  return (await readNamedFiles(given)).loaded;
}

/** The same, with the files that it was compiled from. */
export async function readNamedFiles(given: string | undefined): Promise<{ files: PackFiles; loaded: LoadedPack }> {
  const config = readConfig(process.env);
  const name = given ?? config.demoPack.split(',')[0] ?? '';
  const folder = /[/.]/.test(name) || name.includes(sep) ? name : join(config.packsDir ?? PACKS_DIR, name);
  const files = await readPack(folder);
  const { loaded } = compileFiles(files);
  if (loaded === undefined) {
    throw new HazirError('pack:refused', `The pack ${name} has problems.`, { hint: `Run: hazir pack check ${name}` });
  }
  return { files, loaded };
}
