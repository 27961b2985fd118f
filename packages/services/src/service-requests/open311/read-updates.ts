/** GET servicerequestupdates, the extension that FixMyStreet began: what happened to requests, by the time at which it did. */
import type { Tx } from '@hazir/store';
import type { RequestDesk } from '../desk.ts';
import { MOST_REQUESTS, type Range } from './protocol/filter.ts';
import { writeMoment } from './protocol/moments.ts';
import type { Document } from './protocol/render.ts';
import { statusIn } from './status.ts';

export interface FoundUpdate {
  id: string;
  reference: string;
  service_code: string;
  /** The state that the request was in then. */
  state: string;
  note: string | null;
  happened_at: Date;
}

/** Updates of a time, or of requests; the oldest first, so that a client goes on where it stopped. */
export async function findUpdates(
  tx: Tx,
  organizationId: number,
  { range, references }: { range: Range; references: readonly string[] },
): Promise<FoundUpdate[]> {
  const { rows } = await tx.query<FoundUpdate>(
    `select e.id, r.reference, r.service_code, e.note, e.happened_at, coalesce(e.state, (select b.state from service_request_events b
          where b.organization_id = e.organization_id and b.contact_id = e.contact_id and b.request_id = e.request_id
            and b.state is not null and b.happened_at <= e.happened_at order by b.happened_at desc, b.id desc limit 1), 'open') as state
       from service_request_events e join service_requests r
         on r.organization_id = e.organization_id and r.contact_id = e.contact_id and r.id = e.request_id
      where e.organization_id = $1 and e.happened_at between $2 and $3 and (e.state is not null or e.note is not null)
        and e.type <> 'service_request_opened' and (cardinality($4::text[]) = 0 or r.reference = any($4))
      order by e.happened_at, e.id limit ${MOST_REQUESTS}`,
    [organizationId, range.from, range.to, references],
  );
  return rows;
}

export function updateList(found: readonly FoundUpdate[], { desk, details }: { desk: RequestDesk; details: boolean }): Document {
  const body = found.map(({ id, reference, service_code, state, note, happened_at }) => ({
    ...{ update_id: id, service_request_id: reference, status: statusIn(desk, service_code, state) },
    ...{ updated_datetime: writeMoment(happened_at), description: details ? note : null, media_url: null },
  }));
  return { root: 'service_request_updates', body };
}
