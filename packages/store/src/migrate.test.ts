import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { databaseUrl } from '../../../tests/support/database-url.ts';
import { connect } from './database.ts';
import { migrate, storeMigrations } from './migrate.ts';

test('two processes that start at once migrate once', async () => {
  const server = connect(inject('databaseServer'), { poolSize: 1 });
  const name = `fresh_${randomUUID().slice(0, 8)}`;
  await server.query(`create database ${name}`);
  const url = databaseUrl(inject('databaseServer'), name);
  const files = (await readdir(storeMigrations.path)).filter((name) => name.endsWith('.sql'));
  const both = [connect(url, { poolSize: 3 }), connect(url, { poolSize: 3 })];
  const done = await Promise.all(both.map((database) => migrate(database, [storeMigrations])));
  expect(done.map((names) => names.length).sort()).toEqual([0, files.length]);
  await Promise.all(both.map((database) => database.close()));
  await server.query(`drop database ${name} with (force)`);
  await server.close();
});
