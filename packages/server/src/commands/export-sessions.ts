/** Sessions and the sheet of a session as CSV, on standard output. */
import { dateOf, daySheet, exportSessions, peopleById, sheetCsv } from '@hazir/services';
import type { Command } from 'commander';
import { organizationId } from './organization-id.ts';
import { withDatabase } from './with-database.ts';

const SLUG = 'short name of the organization';

interface Options {
  organization: string;
}

export function addExportSessions(appointments: Command): void {
  appointments
    .command('export')
    .description('prints the sessions of today and later as CSV, in the columns of the import')
    .requiredOption('--organization <slug>', SLUG)
    .option('--languages <tags>', 'languages of the texts in the file, with commas', 'en')
    .action(exportAll);
  appointments
    .command('day-sheet <session>')
    .description('prints who is expected at a session as CSV, by time; without secrets')
    .requiredOption('--organization <slug>', SLUG)
    .action(printSheet);
}

async function exportAll(options: Options & { languages: string }): Promise<void> {
  const languages = options.languages.split(',').map((tag) => tag.trim());
  const csv = await withDatabase(async (database) =>
    exportSessions(database, {
      organizationId: await organizationId(database, options.organization),
      from: dateOf(new Date()),
      languages,
    }),
  );
  process.stdout.write(csv);
}

async function printSheet(session: string, options: Options): Promise<void> {
  const csv = await withDatabase(async (database) => {
    const id = await organizationId(database, options.organization);
    const rows = await daySheet(database, { organizationId: id, session });
    return sheetCsv(rows, await peopleById(database, { organizationId: id, ids: rows.map(({ person }) => person) }));
  });
  process.stdout.write(csv);
}
