/** One `hazir` command as a process of its own, as an operator runs it. */
import type { Database } from '@hazir/store';
import { startHazir } from './process.ts';

export interface Ran {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** Runs a command against the database of a test. */
export async function runHazir(database: Database, args: string[], environment: Record<string, string> = {}): Promise<Ran> {
  const ran = await startHazir({ DATABASE_URL: database.url, ...environment }, args);
  const code = await ran.gone;
  return { code, stdout: ran.stdout(), stderr: ran.stderr() };
}
