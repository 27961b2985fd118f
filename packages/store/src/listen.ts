/** Hears what the database tells: one connection that listens, made again whenever it is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './database.ts';

export interface Listener {
  stop: () => Promise<void>;
}

const AGAIN_MS = 1_000;

/** `heard` gets the payload of each notice; `gap` is called when some may have been missed: the connection was lost and is there again. */
export async function listenTo(
  { url }: Pick<Database, 'url'>,
  { channel, heard, gap }: { channel: string; heard: (payload: string) => void; gap: () => void },
): Promise<Listener> {
  let client: pg.Client | undefined;
  let stopping = false;
  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true });
    fresh.on('error', () => undefined);
    fresh.on('notification', ({ payload = '' }) => heard(payload));
    await fresh.connect();
    await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    fresh.once('end', () => void (client === fresh && again()));
    client = fresh;
  };
  const again = async () => {
    while (!stopping) {
      await delay(AGAIN_MS, undefined, { ref: false });
      if (stopping) return;
      const done = await connect().then(
        () => true,
        () => false,
      );
      if (done) return gap();
    }
  };
  await connect();
  return {
    stop: async () => {
      stopping = true;
      await client?.end().catch(() => undefined);
    },
  };
}
