/** The channels that Hazir speaks. To add one: its folder beside whatsapp/, and one line in the list below. */
import type { ChannelAdapter } from '@hazir/core';
import { whatsapp } from './whatsapp/index.ts';

const adapters: readonly ChannelAdapter[] = [whatsapp];

/** Every adapter by its channel type. */
export const channelAdapters: ReadonlyMap<string, ChannelAdapter> = new Map(
  adapters.map((adapter) => [adapter.channelType, adapter]),
);

export { whatsapp };
