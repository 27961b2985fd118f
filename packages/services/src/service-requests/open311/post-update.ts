/** POST servicerequestupdates: a client that may says what was done with a request. */
import type { Tx } from '@hazir/store';
import { applyUpdate, kindOf } from './apply-update.ts';
import type { Posting } from './post-request.ts';
import { readMoment } from './protocol/moments.ts';
import { badRequest, notFound } from './protocol/refusal.ts';
import type { Document } from './protocol/render.ts';

const MOST_DESCRIPTION = 4_000;

/** Inside one transaction. Refuses an unknown request and an update that says nothing. */
export async function postUpdate(tx: Tx, { jurisdiction, key, given, now }: Posting): Promise<Document> {
  const reference = given.text('service_request_id') ?? badRequest('service_request_id was not provided.');
  readMoment('updated_datetime', given.text('updated_datetime'));
  const status = given.text('status', 60);
  const note = given.text('description', MOST_DESCRIPTION);
  if (status === undefined && note === undefined) badRequest('One of status and description is needed.');
  const kind = status === undefined ? undefined : (kindOf(status) ?? badRequest(`There is no status ${status}.`));
  const { organizationId, desk } = jurisdiction;
  const update = {
    organizationId,
    reference,
    source: `open311-${key.id}`,
    updateId: given.text('update_id', 200),
    kind,
    note,
    now,
  };
  const applied = await applyUpdate(tx, desk, update);
  if (applied.ok) return { root: 'service_request_updates', body: [{ update_id: applied.value.eventId }] };
  if (applied.error.code === 'service-requests:not-found') return notFound(`service_request_id ${reference} was not found.`);
  return badRequest(applied.error.message);
}
