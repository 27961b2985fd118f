/** Reads what happened to a request. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { RequestKey } from './records.ts';
import type { RequestEvent } from './request-events.ts';

export interface EventRow {
  id: string;
  type: RequestEvent;
  move: string | null;
  state: string | null;
  actor: string;
  post: string | null;
  note: string | null;
  details: JsonObject | null;
  happened_at: Date;
}

const COLUMNS = 'id, type, move, state, actor, post, note, details, happened_at';
const OF_REQUEST = 'organization_id = $1 and contact_id = $2 and request_id = $3';

/** The newest events of a request, newest last. */
export async function listEvents(tx: Tx, { organizationId, contactId, id }: RequestKey, limit: number): Promise<EventRow[]> {
  const { rows } = await tx.query<EventRow>(
    `select ${COLUMNS} from service_request_events where ${OF_REQUEST} order by happened_at desc, id desc limit $4`,
    [organizationId, contactId, id, limit],
  );
  return rows.reverse();
}

/** One event; undefined where it has not been recorded. */
export async function readEvent(
  tx: Tx,
  { organizationId, contactId, id }: RequestKey,
  eventId: string,
): Promise<EventRow | undefined> {
  const { rows } = await tx.query<EventRow>(`select ${COLUMNS} from service_request_events where ${OF_REQUEST} and id = $4`, [
    organizationId,
    contactId,
    id,
    eventId,
  ]);
  return rows[0];
}

/** The event that opened a request. */
export async function readOpening(tx: Tx, { organizationId, contactId, id }: RequestKey): Promise<EventRow | undefined> {
  const { rows } = await tx.query<EventRow>(
    `select ${COLUMNS} from service_request_events where ${OF_REQUEST} and type = 'service_request_opened' limit 1`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/** The last move of a request; undefined where nobody has moved it. */
export async function lastMove(tx: Tx, { organizationId, contactId, id }: RequestKey): Promise<EventRow | undefined> {
  const { rows } = await tx.query<EventRow>(
    `select ${COLUMNS} from service_request_events where ${OF_REQUEST} and move is not null order by happened_at desc, id desc limit 1`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/** Where a request has been sent away from: departments with their areas. */
export async function listLeft(
  tx: Tx,
  { organizationId, contactId, id }: RequestKey,
): Promise<{ department: string | null; area: string | null }[]> {
  const { rows } = await tx.query<{ department: string | null; area: string | null }>(
    `select details #>> '{from,department}' as department, details #>> '{from,area}' as area from service_request_events
      where ${OF_REQUEST} and details ? 'from'`,
    [organizationId, contactId, id],
  );
  return rows;
}
