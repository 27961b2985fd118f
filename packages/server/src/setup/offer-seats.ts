/** Offers seats that became free to those who wait for them: the pack's own flow is opened through the inbox. */
import { type ChannelBook, LOOK_SIGNAL, type PackBook, startEntry } from '@hazir/runtime';
import { OFFER_FLOW, type Offer, offerSeats } from '@hazir/services';
import { type Database, ingest, type Tx } from '@hazir/store';

export interface OfferDesk {
  database: Database;
  channels: ChannelBook;
  packs: PackBook;
}

/** Looks once; silent where a pack has no such flow. */
export function offerFreeSeats(desk: OfferDesk, now: number): Promise<number> {
  return offerSeats(desk.database, { now: new Date(now), tell: (tx, offer) => tell(desk, tx, { offer, now }) });
}

async function tell({ channels, packs }: OfferDesk, tx: Tx, { offer, now }: { offer: Offer; now: number }): Promise<void> {
  const { organizationId, contactId, values } = offer;
  const channel = channels.all().find(({ id }) => id === offer.channelId);
  const pack = channel && packs.current(organizationId, channel.pack)?.pack;
  if (channel === undefined || pack?.flows.has(OFFER_FLOW) !== true) return;
  const key = { organizationId, contactId, channelId: channel.id };
  await ingest(tx, [startEntry(key, { flow: OFFER_FLOW, values }, now)]);
  await tx.query(`notify ${LOOK_SIGNAL}`);
}
