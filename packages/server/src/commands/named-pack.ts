import { join, sep } from 'node:path';
import { HazirError } from '@hazir/core';
import type { LoadedPack } from '@hazir/runtime';
import { readConfig } from '../config.ts';
import { compileFiles } from '../setup/compile-pack.ts';
import { PACKS_DIR } from '../setup/demo.ts';
import { readPack } from '../setup/read-pack.ts';

/** A pack by its name or folder, the demo's when there is none. Throws `pack:refused` when it has problems. */
export async function readNamedPack(given: string | undefined): Promise<LoadedPack> {
  const config = readConfig(process.env);
  const name = given ?? config.demoPack.split(',')[0] ?? '';
  const folder = /[/.]/.test(name) || name.includes(sep) ? name : join(config.packsDir ?? PACKS_DIR, name);
  const { loaded } = compileFiles(await readPack(folder));
  if (loaded === undefined) {
    throw new HazirError('pack:refused', `The pack ${name} has problems.`, { hint: `Run: hazir pack check ${name}` });
  }
  return loaded;
}
