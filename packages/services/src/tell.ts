/** A citizen who is to be told something: a flow of the pack is opened for them, in the transaction that decided it. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';

export interface Told {
  organizationId: number;
  contactId: string;
  channelId: number | null;
  /** Flow of the pack; where a pack has none of this name, nobody is told. */
  flow: string;
  values: JsonObject;
}

/** Tells a citizen; called inside the transaction of what is told. */
export type Tell = (tx: Tx, told: Told) => Promise<void>;
