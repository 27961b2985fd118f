/** Something for a conversation from outside of the message path: an officer's words, a flow to be opened. It takes its place among what the citizen writes. */
import { freshId, type InboxEntry, ingest, type Tx } from '@hazir/store';
import { LOOK_SIGNAL } from '../signals.ts';
import type { RelayRequested, SayRequested, StartRequested } from './item.ts';

export type HandedIn = StartRequested | SayRequested | RelayRequested;

/** As it stands in the inbox. */
export function entryOf(said: HandedIn, now: number): InboxEntry {
  const { organizationId, channelId } = said;
  const lane = said.type === 'start' ? (said.lane ?? 'notification') : 'reply';
  return { organizationId, channelId, id: freshId(now), lane, payload: JSON.stringify(said) };
}

/** Is there with the transaction that decided it; whoever works the number is told to look. */
export async function handIn(tx: Tx, said: HandedIn, now: number): Promise<void> {
  await ingest(tx, [entryOf(said, now)]);
  await tx.query(`notify ${LOOK_SIGNAL}`);
}
