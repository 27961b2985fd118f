/** The SQL of service requests. Everything runs inside the transaction of the turn, so that a replay finds all or nothing. */
import { HazirError } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { ClockColumns } from './clocks/request-clock.ts';
import type { Stage } from './clocks/steps.ts';
import type { StateKind } from './life-cycles/life-cycle.ts';
import { newReference, type ReferencePattern } from './reference.ts';

export interface RequestKey {
  organizationId: number;
  contactId: string;
  id: string;
}

export interface RequestRow {
  organization_id: number;
  contact_id: string;
  id: string;
  reference: string;
  service_code: string;
  status: string;
  kind: StateKind;
  /** When the present state was entered. */
  entered_at: Date;
  version: number;
  department: string | null;
  post: string | null;
  settled: boolean;
  duplicate_of: string | null;
  remind_at: Date | null;
  reminders: number;
  description: string;
  area: string | null;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  channel_id: number | null;
  language: string;
  created_at: Date;
  updated_at: Date;
  priority: number;
  due_at: Date | null;
  expected_at: Date | null;
  paused_at: Date | null;
  escalation_level: number;
  /** Null for requests of before clocks. */
  clock_started_at: Date | null;
  /** From and to, as ISO 8601; null while it lasts. */
  clock_pauses: readonly (readonly [string, string | null])[];
  clock_stage: Stage;
  /** When the clock is to be looked at again. */
  clock_at: Date | null;
  closed_at: Date | null;
  reopened_count: number;
  rating: number | null;
}

export interface NewRequest extends RequestKey {
  serviceCode: string;
  status: string;
  kind: StateKind;
  department: string;
  post: string | null;
  description: string;
  area: string | null;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  channelId: number | null;
  language: string;
  now: Date;
  priority: number;
  clock: ClockColumns;
}

/** With ten million references, one in a hundred of them taken, twenty tries fail once in 10^40. */
const MOST_TRIES = 20;

/** Every column that is read, of `service_requests r`. */
export const REQUEST_COLUMNS = `r.organization_id, r.contact_id, r.id, r.reference, r.service_code, r.status, r.kind, r.entered_at, r.version,
  r.department, r.post, r.settled, r.duplicate_of, r.remind_at, r.reminders, r.description, r.area, r.latitude, r.longitude, r.address,
  r.channel_id, r.language, r.created_at, r.updated_at, r.priority, r.due_at, r.expected_at, r.paused_at, r.escalation_level, r.clock_started_at,
  r.clock_pauses, r.clock_stage, r.clock_at, r.closed_at, r.reopened_count, r.rating`;

/** That `service_requests r` is the one with a reference, by the references' own key; $1 is the organization. */
export function ofReference(reference: string): string {
  return `(r.contact_id, r.id) = (select f.contact_id, f.request_id from service_request_references f
    where f.organization_id = $1 and f.reference = ${reference})`;
}

export function keyOf({ organization_id: organizationId, contact_id: contactId, id }: RequestRow): RequestKey {
  return { organizationId, contactId, id };
}

/** Reads a request by its key. */
export async function readRequest(tx: Tx, { organizationId, contactId, id }: RequestKey): Promise<RequestRow | undefined> {
  const { rows } = await tx.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from service_requests r where r.organization_id = $1 and r.contact_id = $2 and r.id = $3`,
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
    `select ${REQUEST_COLUMNS} from service_requests r where r.organization_id = $1 and ${ofReference('$2')} ${lock ? 'for update of r' : ''}`,
    [organizationId, reference],
  );
  return rows[0];
}

/** A citizen's requests and those that the citizen follows, the latest first. */
export async function listOfContact(
  tx: Tx,
  { organizationId, contactId, limit }: { organizationId: number; contactId: string; limit: number },
): Promise<RequestRow[]> {
  const { rows } = await tx.query<RequestRow>(
    `select * from (
       (select ${REQUEST_COLUMNS}, r.created_at as since from service_requests r
         where r.organization_id = $1 and r.contact_id = $2 order by r.id desc limit $3)
       union all
       (select ${REQUEST_COLUMNS}, f.followed_at as since from service_request_followers f
          join service_request_references k on k.organization_id = f.organization_id and k.reference = f.reference
          join service_requests r on r.organization_id = k.organization_id and r.contact_id = k.contact_id and r.id = k.request_id
         where f.organization_id = $1 and f.contact_id = $2 and r.contact_id <> $2 and r.duplicate_of is null order by f.followed_at desc limit $3)) own
      order by since desc, id desc limit $3`,
    [organizationId, contactId, limit],
  );
  return rows;
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
export async function insertRequest(tx: Tx, request: NewRequest, reference: string): Promise<RequestRow> {
  const { organizationId, contactId, id, serviceCode, status, kind, department, post, description } = request;
  const { area, latitude, longitude, address, channelId, language, now, priority, clock } = request;
  const { rows } = await tx.query<RequestRow>(
    `insert into service_requests as r (organization_id, contact_id, id, reference, service_code, status, kind, department, post, description, area,
       latitude, longitude, address, channel_id, language, created_at, updated_at, entered_at, priority, expected_at, due_at,
       clock_started_at, clock_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $17, $18, $19, $20, $21, $22) returning ${REQUEST_COLUMNS}`,
    [
      ...[organizationId, contactId, id, reference, serviceCode, status, kind, department, post, description, area],
      ...[latitude, longitude, address, channelId, language, now, priority],
      ...[clock.expected_at, clock.due_at, clock.clock_started_at, clock.clock_at],
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new HazirError('service-requests:not-found', 'The request that was just inserted is not there.');
  return row;
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

/** Attaches as many of a citizen's messages as the request has room for, the first ones first; the rest stay in the conversation. */
export async function attachRoomFor(
  tx: Tx,
  key: RequestKey,
  { messageIds, most, now }: { messageIds: readonly string[]; most: number; now: Date },
): Promise<void> {
  if (messageIds.length === 0) return;
  const room = most - (await countAttachments(tx, key, { but: messageIds }));
  await attachMessages(tx, key, { messageIds: messageIds.slice(0, Math.max(0, room)), now });
}

/** How many photos and documents a request has, besides those of the messages named. */
export async function countAttachments(
  tx: Tx,
  { organizationId, contactId, id }: RequestKey,
  { but }: { but: readonly string[] } = { but: [] },
): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    `select count(*)::int as count from service_request_attachments where organization_id = $1 and contact_id = $2 and request_id = $3
        and message_id <> all ($4::uuid[])`,
    [organizationId, contactId, id, but],
  );
  return rows[0]?.count ?? 0;
}
