import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { HazirError } from '@hazir/core';
import { checkIn, dateOf, type ImportedSessions, importSessions, listSessions, markNoShows, walkIn } from '@hazir/services';
import type { Database } from '@hazir/store';
import type { Command } from 'commander';
import { addCancelSession } from './cancel-session.ts';
import { addExportSessions } from './export-sessions.ts';
import { organizationId } from './organization-id.ts';
import { print, printJson, printTable } from './output.ts';
import { readSlip } from './read-slip.ts';
import { addShowDraw } from './show-draw.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 500;
const SLUG = 'short name of the organization';

interface Of {
  organization: string;
}

export function addAppointmentsCommand(program: Command): void {
  const appointments = program.command('appointments').description('sessions, seats and who came');
  appointments
    .command('import <file>')
    .description('takes sessions from a CSV file: all of it, or none of it with every bad line named')
    .requiredOption('--organization <slug>', SLUG)
    .option('--languages <tags>', 'languages of the texts in the file, with commas', 'en')
    .option('--json', 'print as JSON')
    .action(importFile);
  appointments
    .command('sessions')
    .description('show the sessions of today and later, with what is free')
    .requiredOption('--organization <slug>', SLUG)
    .option('--json', 'print as JSON')
    .action(sessions);
  appointments
    .command('check-in <reference> [secret]')
    .description('lets somebody in who says both, or by a picture of the code on the slip in their place')
    .requiredOption('--organization <slug>', SLUG)
    .action(letIn);
  appointments
    .command('walk-in <session>')
    .description('lets somebody in who comes without an appointment, while a seat is free')
    .requiredOption('--organization <slug>', SLUG)
    .action(letWalkIn);
  appointments
    .command('no-shows <session>')
    .description('marks everybody who did not come to what is over of a session')
    .requiredOption('--organization <slug>', SLUG)
    .action(noShows);
  addCancelSession(appointments);
  addShowDraw(appointments);
  addExportSessions(appointments);
}

async function importFile(file: string, options: Of & { languages: string; json?: boolean }): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new HazirError('usage:appointments', `The file ${file} cannot be read.`, { hint: 'Name a CSV file.' });
  });
  const languages = options.languages.split(',').map((tag) => tag.trim());
  const what = { name: basename(file), text, languages, now: new Date() };
  const imported = await withDatabase(async (database) =>
    take(database, { organizationId: await organizationId(database, options.organization), ...what }),
  );
  if (imported.problems.length > 0) process.exitCode = 1;
  if (options.json === true) return printJson(imported);
  for (const { line, message, hint } of imported.problems) print(`${what.name}:${line}  ${message}. ${hint}`);
  print(
    imported.problems.length > 0
      ? 'Nothing was taken from the file.'
      : `${imported.sessions} sessions with ${imported.slots} times and ${imported.seats} seats.`,
  );
}

/** A file with a bad line leaves nothing behind. */
async function take(database: Database, file: Parameters<typeof importSessions>[1]): Promise<ImportedSessions> {
  const refused: { imported?: ImportedSessions } = {};
  try {
    return await database.transaction(async (tx) => {
      const imported = await importSessions(tx, file);
      if (imported.problems.length === 0) return imported;
      refused.imported = imported;
      throw new Error('rolled back');
    });
  } catch (error) {
    if (refused.imported === undefined) throw error;
    return refused.imported;
  }
}

async function sessions(options: Of & { json?: boolean }): Promise<void> {
  const now = new Date();
  const found = await withDatabase(async (database) =>
    listSessions(database, {
      organizationId: await organizationId(database, options.organization),
      from: dateOf(now),
      now,
      limit: LISTED,
    }),
  );
  if (options.json === true) return printJson(found);
  if (found.length === 0) return print('No session yet.');
  const rows = found.map((one) => [
    one.session,
    one.resource,
    one.date,
    one.kind,
    `${one.free} of ${one.seats}`,
    String(one.checkedIn),
    one.cancelled ? 'cancelled' : one.publishedAt > now ? `from ${one.publishedAt.toISOString()}` : 'published',
  ]);
  printTable([['session', 'resource', 'date', 'kind', 'free', 'came', 'state'], ...rows]);
}

async function letIn(given: string, typed: string | undefined, options: Of): Promise<void> {
  const result = await withDatabase(async (database) => {
    const { reference, secret } = typed === undefined ? await readSlip(database, given) : { reference: given, secret: typed };
    const about = { organizationId: await organizationId(database, options.organization), reference, secret, now: new Date() };
    return database.transaction((tx) => checkIn(tx, about));
  });
  if (!result.ok) throw new HazirError('usage:appointments', result.error.message, { hint: 'See: hazir appointments sessions' });
  print(`${result.value.reference} ${result.value.again ? 'had come already' : 'has come'}.`);
}

async function letWalkIn(session: string, options: Of): Promise<void> {
  const result = await withDatabase(async (database) => {
    const about = { organizationId: await organizationId(database, options.organization), session, now: new Date() };
    return database.transaction((tx) => walkIn(tx, { ...about, random: Math.random }));
  });
  if (!result.ok) throw new HazirError('usage:appointments', result.error.message, { hint: 'See: hazir appointments sessions' });
  print(`${result.value.reference} has come, without an appointment.`);
}

async function noShows(session: string, options: Of): Promise<void> {
  const marked = await withDatabase(async (database) =>
    markNoShows(database, { organizationId: await organizationId(database, options.organization), session, now: new Date() }),
  );
  print(`${marked} did not come.`);
}
