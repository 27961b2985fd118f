/** The numbers in memory. Reading them again is cheap and happens when an unknown one writes, and now and then. */
import type { ChannelBook } from '@hazir/runtime';
import { type Channel, type Database, listChannels } from '@hazir/store';

/** At most one reading in this time, however many unknown numbers write. */
const REST_MS = 500;

export async function openChannelBook(database: Database, now: () => number): Promise<ChannelBook> {
  let channels: Channel[] = [];
  let byId = new Map<number, Channel>();
  let byAccount = new Map<string, Channel>();
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async () => {
    channels = await listChannels(database);
    byId = new Map(channels.map((channel) => [channel.id, channel]));
    byAccount = new Map(channels.map((channel) => [`${channel.channelType}|${channel.accountId}`, channel]));
  };
  await read();
  return {
    byAccount: (channelType, accountId) => byAccount.get(`${channelType}|${accountId}`),
    byId: (id) => byId.get(id),
    all: () => channels,
    reload: async () => {
      if (Math.abs(now() - readAt) < REST_MS) return;
      readAt = now();
      await read();
    },
  };
}
