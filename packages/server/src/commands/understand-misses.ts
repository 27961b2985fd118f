/** What was missed: the list, the labels that people give, and the labelled words as phrases that a pack can take over. */
import { userInfo } from 'node:os';
import { HazirError } from '@hazir/core';
import { maskIdentifiers } from '@hazir/language';
import { type Database, findDecision, labelPhrase, listDecisions, listLabels, listOrganizations } from '@hazir/store';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { print, printJson, printTable } from './output.ts';
import { parseSince } from './since.ts';
import { withDatabase } from './with-database.ts';

/** The label of a message that belongs to no flow: it is listed no more and exported nowhere. */
const NONE = 'none';
const LISTED = 200;
const MOST_PHRASE = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function addMissCommands(understand: Command): void {
  understand
    .command('misses')
    .description('list messages that opened nothing and have no label yet, the newest first')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .option('--since <time>', 'since then: 90m, 24h, 30d, or a date', '30d')
    .option('--all', 'every decision, also what was understood')
    .option('--reveal', 'with the words of the citizens; what you see is personal data')
    .option('--json', 'print as JSON')
    .action((options: MissOptions, command: Command) =>
      showMisses({ ...command.parent?.opts<{ json?: boolean }>(), ...options }),
    );
  understand
    .command('label <message> <intent>')
    .description(`say which intent of the pack a message means, or "${NONE}"; its words become a phrase`)
    .requiredOption('--organization <slug>', 'short name of the organization')
    .option('--language <tag>', "language of the phrase; default: the conversation's")
    .option('--phrase <text>', 'better words than those of the message, without names and numbers')
    .action(label);
  understand
    .command('export')
    .description('print the labelled phrases as YAML, by language, to be added to phrases/<language>.yaml')
    .requiredOption('--organization <slug>', 'short name of the organization')
    .action(exportLabels);
}

interface MissOptions {
  organization: string;
  since: string;
  all?: boolean;
  reveal?: boolean;
  json?: boolean;
}

async function showMisses(options: MissOptions): Promise<void> {
  const found = await withDatabase(async (database) => {
    const organizationId = await organizationOf(database, options.organization);
    const since = parseSince(options.since, Date.now());
    return listDecisions(database, { organizationId, since, limit: LISTED, all: options.all === true });
  });
  const shown = found.map(({ text, ...decision }) => ({ ...decision, ...(options.reveal && { text }) }));
  if (options.json) return printJson(shown);
  if (shown.length === 0) return print('Nothing was missed.');
  printTable([
    ['message', 'at', 'where', 'script', 'words', 'outcome', 'nearest', ...(options.reveal ? ['text'] : [])],
    ...shown.map((one) => [
      ...[one.messageId, one.at.toISOString().slice(0, 16), one.flow === '' ? 'at rest' : `${one.flow}/${one.node}`],
      ...[one.script, String(one.words), one.outcome],
      one.candidates[0] === undefined ? '-' : `${one.candidates[0].intent} ${one.candidates[0].score.toFixed(2)}`,
      ...(options.reveal ? [(one.text ?? 'no longer kept').replace(/\s+/g, ' ').slice(0, 120)] : []),
    ]),
  ]);
}

interface LabelOptions {
  organization: string;
  language?: string;
  phrase?: string;
}

async function label(messageId: string, intent: string, options: LabelOptions): Promise<void> {
  const kept = await withDatabase(async (database) => {
    const organizationId = await organizationOf(database, options.organization);
    const decision = UUID.test(messageId) ? await findDecision(database, { organizationId, messageId }) : undefined;
    const words = (options.phrase ?? decision?.text ?? '').trim().slice(0, MOST_PHRASE);
    if (decision === undefined || words === '') {
      throw new HazirError('usage:no-words', 'There are no words to label under this id.', {
        hint: 'Take an id from hazir understand misses; a message that is no longer kept needs --phrase.',
      });
    }
    const phrase = maskIdentifiers(words);
    const language = options.language ?? decision.language;
    await labelPhrase(database, { organizationId, messageId, language, intent, phrase, by: userInfo().username });
    return { phrase, language };
  });
  print(intent === NONE ? 'Labelled as belonging to no flow.' : `Labelled as ${intent} (${kept.language}).`);
}

async function exportLabels({ organization }: { organization: string }): Promise<void> {
  const labels = await withDatabase(async (database) =>
    listLabels(database, await organizationOf(database, organization)).then((all) => all.filter(({ intent }) => intent !== NONE)),
  );
  if (labels.length === 0) return print('# No phrase has a label.');
  for (const [language, phrases] of Map.groupBy(labels, (one) => one.language)) {
    print(`# phrases/${language}.yaml`);
    const byIntent = Map.groupBy(phrases, ({ intent }) => intent);
    print(
      stringify(Object.fromEntries([...byIntent].map(([intent, all]) => [intent, all.map(({ phrase }) => phrase)]))).trimEnd(),
    );
  }
}

async function organizationOf(database: Database, slug: string): Promise<number> {
  const found = (await listOrganizations(database)).find((one) => one.slug === slug);
  if (found !== undefined) return found.id;
  throw new HazirError('usage:organization', `There is no organization "${slug}".`, {
    hint: 'The short name that was given to hazir pack publish.',
  });
}
