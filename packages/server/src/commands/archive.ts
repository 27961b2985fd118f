import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { HazirError } from '@hazir/core';
import { type Archive, KEPT_MONTHS, listArchives, listPolicies, setPolicy } from '@hazir/store';
import { type Command, InvalidArgumentError } from 'commander';
import { planArchive } from '../archive/plan-archive.ts';
import { runArchive } from '../archive/run-archive.ts';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

/** A long run says where it is at most this often. */
const PROGRESS_MS = 2_000;
const MOST_MONTHS = 1_200;

export function addArchiveCommand(program: Command): void {
  const archive = program
    .command('archive')
    .description('retention: messages past their time leave the database for compressed files');
  archive
    .command('run')
    .description(
      'write what is past its time to files, read them back, then delete it; safe while citizens write, and to be run again',
    )
    .option('--to <folder>', 'where the files go; default: archive in the data folder')
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'print as JSON')
    .action(run);
  archive.command('list').description('show the files, with rows and checksums').option('--json', 'print as JSON').action(list);
  archive
    .command('policy [organization]')
    .description(`show or set how long messages are kept; without a word of the organization ${KEPT_MONTHS} months`)
    .option('--months <number>', 'whole months to keep, besides the running one', readMonths)
    .option('--json', 'print as JSON')
    .action(policy);
}

function readMonths(text: string): number {
  const months = Number(text);
  if (Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS) return months;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${MOST_MONTHS}.`);
}

async function run(options: { to?: string; dryRun?: boolean; json?: boolean }): Promise<void> {
  const now = new Date();
  if (options.dryRun) return plan(now, options.json === true);
  const done = await withDatabase((database, config) =>
    runArchive({ database, folder: resolve(options.to ?? join(config.dataDir, 'archive')), now, progress: progressLine() }),
  );
  if (options.json) printJson(done);
  else if (done.length === 0) print('Nothing is past its time.');
  else printArchives(done);
}

async function plan(now: Date, json: boolean): Promise<void> {
  const tasks = await withDatabase((database) => planArchive(database, now));
  const rows = tasks.flatMap(({ source, mode, parts }) =>
    parts.length === 0
      ? [{ table: source.name, organization: '', rows: 0, afterwards: 'the empty table is dropped' }]
      : parts.map((part) => ({
          ...{ table: source.name, organization: part.organization, rows: part.rows },
          afterwards: mode === 'drop' ? 'the table is dropped' : 'these rows are deleted, others stay',
        })),
  );
  if (json) printJson(rows);
  else if (rows.length === 0) print('Nothing is past its time.');
  else
    printTable([
      ['table', 'organization', 'rows', 'afterwards'],
      ...rows.map((row) => [row.table, row.organization, String(row.rows), row.afterwards]),
    ]);
}

async function list(options: { json?: boolean }): Promise<void> {
  const archives = await withDatabase(listArchives);
  if (options.json) printJson(archives);
  else if (archives.length === 0) print('Nothing is archived yet.');
  else printArchives(archives);
}

async function policy(organization: string | undefined, options: { months?: number; json?: boolean }): Promise<void> {
  const { months } = options;
  if (months !== undefined && organization === undefined)
    throw new HazirError('usage:organization', 'Whose messages?', { hint: 'hazir archive policy ORGANIZATION --months 24' });
  const policies = await withDatabase(async (database) => {
    const by = process.env.SUDO_USER ?? userInfo().username;
    if (organization !== undefined && months !== undefined) await setPolicy(database, { organization, months, by });
    return (await listPolicies(database)).filter((one) => organization === undefined || one.organization === organization);
  });
  if (organization !== undefined && policies.length === 0)
    throw new HazirError('usage:organization', `There is no organization ${organization}.`, {
      hint: 'See: hazir archive policy',
    });
  if (options.json) printJson(policies);
  else
    printTable(
      policies.map((one) => [one.organization, `${one.months} months`, one.setBy === null ? '(default)' : `set by ${one.setBy}`]),
    );
}

function printArchives(archives: readonly Archive[]): void {
  printTable([
    ['organization', 'table', 'rows', 'bytes', 'deleted', 'file'],
    ...archives.map((one) => [
      ...[one.organization, one.source, String(one.rows), String(one.bytes)],
      ...[one.removedAt?.toISOString().slice(0, 10) ?? 'not yet', one.path],
    ]),
  ]);
}

function progressLine(): (line: string) => void {
  let saidAt = 0;
  return (line) => {
    if (Date.now() - saidAt < PROGRESS_MS) return;
    saidAt = Date.now();
    process.stderr.write(`${line}\n`);
  };
}
