/**
 * Forward migrations: numbered SQL files, run by kysely's migrator, which holds a lock so that two processes starting
 * at once migrate once. A shipped file is never edited; a structure test compares checksums.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HazirError } from '@hazir/core';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './database.ts';

export interface MigrationFolder {
  /** Orders the folders: "0-store" before "1-service-requests". */
  prefix: string;
  path: string;
}

/** The store's own migrations; services bring folders of theirs. */
export const storeMigrations: MigrationFolder = {
  prefix: '0-store',
  path: fileURLToPath(new URL('../migrations', import.meta.url)),
};

/** Runs what has not run yet and returns the names of what was run. */
export async function migrate(database: Database, folders: readonly MigrationFolder[]): Promise<string[]> {
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: database.pool }) }),
    provider: { getMigrations: () => readMigrations(folders) },
    migrationTableName: 'hazir_migrations',
    migrationLockTableName: 'hazir_migrations_lock',
    // A service added later has a smaller name than a store migration added before it.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first one';
    const reason = error instanceof Error ? error.message : String(error);
    throw new HazirError('database:migration', `The migration ${failed} failed: ${reason}`, {
      hint: 'Nothing was changed. Restore the earlier version of Hazir, or report this text.',
      cause: error,
    });
  }
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}

/** Names of migrations that this version brings and the database has not run. */
export async function missingMigrations(database: Database, folders: readonly MigrationFolder[]): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>('select name from hazir_migrations');
  const done = new Set(rows.map((row) => row.name));
  return Object.keys(await readMigrations(folders)).filter((name) => !done.has(name));
}

async function readMigrations(folders: readonly MigrationFolder[]): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {};
  for (const folder of folders) {
    const files = (await readdir(folder.path)).filter((name) => name.endsWith('.sql')).sort();
    for (const file of files) {
      const text = await readFile(join(folder.path, file), 'utf8');
      migrations[`${folder.prefix}/${file.slice(0, -4)}`] = { up: async (db) => void (await sql.raw(text).execute(db)) };
    }
  }
  return migrations;
}
