import { HazirError } from '@hazir/core';
import type { Known } from '@hazir/services';
import type { Command } from 'commander';
import { searchKnowledge } from '../setup/knowledge.ts';
import { readNamedPack } from './named-pack.ts';
import { print, printJson, printTable } from './output.ts';

interface Options {
  pack?: string;
  json?: boolean;
}

export function addKnowledgeCommand(program: Command): void {
  program
    .command('knowledge')
    .description('see what a pack answers to questions')
    .command('search <text>')
    .description('list the passages that come near a question, and say which are answered today')
    .option('--pack <pack>', "name of a pack, or its folder; default: the demo's")
    .option('--json', 'print them as JSON')
    .action(search);
}

async function search(text: string, options: Options): Promise<void> {
  const { pack } = await readNamedPack(options.pack);
  const known = searchKnowledge(text, pack, Date.now());
  if (known === undefined) {
    throw new HazirError('usage:knowledge', `The pack ${pack.id} has no knowledge.`, {
      hint: 'Name the service "knowledge" in pack.yaml; see docs/how-to/knowledge.md.',
    });
  }
  if (options.json) {
    printJson(known);
    return;
  }
  print(known.passages.length === 0 ? 'Nothing is answered: the citizen is told so, and offered a person.' : 'Answered:');
  printTable(known.nearest.map((near) => [near.id, near.likeness.toFixed(2), becomesOf(near, known)]));
}

function becomesOf({ id, told }: Known['nearest'][number], { passages }: Known): string {
  if (!told) return 'not told today: see its validity';
  return passages.some((each) => each.id === id) ? 'answered' : '';
}
