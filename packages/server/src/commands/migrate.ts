import type { Command } from 'commander';
import { createLog } from '../log.ts';
import { prepareDatabase } from '../serve.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version; "start" does so by itself')
    .option('--json', 'print what was run as JSON')
    .action(async (options: { json?: boolean }) => {
      const done = await withDatabase((database, config) => prepareDatabase(database, createLog(config.logLevel)), {
        migrated: false,
      });
      if (options.json) printJson({ migrations: done });
      else print(done.length === 0 ? 'The database is up to date.' : `Done: ${done.join(', ')}.`);
    });
}
