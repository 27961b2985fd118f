/** What processes tell each other through the database: what has come in, that there is something to look for, that an identity changed hands. */
import type { ConversationKey, Database } from '@hazir/store';

/** Something may wait in inboxes and outboxes. Payload: ids of the numbers, with commas; empty: any. */
export const LOOK_SIGNAL = 'hazir_look';
/** Inputs were stored. Payload: `number:place,place;number:place`. */
export const ARRIVAL_SIGNAL = 'hazir_arrivals';
export const IDENTITY_SIGNAL = 'hazir_identity';
/** What open consoles hear; the database's own triggers send to it, too. Payload: JSON with `kind` and `organizationId`. */
export const EVENTS_SIGNAL = 'hazir_events';

/** An input's number and its place in the inbox. */
export interface Arrived {
  channelId: number;
  seq: number;
}

export interface Signals {
  /** Tells whoever works these numbers to look. A lost notice is made up for by the sweep. */
  look: (channelId: number) => void;
  /** Tells whoever works these numbers what has come in. Many calls become one notice. */
  arrived: (places: Iterable<Arrived>) => void;
  identity: () => void;
  /** Tells open consoles that something was said in conversations which officers have. A lost notice costs them a moment. */
  talked: (keys: readonly ConversationKey[]) => void;
}

/** Places in one notice: PostgreSQL takes less than 8,000 bytes. */
const PLACES = 400;
const TALKS = 100;

export function createSignals(database: Database): Signals {
  let waiting: Arrived[] = [];
  let telling = false;
  const notify = (signal: string, payload: string) =>
    database.path.query('select pg_notify($1, $2)', [signal, payload]).catch(() => undefined);
  const tell = async () => {
    if (telling) return;
    telling = true;
    while (waiting.length > 0) {
      const told = waiting.slice(0, PLACES);
      waiting = waiting.slice(PLACES);
      await notify(ARRIVAL_SIGNAL, writeArrivals(told));
    }
    telling = false;
  };
  return {
    look: (channelId) => void notify(LOOK_SIGNAL, String(channelId)),
    arrived: (places) => {
      for (const { channelId, seq } of places) waiting.push({ channelId, seq });
      void tell();
    },
    identity: () => void notify(IDENTITY_SIGNAL, ''),
    talked: (keys) => {
      for (const [organizationId, of] of Map.groupBy(keys, (key) => key.organizationId))
        for (let from = 0; from < of.length; from += TALKS) {
          const contactIds = of.slice(from, from + TALKS).map(({ contactId }) => contactId);
          void notify(EVENTS_SIGNAL, JSON.stringify({ kind: 'talk', organizationId, contactIds }));
        }
    },
  };
}

function writeArrivals(places: readonly Arrived[]): string {
  const byNumber = Map.groupBy(places, ({ channelId }) => channelId);
  return [...byNumber].map(([channelId, ones]) => `${channelId}:${ones.map(({ seq }) => seq).join(',')}`).join(';');
}

export function readArrivals(payload: string): Arrived[] {
  return payload.split(';').flatMap((part) => {
    const [channelId, seqs = ''] = part.split(':');
    return seqs.split(',').map((seq) => ({ channelId: Number(channelId), seq: Number(seq) }));
  });
}
