/** The SQL of service requests. Everything runs inside the transaction of the turn, so that a replay finds all or nothing. */
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';
import { type RequestEvent, type RequestStatus, statusAfter } from './life-cycle.ts';
import { newReference, type ReferencePattern } from './reference.ts';

export interface RequestKey {
  organizationId: number;
  contactId: string;
  id: string;
}

export interface RequestRow {
  contact_id: string;
  id: string;
  reference: string;
  service_code: string;
  status: RequestStatus;
  description: string;
  area: string | null;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  channel_id: number | null;
  language: string;
  created_at: Date;
  updated_at: Date;
  expected_at: Date | null;
  closed_at: Date | null;
  rating: number | null;
  attachments: number;
}

export interface NewRequest extends RequestKey {
  serviceCode: string;
  description: string;
  area: string | null;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  channelId: number | null;
  language: string;
  now: Date;
  expectedAt: Date | null;
}

export interface NewEvent {
  /** The same at every replay. */
  id: string;
  type: RequestEvent;
  actor: string;
  note?: string | undefined;
  rating?: number | undefined;
  now: Date;
}

/** With ten million references, one in a hundred of them taken, twenty tries fail once in 10^40. */
const MOST_TRIES = 20;

const MOVES: Readonly<Partial<Record<RequestEvent, string>>> = {
  work_started: 'start',
  put_on_hold: 'hold',
  service_request_closed: 'close',
  service_request_reopened: 'reopen',
};

const columns = `r.contact_id, r.id, r.reference, r.service_code, r.status, r.description, r.area, r.latitude, r.longitude, r.address,
  r.channel_id, r.language, r.created_at, r.updated_at, r.expected_at, r.closed_at, r.rating,
  (select count(*)::int from service_request_attachments a where a.organization_id = r.organization_id
      and a.contact_id = r.contact_id and a.request_id = r.id) as attachments`;

/** Reads a request by its key. */
export async function readRequest(tx: Tx, { organizationId, contactId, id }: RequestKey): Promise<RequestRow | undefined> {
  const { rows } = await tx.query<RequestRow>(
    `select ${columns} from service_requests r where r.organization_id = $1 and r.contact_id = $2 and r.id = $3`,
    [organizationId, contactId, id],
  );
  return rows[0];
}

/** Finds a request by its reference, whoever its citizen is; `lock` keeps it from being changed meanwhile. */
export async function findByReference(
  tx: Tx,
  organizationId: number,
  { reference, lock = false }: { reference: string; lock?: boolean },
): Promise<RequestRow | undefined> {
  const { rows } = await tx.query<RequestRow>(
    `select ${columns} from service_request_references f
       join service_requests r on r.organization_id = f.organization_id and r.contact_id = f.contact_id and r.id = f.request_id
      where f.organization_id = $1 and f.reference = $2 ${lock ? 'for update of r' : ''}`,
    [organizationId, reference],
  );
  return rows[0];
}

/** A citizen's requests, the latest first. */
export async function listOfContact(
  tx: Tx,
  { organizationId, contactId, limit }: { organizationId: number; contactId: string; limit: number },
): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>(
    `select ${columns} from service_requests r where r.organization_id = $1 and r.contact_id = $2
      order by r.created_at desc, r.id desc limit $3`,
    [organizationId, contactId, limit],
  );
  return rows;
}

/** The newest events of a request, newest last. */
export async function listEvents(
  tx: Tx,
  key: RequestKey,
  limit: number,
): Promise<{ type: RequestEvent; happened_at: Date; note: string | null }[]> {
  const { rows } = await tx.query<{ type: RequestEvent; happened_at: Date; note: string | null }>(
    `select case move when 'start' then 'work_started' when 'hold' then 'put_on_hold' when 'close' then 'service_request_closed'
              when 'reopen' then 'service_request_reopened' else type end as type, happened_at, note
       from service_request_events
      where organization_id = $1 and contact_id = $2 and request_id = $3 order by happened_at desc, id desc limit $4`,
    [key.organizationId, key.contactId, key.id, limit],
  );
  return rows.reverse();
}

/**
 * Reserves a reference that no other request has. Inside a transaction an error would end it, so a taken one is skipped
 * with "do nothing". Throws `service-requests:references-full` when the pattern has hardly any left.
 */
export async function reserveReference(
  tx: Tx,
  { organizationId, contactId, id }: RequestKey,
  { pattern, random }: { pattern: ReferencePattern; random: () => number },
): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const reference = newReference(pattern, random);
    const { rowCount } = await tx.query(
      `insert into service_request_references (organization_id, reference, contact_id, request_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [organizationId, reference, contactId, id],
    );
    if (rowCount === 1) return reference;
  }
  throw new HazirError('service-requests:references-full', `No free reference after ${MOST_TRIES} tries.`, {
    hint: 'Raise services.service-requests.reference.digits in pack.yaml by one.',
  });
}

/** Inserts a request. Throws a unique violation when another attempt of the same turn was faster: the turn is then run again. */
export async function insertRequest(tx: Tx, request: NewRequest, reference: string): Promise<void> {
  const {
    organizationId,
    contactId,
    id,
    serviceCode,
    description,
    area,
    latitude,
    longitude,
    address,
    channelId,
    language,
    now,
    expectedAt,
  } = request;
  await tx.query(
    `insert into service_requests (organization_id, contact_id, id, reference, service_code, status, description, area, latitude, longitude,
       address, channel_id, language, created_at, updated_at, entered_at, expected_at, due_at, kind)
     values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $13, $13, $14, $14, 'open')`,
    [
      organizationId,
      contactId,
      id,
      reference,
      serviceCode,
      description,
      area,
      latitude,
      longitude,
      address,
      channelId,
      language,
      now,
      expectedAt,
    ],
  );
}

/** Attaches a citizen's messages; a repeated one is attached once. */
export async function attachMessages(
  tx: Tx,
  key: RequestKey,
  { messageIds, now }: { messageIds: readonly string[]; now: Date },
): Promise<void> {
  if (messageIds.length === 0) return;
  await tx.query(
    `insert into service_request_attachments (organization_id, contact_id, request_id, message_id, attached_at)
     select $1, $2, $3, message_id, $5 from unnest($4::uuid[]) as v (message_id) on conflict do nothing`,
    [key.organizationId, key.contactId, key.id, messageIds, now],
  );
}

/** Records an event and what follows from it; false when the event had been recorded before, and nothing is changed. */
export async function recordEvent(
  tx: Tx,
  key: RequestKey,
  { status, event }: { status: RequestStatus; event: NewEvent },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into service_request_events (organization_id, contact_id, id, request_id, type, actor, note, rating, happened_at, move, state)
     values ($1, $2, $3, $4, case when $10::text is null then $5 else 'service_request_moved' end, $6, $7, $8, $9, $10,
       case when $10::text is not null or $5 = 'service_request_opened' then $11 end) on conflict do nothing`,
    [
      key.organizationId,
      key.contactId,
      event.id,
      key.id,
      event.type,
      event.actor,
      event.note ?? null,
      event.rating ?? null,
      event.now,
      MOVES[event.type] ?? null,
      statusAfter(status, event.type),
    ],
  );
  if (rowCount !== 1) return false;
  await tx.query(
    `update service_requests set status = $4, version = version + 1, entered_at = case when status = $4 then entered_at else $5 end,
            kind = case $4 when 'in_progress' then 'working' when 'on_hold' then 'waiting' else $4 end, updated_at = greatest(updated_at, $5),
            closed_at = case $6 when 'service_request_closed' then $5::timestamptz when 'service_request_reopened' then null else closed_at end,
            reopened_count = reopened_count + ($6 = 'service_request_reopened')::int,
            rating = case $6 when 'service_request_reopened' then null else coalesce($7, rating) end
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [key.organizationId, key.contactId, key.id, statusAfter(status, event.type), event.now, event.type, event.rating ?? null],
  );
  return true;
}

/** Moves the expected end of a reopened request. */
export async function setExpected(tx: Tx, key: RequestKey, expectedAt: Date | null): Promise<void> {
  await tx.query('update service_requests set expected_at = $4 where organization_id = $1 and contact_id = $2 and id = $3', [
    key.organizationId,
    key.contactId,
    key.id,
    expectedAt,
  ]);
}
