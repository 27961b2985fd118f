import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { forgivingPool } from './forgiving-pool.ts';

const pool = new pg.Pool({ connectionString: inject('databaseServer'), max: 1 });
afterAll(() => pool.end());

const borrow = (from: pg.Pool) =>
  new Promise<(reason?: boolean) => void>((resolve, reject) => {
    from.connect((error, _client, release) => (error === undefined ? resolve(release) : reject(error)));
  });

test('a connection may be given back twice and is there once', async () => {
  const forgiving = forgivingPool(pool);
  const release = await borrow(forgiving);
  release();
  release(true);
  expect((await forgiving.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  const client = await forgiving.connect();
  client.release();
  expect([forgiving.totalCount, forgiving.idleCount]).toEqual([1, 1]);
});

test('the pool alone would throw', async () => {
  const release = await borrow(pool);
  release();
  expect(() => release()).toThrow('already been released');
});
