/**
 * One server on one data folder: whoever starts second must be refused before it has changed anything. The claim is an
 * advisory lock of the embedded database; it ends with our connection, also after kill -9.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { HazirError } from '@hazir/core';
import type { Database } from '@hazir/store';

const LOCK = 'hazir.server';
/** The connection of a killed server may live on for a moment. */
const TRIES = 10;
const BETWEEN_MS = 100;

/** Resolves with the way to give the claim up; throws `server:running` when another server holds it. */
export async function claimData(database: Database, dataDir: string): Promise<() => void> {
  const client = await database.pool.connect();
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as won', [LOCK]);
    if (rows[0]?.won === true) return () => client.release(true);
    if (tried < TRIES) await delay(BETWEEN_MS);
  }
  client.release(true);
  throw new HazirError('server:running', `Another Hazir already runs on the data in ${dataDir}.`, {
    hint: 'Stop it first, or choose another folder with HAZIR_DATA_DIR and another port with HAZIR_PORT.',
  });
}
