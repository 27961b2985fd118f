/** Opens the database of the settings for one command, and closes it again; a running server is left running. */
import { type Database, openDatabase } from '@hazir/store';
import { type Config, readConfig } from '../config.ts';

export async function withDatabase<Result>(work: (database: Database, config: Config) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env);
  const database = await openDatabase({
    dataDir: config.dataDir,
    poolSize: 4,
    ...(config.databaseUrl && { url: config.databaseUrl }),
  });
  try {
    return await work(database, config);
  } finally {
    await database.close({ stopServer: !database.adopted });
  }
}
