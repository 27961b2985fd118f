/** The one way to a database: a pool of connections, checked for version and locale before anything else is done. */
import { HazirError } from '@hazir/core';
import pg from 'pg';
import { type Cluster, startCluster } from './embedded/cluster.ts';
import { prepared } from './prepared.ts';

/** A connection inside a transaction, or the pool: whatever runs SQL. */
export interface Tx {
  query: <Row extends pg.QueryResultRow>(text: string | pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult<Row>>;
}

export interface Database extends Tx {
  pool: pg.Pool;
  /** The message path's own few connections, with planner settings that keep its plans from flipping. */
  path: pg.Pool;
  /** Connections of turns: what one asks is sent before the answer to another has come, and every statement is prepared. */
  turns: pg.Pool;
  url: string;
  embedded: boolean;
  /** True when an earlier or another process had the embedded server running. */
  adopted: boolean;
  /** Runs `work` in one transaction; any throw rolls back. */
  transaction: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
  /** Closes the pool and, where it is ours and `stopServer` was not false, stops the embedded server. */
  close: (options?: { stopServer?: boolean }) => Promise<void>;
}

export interface DatabaseOptions {
  /** A server of the user's own; absent: the embedded one below `dataDir`. */
  url?: string;
  dataDir: string;
  poolSize?: number;
}

const OLDEST_MAJOR = 15;
/** After this a connection that says nothing is given up: a broken line or a server that hangs tells nobody. */
const SILENT_MS = 30_000;
const PATH_CONNECTIONS = 6;
const TURN_CONNECTIONS = 3;
// On tables without statistics the planner may hash or scan for a batch of a few rows; every lookup here is by key.
const PATH_SETTINGS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_bitmapscan', 'jit']
  .map((name) => `-c ${name}=off`)
  .join(' ');

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connects, starting the embedded server where no address is given. Throws `database:...` with a remedy. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const cluster = options.url === undefined ? await startCluster({ dataDir: options.dataDir }) : undefined;
  const url = options.url ?? cluster?.url ?? '';
  const database = connect(url, { poolSize: options.poolSize ?? 16, cluster });
  try {
    await checkServer(database);
  } catch (error) {
    await database.close({ stopServer: cluster?.adopted === false });
    throw error;
  }
  return database;
}

/** Connects to a server that is known to be right (tests, tools). */
export function connect(url: string, options: { poolSize: number; cluster?: Cluster | undefined }): Database {
  const pool = openPool(url, options.poolSize);
  const path = openPool(url, PATH_CONNECTIONS, { options: PATH_SETTINGS, query_timeout: SILENT_MS });
  const turns = openPool(url, TURN_CONNECTIONS, { pipeline: true });
  return {
    pool,
    path,
    turns,
    url,
    embedded: options.cluster !== undefined,
    adopted: options.cluster?.adopted ?? false,
    query: (text, values) => pool.query(text, values),
    transaction: (work) => inTransaction(pool, work),
    close: async ({ stopServer = true } = {}) => {
      await Promise.all([pool.end(), path.end(), turns.end()]);
      if (stopServer) await options.cluster?.stop();
    },
  };
}

function openPool(url: string, max: number, more: pg.PoolConfig & { pipeline?: true } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    ...more,
  });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

export async function inTransaction<Result>(pool: pg.Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(prepared(client));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function checkServer(database: Database): Promise<void> {
  const { version, ctype, encoding } = await readServer(database);
  if (version < OLDEST_MAJOR * 10_000) {
    throw new HazirError(
      'database:too-old',
      `PostgreSQL ${Math.floor(version / 10_000)} is too old; Hazir needs ${OLDEST_MAJOR} or newer.`,
      {
        hint: 'Upgrade the server, or unset DATABASE_URL to use the embedded one.',
      },
    );
  }
  if (encoding !== 'UTF8' || ctype === 'C' || ctype === 'POSIX') {
    throw new HazirError(
      'database:locale',
      `The database has encoding ${encoding} and LC_CTYPE ${ctype}; Indian scripts cannot be searched in it.`,
      {
        hint: `Create it with: createdb -E UTF8 --locale=C.UTF-8 -T template0 NAME`,
      },
    );
  }
}

async function readServer(database: Database): Promise<{ version: number; ctype: string; encoding: string }> {
  try {
    const { rows } = await database.query<{ version: number; ctype: string; encoding: string }>(
      `select current_setting('server_version_num')::int as version, datctype as ctype, pg_encoding_to_char(encoding) as encoding
         from pg_database where datname = current_database()`,
    );
    if (rows[0] !== undefined) return rows[0];
  } catch (cause) {
    const reason = cause instanceof Error && cause.message !== '' ? cause.message : 'no answer';
    throw new HazirError('database:unreachable', `The database does not answer: ${reason}.`, {
      hint: 'Check DATABASE_URL and that the server runs, then start again.',
      cause,
    });
  }
  throw new HazirError('database:unreachable', 'The database told nothing about itself.');
}
