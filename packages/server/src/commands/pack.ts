import { HazirError } from '@hazir/core';
import { flowJsonSchemas } from '@hazir/flow';
import { countByVersion, ensureOrganization } from '@hazir/store';
import type { Command } from 'commander';
import { createLog } from '../log.ts';
import type { ConversationResult } from '../pack-test/run-conversation.ts';
import { runPackTests } from '../pack-test/run-pack.ts';
import { prepareDatabase } from '../serve.ts';
import { compileFiles } from '../setup/compile-pack.ts';
import { openPackBook } from '../setup/pack-book.ts';
import { readPack } from '../setup/read-pack.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

export function addPackCommand(program: Command): void {
  const pack = program.command('pack').description('check and test packs');
  pack
    .command('check <folder>')
    .description('compile a pack and list its problems with file, line and hint')
    .option('--json', 'print the problems as JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const { loaded, problems } = compileFiles(await readPack(folder));
      if (options.json) printJson({ ok: loaded !== undefined, problems });
      else {
        for (const { file, line, code, message, hint } of problems)
          print(`${folder}/${file}:${line}  ${message}${hint === undefined ? '' : ` ${hint}`}  [${code}]`);
        print(
          loaded === undefined
            ? `${problems.length} problems.`
            : `The pack ${loaded.pack.id} is sound: ${loaded.pack.flows.size} flows in ${loaded.pack.languages.join(', ')}.`,
        );
      }
      if (loaded === undefined) process.exitCode = 1;
    });
  pack
    .command('schema [kind]')
    .description('print the JSON Schema of a kind of pack file, for an editor; without a kind, the kinds')
    .action(printSchema);
  pack
    .command('publish <folder>')
    .description('make a pack the current one of an organization; running conversations stay on their version')
    .requiredOption('--organization <slug>', 'short name of the organization; made when there is none yet')
    .option('--name <name>', 'name of a new organization')
    .action(publish);
  pack
    .command('test <folder>')
    .description('run the conversations of a pack over the wire, against the simulator')
    .option('--json', 'print the results as JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const result = await runPackTests(await readPack(folder), options.json ? undefined : showResult);
      const failed = result.conversations.filter(({ mismatches }) => mismatches.length > 0).length;
      if (options.json) printJson(result);
      else {
        for (const { file, line, sentence } of result.problems) print(`${folder}/${file}:${line}  ${sentence}`);
        print(`${result.conversations.length - failed} conversations as written, ${failed} not.`);
      }
      if (failed > 0 || result.problems.length > 0) process.exitCode = 1;
    });
}

function showResult({ title, mismatches, sent }: ConversationResult): void {
  print(`${mismatches.length === 0 ? 'ok  ' : 'FAIL'}  ${title} (${sent} messages)`);
  for (const { file, line, sentence } of mismatches) print(`      ${file}:${line}  ${sentence}`);
}

async function publish(folder: string, options: { organization: string; name?: string }): Promise<void> {
  const source = await readPack(folder);
  await withDatabase(
    async (database, config) => {
      const log = createLog(config.logLevel);
      await prepareDatabase(database, log);
      const organization = await ensureOrganization(database, options.organization, options.name ?? options.organization);
      const { pack } = await (await openPackBook(database, log)).publish(organization.id, source);
      const standing = await countByVersion(database, organization.id);
      print(`${organization.slug} now runs ${pack.id} ${pack.version}; a running server takes it over within seconds.`);
      for (const { version, conversations } of standing.filter((one) => one.version !== pack.version)) {
        print(`  ${conversations} conversations finish on version ${version}.`);
      }
    },
    { migrated: false },
  );
}

function printSchema(kind: string | undefined): void {
  const schemas = new Map<string, unknown>(Object.entries(flowJsonSchemas()));
  const kinds = [...schemas.keys()];
  const schema = kind === undefined ? undefined : schemas.get(kind);
  if (kind !== undefined && schema === undefined) {
    throw new HazirError('usage:schema', `There is no schema "${kind}".`, { hint: `There are: ${kinds.join(', ')}.` });
  }
  if (schema === undefined) print(kinds.join('\n'));
  else printJson(schema);
}
