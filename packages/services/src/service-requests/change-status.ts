/** What officers do with a request. Not for flows: a citizen's own acts are operations. */
import type { Tx } from '@hazir/store';
import { failed, type Outcome } from '../define-operation.ts';
import { mayFollow, type OfficerEvent, type RequestStatus, statusAfter } from './life-cycle.ts';
import { findByReference, recordEvent } from './records.ts';

export interface StatusChange {
  organizationId: number;
  /** As stored: MUM-4821-9374. */
  reference: string;
  event: OfficerEvent;
  /** The officer's id. */
  actor: string;
  /** For the citizen: what was done, or what it waits for. */
  note?: string;
  now: Date;
  newId: () => string;
}

/** Who is to be told of a change, and where. */
export interface StatusChanged {
  reference: string;
  serviceCode: string;
  status: RequestStatus;
  note: string | null;
  contactId: string;
  /** The channel on which the citizen asked; null where it is not known. */
  channelId: number | null;
  /** The language in which the citizen asked. */
  language: string;
}

/** Writes the event, derives the state and says whom to tell. Fails for an unknown reference and for a move that makes no sense. */
export async function changeStatus(tx: Tx, change: StatusChange): Promise<Outcome<StatusChanged>> {
  const { organizationId, reference, event, actor, note, now, newId } = change;
  const found = await findByReference(tx, organizationId, { reference, lock: true });
  if (found === undefined) return failed('service-requests:not-found', 'No request has this reference.');
  if (!mayFollow(found.status, event))
    return failed('service-requests:bad-move', `A request that is ${found.status} cannot have ${event}.`);
  const key = { organizationId, contactId: found.contact_id, id: found.id };
  await recordEvent(tx, key, { status: found.status, event: { id: newId(), type: event, actor, note, now } });
  const status = statusAfter(found.status, event);
  const { service_code: serviceCode, contact_id: contactId, channel_id: channelId, language } = found;
  return { ok: true, value: { reference, serviceCode, status, note: note ?? null, contactId, channelId, language } };
}

/** Closes a request: the citizen may reopen it for some time. */
export function closeServiceRequest(tx: Tx, change: Omit<StatusChange, 'event'>): Promise<Outcome<StatusChanged>> {
  return changeStatus(tx, { ...change, event: 'service_request_closed' });
}
