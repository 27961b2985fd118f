/** Opens the database of the settings for one command, and closes it again; a running server is left running. */
import { HazirError } from '@hazir/core';
import { type Database, openDatabase } from '@hazir/store';
import { type Config, readConfig } from '../config.ts';

export async function withDatabase<Result>(
  work: (database: Database, config: Config) => Promise<Result>,
  { migrated = true }: { migrated?: boolean } = {},
): Promise<Result> {
  const config = readConfig(process.env);
  const database = await openDatabase({
    dataDir: config.dataDir,
    poolSize: 4,
    ...(config.databaseUrl && { url: config.databaseUrl }),
  });
  try {
    if (migrated) await checkMigrated(database);
    return await work(database, config);
  } finally {
    await database.close({ stopServer: !database.adopted });
  }
}

/** A database without our tables is an ordinary thing to meet: say what to do. */
async function checkMigrated(database: Database): Promise<void> {
  const { rows } = await database.query<{ found: boolean }>("select to_regclass('organizations') is not null as found");
  if (rows[0]?.found === true) return;
  throw new HazirError('database:not-migrated', 'The database has no tables of Hazir yet.', {
    hint: 'Run: hazir migrate, or start the server once.',
  });
}
