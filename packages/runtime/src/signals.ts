/** What processes tell each other through the database: there is something in an inbox, an identity has changed hands. */
import type { Database } from '@hazir/store';

/** Payload: ids of the numbers, with commas; empty: any. */
export const INBOX_SIGNAL = 'hazir_inbox';
export const IDENTITY_SIGNAL = 'hazir_identity';

export interface Signals {
  /** Tells whoever works these numbers to look. Many calls become one notice; a lost one is made up for by the sweep. */
  inbox: (channelIds: Iterable<number>) => void;
  identity: () => void;
}

export function createSignals(database: Database): Signals {
  let waiting = new Set<number>();
  let telling = false;
  const tell = async () => {
    if (telling) return;
    telling = true;
    while (waiting.size > 0) {
      const payload = [...waiting].join(',');
      waiting = new Set();
      await database.path.query('select pg_notify($1, $2)', [INBOX_SIGNAL, payload]).catch(() => undefined);
    }
    telling = false;
  };
  return {
    inbox: (channelIds) => {
      for (const id of channelIds) waiting.add(id);
      void tell();
    },
    identity: () => void database.path.query(`notify ${IDENTITY_SIGNAL}`).catch(() => undefined),
  };
}
