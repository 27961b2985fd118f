/** A transaction that begins when it is first needed; the turns of a batch share it and need not wait for each other's answers. */
import { type Database, prepared, type Tx } from '@hazir/store';
import type { PoolClient } from 'pg';

export interface LazyTransaction {
  open: () => Promise<Tx>;
  /** What `open` gave; undefined when nobody has asked. */
  current: () => Promise<Tx | undefined>;
  commit: () => Promise<void>;
  rollback: () => Promise<void>;
}

interface Begun {
  client: PoolClient;
  tx: Tx;
}

/** A batch without a service call or a rare write is one statement; the others share one transaction. */
export function lazyTransaction(database: Database): LazyTransaction {
  let begun: Promise<Begun> | undefined;
  const begin = async (): Promise<Begun> => {
    const client = await database.turns.connect();
    // Its failure is everybody's: the first statement after it fails, too.
    void client.query('begin').catch(() => undefined);
    return { client, tx: prepared(client) };
  };
  const end = async (statement: 'commit' | 'rollback') => {
    const ending = await begun?.catch(() => undefined);
    begun = undefined;
    if (ending === undefined) return;
    let broken: Error | undefined;
    try {
      await ending.client.query(statement);
    } catch (error) {
      broken = error instanceof Error ? error : new Error('connection lost');
      if (statement === 'commit') throw broken;
    } finally {
      ending.client.release(broken);
    }
  };
  return {
    open: async () => {
      begun ??= begin();
      return (await begun).tx;
    },
    current: async () => (await begun)?.tx,
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  };
}
