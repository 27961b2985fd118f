/** What a process of Hazir does with messages, by its role: taking in (web), working numbers (worker), or both. */
import type { ChannelUpdate } from '@hazir/core';
import { type ConversationKey, ingest } from '@hazir/store';
import type { RuntimeDeps } from './deps.ts';
import { createFactRecorder } from './facts.ts';
import { createHttpClient } from './http.ts';
import { createAcceptance } from './inbound/accept.ts';
import { entryOf } from './inbound/hand-in.ts';
import type { ArrivedRow, StartRequested } from './inbound/item.ts';
import { followLateFailures } from './late-failures.ts';
import { workNumbers } from './numbers.ts';
import type { NumberState } from './sender/scheduler.ts';
import { createSignals } from './signals.ts';

export interface Runtime {
  /** Stores a webhook's updates; when it resolves they are durable. */
  accept: (channelType: string, updates: readonly ChannelUpdate[]) => Promise<void>;
  /** Opens a flow for a citizen from outside the conversation. */
  start: (key: ConversationKey, what: FlowStart) => Promise<void>;
  /** Shows a citizen that an officer has read their message, or writes. Best effort. */
  showRead: (channelId: number, externalId: string, writing: boolean) => Promise<void>;
  /** The numbers that this process works now; 0 stands for the chores. */
  held: () => number[];
  /** Messages decided and not yet with the provider. */
  unsent: () => number;
  /** What the sender of each number does now. */
  senders: () => NumberState[];
  /** Resolves when all that was accepted is processed and what can be sent now is sent. */
  settled: () => Promise<void>;
  /** Finishes what is under way and gives the numbers up. */
  stop: () => Promise<void>;
}

export type FlowStart = Pick<StartRequested, 'flow' | 'values' | 'lane'>;

export async function startRuntime(deps: RuntimeDeps): Promise<Runtime> {
  const facts = createFactRecorder(deps);
  const signals = createSignals(deps.database);
  const numbers = deps.role === 'web' ? undefined : await workNumbers(deps, facts, signals);
  const handOver: (rows: readonly ArrivedRow[]) => void = numbers?.handOver ?? signals.arrived;
  followLateFailures(deps, facts, numbers?.handOut ?? ((row) => signals.look(row.channelId)));
  const acceptance = createAcceptance(deps, facts, handOver);
  const http = createHttpClient(deps.settings.requestMs);
  return {
    accept: acceptance.accept,
    start: async (key, what) => handOver(await ingest(deps.database.path, [entryOf(startOf(key, what), deps.now())])),
    showRead: async (channelId, externalId, writing) => {
      const channel = deps.channels.byId(channelId);
      const adapter = channel && deps.adapters.get(channel.channelType);
      if (channel?.readReceipts === true && channel.stoppedReason === null && adapter !== undefined)
        await http.call(adapter.renderRead(externalId, writing, channel));
    },
    held: () => numbers?.held() ?? [],
    unsent: () => numbers?.unsent() ?? 0,
    senders: () => numbers?.senders() ?? [],
    settled: async () => {
      await acceptance.idle();
      await numbers?.settled();
      await facts.idle();
    },
    stop: async () => {
      await acceptance.idle();
      await numbers?.stop();
      await facts.idle();
      await http.close();
    },
  };
}

function startOf({ organizationId, contactId, channelId }: ConversationKey, what: FlowStart): StartRequested {
  return { type: 'start', organizationId, contactId, channelId, ...what };
}
