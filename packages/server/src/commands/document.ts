import { readFile } from 'node:fs/promises';
import { HazirError } from '@hazir/core';
import {
  correctDocument,
  foreignKeysFile,
  listDocuments,
  organizationsWithNumber,
  revokeDocument,
  rotateKey,
  trustForeignKeys,
} from '@hazir/services';
import { type Database, freshId, listOrganizations } from '@hazir/store';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { print, printJson, printTable } from './output.ts';
import { withDatabase } from './with-database.ts';

const LISTED = 100;
const OFFICER = 'command-line';
const HINT = { hint: 'See: hazir document list' };

export function addDocumentCommand(program: Command): void {
  const document = program.command('document').description('documents that were issued, as an officer');
  document
    .command('list')
    .description('show the latest documents, without what they say')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => list(options.json === true));
  document
    .command('revoke <number>')
    .description('take a document back')
    .requiredOption('--reason <text>', 'why; it is kept')
    .action((number: string, options: { reason: string }) => revoke(number, options.reason));
  document
    .command('correct <number>')
    .description('issue a document again with one field changed; each field once')
    .requiredOption('--field <name>', 'name of the field in the template')
    .requiredOption('--value <text>', 'what it must say')
    .action((number: string, options: { field: string; value: string }) => correct(number, options));
  document
    .command('rotate-key <organization>')
    .description('sign with a new key from now on, and destroy the old one; what it signed stays valid')
    .action(rotate);
  document
    .command('trust <file>')
    .description('trust these keys of other systems (EU DCC, MOSIP) and no others; docs/how-to/documents.md shows the file')
    .action(trust);
}

async function list(json: boolean): Promise<void> {
  const rows = await withDatabase((database) => listDocuments(database, LISTED));
  const told = rows.map(({ number, version, template, issuedAt, expiresAt, revokedAt, revokeReason }) => ({
    ...{ number, version, template, issuedAt, expiresAt, revokedAt, revokeReason },
  }));
  if (json) printJson(told);
  else if (told.length === 0) print('No document yet.');
  else
    printTable([
      ['number', 'version', 'template', 'issued', 'revoked'],
      ...told.map((row) => [row.number, String(row.version), row.template, row.issuedAt.toISOString(), row.revokeReason ?? '']),
    ]);
}

async function revoke(number: string, reason: string): Promise<void> {
  const act = { number, officer: OFFICER, now: new Date(), reason };
  const result = await withDatabase(async (database) =>
    revokeDocument(database, { ...act, organizationId: await organizationOf(database, number) }),
  );
  if (!result.ok) throw new HazirError('usage:document', result.error.message, HINT);
  print(`${number} is revoked; verifiers know from their next visit on.`);
}

async function correct(number: string, { field, value }: { field: string; value: string }): Promise<void> {
  const now = new Date();
  const act = { number, field, value, officer: OFFICER, now, newId: () => freshId(now.getTime()), random: Math.random };
  const result = await withDatabase(async (database) => {
    const organizationId = await organizationOf(database, number);
    return database.transaction(async (tx) => {
      const corrected = await correctDocument(tx, { ...act, organizationId });
      // Thrown inside, so that nothing half-done is kept.
      if (!corrected.ok) throw new HazirError('usage:document', corrected.error.message, HINT);
      return corrected.value;
    });
  });
  print(`${number} was issued again as version ${result.version}; the earlier one does not count any more.`);
}

async function rotate(slug: string): Promise<void> {
  const kid = await withDatabase(async (database) => {
    const found = (await listOrganizations(database)).find((organization) => organization.slug === slug);
    if (found === undefined) throw new HazirError('usage:organization', `There is no organization "${slug}".`);
    return database.transaction((tx) => rotateKey(tx, found.id, new Date()));
  });
  print(`Documents are signed with key ${kid} from now on.`);
}

async function trust(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new HazirError('usage:document', `The file ${file} cannot be read.`, { hint: 'Name a YAML or JSON file.' });
  });
  const read = foreignKeysFile.safeParse(yamlOf(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new HazirError(
      'usage:document',
      `${file} is no list of keys: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
      {
        hint: 'docs/how-to/documents.md shows the file.',
      },
    );
  }
  await withDatabase((database) => trustForeignKeys(database, read.data.keys));
  print(`${read.data.keys.length} keys of other systems are trusted; verifiers know from their next visit on.`);
}

function yamlOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

async function organizationOf(database: Database, number: string): Promise<number> {
  const [found] = await organizationsWithNumber(database, number);
  if (found === undefined) throw new HazirError('usage:document', `No document has the number ${number}.`, HINT);
  return found;
}
