/** Tells citizens what a service has decided: the pack's own flow is opened through the inbox, in the same transaction. */
import { handIn } from '@hazir/runtime';
import type { Tell } from '@hazir/services';
import { type Channel, type Database, listChannels, newestVersions, readPackVersion } from '@hazir/store';

export interface FlowDesk {
  channel: (id: number) => Channel | undefined;
  /** True when the pack of this number has such a flow. */
  hasFlow: (channel: Channel, flow: string) => boolean;
  now: number;
}

/** Silent where a citizen has no number any more, or its pack no such flow. */
export function openFlows({ channel: find, hasFlow, now }: FlowDesk): Tell {
  return async (tx, { organizationId, contactId, channelId, flow, values }) => {
    const channel = channelId === null ? undefined : find(channelId);
    if (channel === undefined || !hasFlow(channel, flow)) return;
    await handIn(tx, { type: 'start', organizationId, contactId, channelId: channel.id, flow, values }, now);
  };
}

/** The same for a command, which has no packs in memory: what the numbers run is read once. */
export async function readFlowDesk(database: Database, now: number): Promise<FlowDesk> {
  const channels = new Map((await listChannels(database)).map((channel) => [channel.id, channel]));
  const flows = new Set<string>();
  for (const version of await newestVersions(database)) {
    const found = await readPackVersion(database, version);
    for (const file of Object.keys(found?.files ?? {})) flows.add(`${version.organizationId}|${version.pack}|${file}`);
  }
  return {
    channel: (id) => channels.get(id),
    hasFlow: ({ organizationId, pack }, flow) => flows.has(`${organizationId}|${pack}|flows/${flow}.yaml`),
    now,
  };
}
