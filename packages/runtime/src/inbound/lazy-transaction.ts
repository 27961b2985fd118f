/** A transaction that begins when it is first needed. */
import type { Database, Tx } from '@hazir/store';
import type { PoolClient } from 'pg';

export interface LazyTransaction {
  open: () => Promise<Tx>;
  current: () => Tx | undefined;
  commit: () => Promise<void>;
  rollback: () => Promise<void>;
}

/** A batch without a service call or a rare write is one statement; the others share one transaction. */
export function lazyTransaction(database: Database): LazyTransaction {
  let client: PoolClient | undefined;
  const end = async (statement: 'commit' | 'rollback') => {
    const ending = client;
    client = undefined;
    if (ending === undefined) return;
    let broken: Error | undefined;
    try {
      await ending.query(statement);
    } catch (error) {
      broken = error instanceof Error ? error : new Error('connection lost');
      if (statement === 'commit') throw broken;
    } finally {
      ending.release(broken);
    }
  };
  return {
    open: async () => {
      if (client === undefined) {
        client = await database.pool.connect();
        await client.query('begin');
      }
      return client;
    },
    current: () => client,
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  };
}
