/** Tells citizens what a service has decided: the pack's own flow is opened through the inbox, in the same transaction. */
import { LOOK_SIGNAL, startEntry } from '@hazir/runtime';
import type { Tell } from '@hazir/services';
import { type Channel, ingest } from '@hazir/store';

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
    await ingest(tx, [startEntry({ organizationId, contactId, channelId: channel.id }, { flow, values }, now)]);
    await tx.query(`notify ${LOOK_SIGNAL}`);
  };
}
