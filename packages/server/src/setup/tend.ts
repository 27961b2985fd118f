/** What a worker looks after again and again, message or no message: seats that became free, reminders that are due. */
import type { ChannelBook, PackBook } from '@hazir/runtime';
import { offerSeats, sendReminders } from '@hazir/services';
import type { Database } from '@hazir/store';
import { openFlows } from './open-flow.ts';

export interface TendedHouse {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
  now: () => number;
}

/** Looks after everything once. A call while one runs waits for that one; one that fails keeps no other from being done. */
export function createTending({ database, channels, packs, now }: TendedHouse): () => Promise<void> {
  const look = async () => {
    const at = now();
    const tell = openFlows({
      channel: channels.byId,
      hasFlow: ({ organizationId, pack }, flow) => packs.current(organizationId, pack)?.pack.flows.has(flow) === true,
      now: at,
    });
    const failures: unknown[] = [];
    for (const task of [offerSeats, sendReminders])
      await task(database, { now: new Date(at), tell }).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  let running: Promise<void> | undefined;
  return () => {
    running ??= look().finally(() => {
      running = undefined;
    });
    return running;
  };
}
