/**
 * Who works which number. A number never needs more than one process (its provider's ceiling is a fraction of what one
 * does), so each is worked by exactly one: its inbox, its timers, its sending. A lease is an advisory lock of the database on
 * one connection of the process: it dies with a killed process at once, and the server ends the connection of one that hangs.
 * The processes share the numbers evenly. Correctness never rests on a lease, every commit checks what it changes; the lease keeps
 * two processes from sending the same message.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '@hazir/store';
import pg from 'pg';
import type { Log } from './log.ts';

export interface Leases {
  /** True while the lease is held and was confirmed lately: nobody else can hold it now. */
  holds: (id: number) => boolean;
  held: () => number[];
  /** Gives everything up in order. */
  stop: () => Promise<void>;
}

export interface LeaseHolder {
  /** What there is to hold; asked again at every look. */
  wanted: () => readonly number[];
  /** Takes up what waits; it may take long, and the lease may be lost meanwhile: `stillHeld` tells. */
  gained: (ids: readonly number[], stillHeld: (id: number) => boolean) => Promise<void>;
  /** Finishes what is under way, before the lease is given up. */
  handBack: (ids: readonly number[]) => Promise<void>;
  /** The leases are gone already: stop at once. */
  lost: (ids: readonly number[]) => void;
  /** Signals of other processes to listen to, by name. */
  signals: Readonly<Record<string, (payload: string) => void>>;
}

/** What one process does for all: the job queue. */
export const CHORES = 0;

const LEASES = 1_212_242_258;
const PRESENCE = 1_212_242_259;
const LOOK_MS = 500;
/** The database ends the connection of a process that has not looked for this long; we stop a good while before it does. */
const HANGING_MS = 8_000;
const CONFIRMED_MS = 5_000;
const SESSION = `-c idle_session_timeout=${HANGING_MS} -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3`;

interface Holding {
  database: Database;
  holder: LeaseHolder;
  log: Log;
  held: Set<number>;
  /** When the database last showed that the connection, and so every lease, lives; by the monotonic clock. */
  confirmedAt: number;
  client: pg.Client | undefined;
  stopping: boolean;
}

/** Looks at once, then until stopped; resolves after the first look. */
export async function holdLeases(database: Database, holder: LeaseHolder, log: Log): Promise<Leases> {
  const holding: Holding = {
    ...{ database, holder, log, held: new Set(), confirmedAt: 0, client: undefined, stopping: false },
  };
  await lookSafely(holding);
  const looking = lookOn(holding);
  return {
    holds: (id) => holding.held.has(id) && performance.now() - holding.confirmedAt < CONFIRMED_MS,
    held: () => [...holding.held],
    stop: async () => {
      holding.stopping = true;
      await looking;
      await holder.handBack([...holding.held]);
      holding.held.clear();
      await disconnect(holding);
    },
  };
}

async function lookOn(holding: Holding): Promise<void> {
  while (!holding.stopping) {
    await delay(LOOK_MS, undefined, { ref: false });
    if (!holding.stopping) await lookSafely(holding);
  }
}

async function lookSafely(holding: Holding): Promise<void> {
  try {
    await look(holding);
  } catch (error) {
    await giveUp(holding, error);
  }
}

async function look(holding: Holding): Promise<void> {
  const { holder, held } = holding;
  const startedAt = performance.now();
  holding.client ??= await connect(holding);
  const { client } = holding;
  const { taken, workers } = await readLocks(client);
  holding.confirmedAt = startedAt;
  const wanted = [CHORES, ...holder.wanted()];
  const share = Math.ceil(wanted.length / workers);
  await giveBack(holding, client, surplusOf(held, wanted, share));
  const free = wanted.filter((id) => !taken.has(id) && !held.has(id)).slice(0, Math.max(0, share - held.size));
  const gained: number[] = [];
  for (const id of free) if (await tryLock(client, id)) gained.push(id);
  if (holding.client !== client || gained.length === 0) return;
  for (const id of gained) held.add(id);
  holding.log('info', 'leases_gained', { numbers: gained.filter((id) => id !== CHORES), workers });
  const stillOurs = () => holding.client === client;
  const taking = holder.gained(gained, (id) => stillOurs() && held.has(id));
  // Held and not worked would be worse than not held, however late that shows.
  void taking.catch((error: unknown) => (stillOurs() ? giveUp(holding, error) : undefined));
  await withinPatience(taking);
}

/** What exists no more, and what is more than an even share. */
function surplusOf(held: ReadonlySet<number>, wanted: readonly number[], share: number): number[] {
  const gone = [...held].filter((id) => !wanted.includes(id));
  return [...gone, ...[...held].filter((id) => wanted.includes(id)).slice(share)];
}

async function giveBack({ holder, held }: Holding, client: pg.Client, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await withinPatience(holder.handBack(ids));
  for (const id of ids) held.delete(id);
  holder.lost(ids);
  for (const id of ids) await client.query('select pg_advisory_unlock($1, $2)', [LEASES, id]);
}

/** Not for ever: the connection must be looked at again before the database ends it. */
async function withinPatience(work: Promise<void>): Promise<void> {
  await Promise.race([work, delay(CONFIRMED_MS / 2, undefined, { ref: false })]);
}

/** Begins anew with another connection. */
async function giveUp(holding: Holding, error: unknown): Promise<void> {
  holding.log('warn', 'leases_unconfirmed', { detail: error instanceof Error ? error.message : String(error) });
  lose(holding);
  await disconnect(holding);
}

function lose({ held, holder, log }: Holding): void {
  const ids = [...held];
  held.clear();
  if (ids.length === 0) return;
  log('warn', 'leases_lost', { numbers: ids.filter((id) => id !== CHORES) });
  holder.lost(ids);
}

async function disconnect(holding: Holding): Promise<void> {
  const { client } = holding;
  holding.client = undefined;
  await client?.end().catch(() => undefined);
}

async function connect(holding: Holding): Promise<pg.Client> {
  const { signals } = holding.holder;
  const client = new pg.Client({
    connectionString: holding.database.url,
    connectionTimeoutMillis: CONFIRMED_MS,
    query_timeout: CONFIRMED_MS,
    application_name: 'hazir leases',
    options: SESSION,
  });
  const ended = () => {
    if (holding.client !== client) return;
    holding.client = undefined;
    lose(holding);
  };
  client.on('error', ended);
  client.once('end', ended);
  client.on('notification', ({ channel, payload }) => signals[channel]?.(payload ?? ''));
  await client.connect();
  await client.query('select pg_advisory_lock_shared($1, 0)', [PRESENCE]);
  for (const name of Object.keys(signals)) await client.query(`listen ${name}`);
  return client;
}

/** What anybody holds, and how many processes share it. */
async function readLocks(client: pg.Client): Promise<{ taken: Set<number>; workers: number }> {
  const { rows } = await client.query<{ kind: number; id: number; holders: number }>(
    `select classid::bigint::int as kind, objid::bigint::int as id, count(*)::int as holders from pg_locks
      where locktype = 'advisory' and objsubid = 2 and granted and classid::bigint in ($1, $2)
        and database = (select oid from pg_database where datname = current_database()) group by 1, 2`,
    [LEASES, PRESENCE],
  );
  return {
    taken: new Set(rows.filter((row) => row.kind === LEASES).map((row) => row.id)),
    workers: rows.find((row) => row.kind === PRESENCE)?.holders ?? 1,
  };
}

async function tryLock(client: pg.Client, id: number): Promise<boolean> {
  const { rows } = await client.query<{ won: boolean }>('select pg_try_advisory_lock($1, $2) as won', [LEASES, id]);
  return rows[0]?.won === true;
}
