import { join, sep } from 'node:path';
import { HazirError } from '@hazir/core';
import type { Understanding } from '@hazir/flow';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { compileFiles } from '../setup/compile-pack.ts';
import { PACKS_DIR } from '../setup/demo.ts';
import { readPack } from '../setup/read-pack.ts';
import { explain } from '../setup/understanding.ts';
import { print, printJson, printTable } from './output.ts';

interface Options {
  pack?: string;
  json?: boolean;
}

export function addUnderstandCommand(program: Command): void {
  program
    .command('understand <text>')
    .description('tell what a message at rest or at the menu means to a pack, and why')
    .option('--pack <pack>', "name of a pack, or its folder; default: the demo's")
    .option('--json', 'print the decision as JSON')
    .action(showUnderstanding);
}

async function showUnderstanding(text: string, options: Options): Promise<void> {
  const config = readConfig(process.env);
  const name = options.pack ?? config.demoPack;
  const { loaded } = compileFiles(
    await readPack(/[/.]/.test(name) || name.includes(sep) ? name : join(config.packsDir ?? PACKS_DIR, name)),
  );
  if (loaded === undefined) {
    throw new HazirError('pack:refused', `The pack ${name} has problems.`, { hint: `Run: hazir pack check ${name}` });
  }
  const { pack } = loaded;
  const { outcome, understanding, candidates, background, words } = explain(text, pack);
  if (options.json) {
    printJson({ outcome, understanding: understanding ?? null, candidates, background, words });
    return;
  }
  print(`${outcome}: ${sentence(understanding)}`);
  print(`words       ${words.join(' ')}`);
  printTable([...candidates.map(({ intent, score }) => [intent, score.toFixed(2)]), ['small talk', background.toFixed(2)]]);
}

function sentence(understanding: Understanding | undefined): string {
  if (understanding === undefined) return 'no flow is opened';
  return 'flow' in understanding ? `opens ${understanding.flow}` : `offers ${understanding.offer.join(', ')}`;
}
