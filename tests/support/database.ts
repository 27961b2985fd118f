/** A database of its own for the test file that asks. */
import { randomUUID } from 'node:crypto';
import { connect, type Database } from '@hazir/store';
import { afterAll, inject } from 'vitest';
import { databaseUrl, TEMPLATE } from './database-url.ts';

export async function openTestDatabase(): Promise<Database> {
  const serverUrl = inject('databaseServer');
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const server = connect(serverUrl, { poolSize: 1 });
  await server.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  const database = connect(databaseUrl(serverUrl, name), { poolSize: 10 });
  afterAll(async () => {
    await database.close();
    await server.query(`drop database if exists ${name} with (force)`);
    await server.close();
  });
  return database;
}
