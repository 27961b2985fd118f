import type pg from 'pg';

/**
 * The same pool, whose listening connection may be given back twice. The job queue does that when the server dies while it
 * listens, and the pool would then throw where nobody can catch it, which ends the process.
 */
export function forgivingPool(pool: pg.Pool): pg.Pool {
  type Connected = Parameters<pg.Pool['connect']>[0];
  const connect = (connected?: Connected) => {
    if (connected === undefined) return pool.connect();
    return pool.connect((error, client, release) => {
      let released = false;
      connected(error, client, (reason?: boolean | Error) => {
        if (!released) release(reason);
        released = true;
      });
    });
  };
  return new Proxy(pool, { get: (target, name) => (name === 'connect' ? connect : Reflect.get(target, name)) });
}
