/** The job queue's own tables. */
import type { Database } from '@hazir/store';
import { runMigrations } from 'graphile-worker';
import { jobLogger } from './jobs/job-logger.ts';
import type { Log } from './log.ts';

export async function migrateJobs(database: Database, log: Log): Promise<void> {
  await runMigrations({ pgPool: database.pool, logger: jobLogger(log) });
}
