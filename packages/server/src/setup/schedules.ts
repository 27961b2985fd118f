/** The sessions of each pack that come again: they are added once a day, and when a pack is published. */
import type { ChannelBook, PackBook } from '@hazir/runtime';
import { dateOf, planSessions } from '@hazir/services';
import type { Database } from '@hazir/store';
import { servicesOf } from './services-of.ts';

/** Adds what is missing; a day that was planned for a version of a pack is not planned again. */
export function createPlanning(house: {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
}): (now: Date) => Promise<void> {
  const planned = new Map<string, string>();
  return async (now) => {
    for (const { organizationId, pack: id } of house.channels.all()) {
      const pack = house.packs.current(organizationId, id)?.pack;
      const schedule = pack && servicesOf(pack)?.schedule;
      if (pack === undefined || schedule === undefined) continue;
      const [key, day] = [`${organizationId}|${id}`, `${pack.version}|${dateOf(now)}`];
      if (planned.get(key) === day) continue;
      await house.database.transaction((tx) => planSessions(tx, { organizationId, schedule, now }));
      planned.set(key, day);
    }
  };
}
