/** Tells a citizen that a request has moved: the pack's update flow is opened through the inbox, like everything that happens. */
import { LOOK_SIGNAL, startEntry } from '@hazir/runtime';
import type { StatusChanged } from '@hazir/services';
import { ingest, listChannels, newestVersions, readPackVersion, type Tx } from '@hazir/store';

/** A pack that has this flow tells of every change; its inputs are reference, status and note. */
export const UPDATE_FLOW = 'request-update';

/** In the transaction of the change, so that neither is there without the other. Silent where the pack has no such flow. */
export async function tellCitizen(
  tx: Tx,
  change: { organizationId: number; changed: StatusChanged; now: number },
): Promise<void> {
  const { organizationId, changed, now } = change;
  const channel = (await listChannels(tx)).find((one) => one.id === changed.channelId);
  const newest = (await newestVersions(tx)).find((one) => one.organizationId === organizationId && one.pack === channel?.pack);
  const pack = newest && (await readPackVersion(tx, newest));
  if (channel === undefined || pack?.files[`flows/${UPDATE_FLOW}.yaml`] === undefined) return;
  const key = { organizationId, contactId: changed.contactId, channelId: channel.id };
  await ingest(tx, [startEntry(key, { flow: UPDATE_FLOW, values: updateValues(changed) }, now)]);
  await tx.query(`notify ${LOOK_SIGNAL}`);
}

/** What the update flow is opened with. */
export function updateValues({ reference, status, note }: StatusChanged): { reference: string; status: string; note: string } {
  return { reference, status, note: note ?? '' };
}
