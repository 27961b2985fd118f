import type { Understanding } from '@hazir/flow';
import { trainIntents } from '@hazir/language';
import type { Command } from 'commander';
import { withKnowledge } from '../setup/knowledge.ts';
import { heardIn, suggestedFor } from '../setup/told-at-once.ts';
import { explain, phrasesOf } from '../setup/understanding.ts';
import { readNamedPack } from './named-pack.ts';
import { print, printJson, printTable } from './output.ts';
import { addMissCommands } from './understand-misses.ts';

interface Options {
  pack?: string;
  json?: boolean;
}

export function addUnderstandCommand(program: Command): void {
  const understand = program.command('understand').description('tell what a message means to a pack, or work on what was missed');
  understand
    .command('text <text>', { isDefault: true })
    .description('tell what a message means to a pack, and why; the word "text" may be left out')
    .option('--pack <pack>', "name of a pack, or its folder; default: the demo's")
    .option('--json', 'print the decision as JSON')
    .action(showUnderstanding);
  addMissCommands(understand);
}

async function showUnderstanding(text: string, options: Options): Promise<void> {
  const loaded = await readNamedPack(options.pack);
  const { pack } = loaded;
  const decided = explain(text, pack, trainIntents(phrasesOf(pack)));
  const explained = withKnowledge(text, pack, { explained: decided, now: Date.now() });
  const { outcome, understanding, candidates, background, words, known } = explained;
  const opened = understanding !== undefined && 'flow' in understanding ? [understanding.flow] : (understanding?.offer ?? []);
  const entities = heardIn(text, pack, opened);
  const suggested = await suggestedFor(text, loaded);
  if (options.json) {
    printJson({ outcome, understanding: understanding ?? null, candidates, background, words, known, entities, suggested });
    return;
  }
  print(`${outcome}: ${sentence(understanding)}`);
  print(`words       ${words.join(' ')}`);
  for (const { kind, value, answers } of entities)
    print(`${kind.padEnd(12)}${value}${answers.length === 0 ? '' : `, not asked for by ${answers.join(', ')}`}`);
  if (suggested.length > 0) print(`suggested   ${suggested.join(', ')}`);
  printTable([
    ...candidates.map(({ intent, score }) => [intent, score.toFixed(2)]),
    ['small talk', background.toFixed(2)],
    ...known.map(({ id, likeness }) => [`knows ${id}`, likeness.toFixed(2)]),
  ]);
}

function sentence(understanding: Understanding | undefined): string {
  if (understanding === undefined) return 'no flow is opened';
  return 'flow' in understanding ? `opens ${understanding.flow}` : `offers ${understanding.offer.join(', ')}`;
}
