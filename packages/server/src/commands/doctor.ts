import { HazirError } from '@hazir/core';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { print, printJson } from './output.ts';
import { withDatabase } from './with-database.ts';

interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look for what keeps Hazir from running here, and say the remedy')
    .option('--json', 'print as JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      if (options.json) printJson(findings);
      else for (const { name, ok, detail } of findings) print(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${detail}`);
      if (findings.some((finding) => !finding.ok)) process.exitCode = 1;
    });
}

const OLDEST_NODE = 24;

async function examine(): Promise<Finding[]> {
  const major = Number(process.versions.node.split('.')[0]);
  return [
    {
      name: 'Node.js',
      ok: major >= OLDEST_NODE,
      detail: `${process.versions.node}${major >= OLDEST_NODE ? '' : `, ${OLDEST_NODE} or newer is needed`}`,
    },
    await probe('Settings', async () => `${Object.keys(readConfig(process.env)).length} settings read`),
    await probe('Database', () =>
      withDatabase(
        async (database) => {
          const { rows } = await database.query<{ version: string; ctype: string }>(
            `select current_setting('server_version') as version, datctype as ctype from pg_database where datname = current_database()`,
          );
          return `PostgreSQL ${rows[0]?.version}, LC_CTYPE ${rows[0]?.ctype}, ${database.embedded ? 'embedded' : 'your own server'}`;
        },
        { migrated: false },
      ),
    ),
    await probe('Waiting', () => withDatabase(async (database) => countWaiting(database))),
  ];
}

async function countWaiting(database: { query: (text: string) => Promise<{ rows: unknown[] }> }): Promise<string> {
  const { rows } = await database.query(
    `select format('%s in the inbox, %s in the outbox, %s parked', (select count(*) from inbox), (select count(*) from outbox), (select count(*) from parked_messages)) as text`,
  );
  const [row] = rows;
  return typeof row === 'object' && row !== null && 'text' in row ? String(row.text) : 'nothing';
}

async function probe(name: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    const hint = error instanceof HazirError && error.hint !== undefined ? ` ${error.hint}` : '';
    return { name, ok: false, detail: `${error instanceof Error ? error.message : String(error)}${hint}` };
  }
}
