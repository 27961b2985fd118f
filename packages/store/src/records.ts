/** What is kept for operators: notices, unknown updates, stray statuses, tickets, parked messages. */
import type { Json } from '@hazir/core';
import type { Tx } from './database.ts';
import { LANES, type Lane } from './path/lanes.ts';

export async function saveNotice(
  tx: Tx,
  notice: { organizationId: number; channelId: number | null; accountId: string; field: string; body: Json },
): Promise<void> {
  await tx.query(
    'insert into channel_notices (organization_id, channel_id, account_id, field, body) values ($1, $2, $3, $4, $5)',
    [notice.organizationId, notice.channelId, notice.accountId, notice.field, JSON.stringify(notice.body)],
  );
}

export async function listNotices(
  tx: Tx,
  limit: number,
): Promise<{ accountId: string; field: string; body: Json; receivedAt: Date }[]> {
  const { rows } = await tx.query<{ accountId: string; field: string; body: Json; receivedAt: Date }>(
    `select account_id as "accountId", field, body, received_at as "receivedAt" from channel_notices order by id desc limit $1`,
    [limit],
  );
  return rows;
}

/** Most bytes kept of something that we do not understand. */
const UNKNOWN_BYTES = 65_536;

export async function saveUnknown(
  tx: Tx,
  unknown: { organizationId: number | null; accountId: string | null; reason: string; body: string },
): Promise<void> {
  // Postgres text takes no NUL; everything else of a hostile body is kept as it came.
  const body = unknown.body.replaceAll('\u0000', '').slice(0, UNKNOWN_BYTES);
  await tx.query('insert into unknown_updates (organization_id, account_id, reason, body) values ($1, $2, $3, $4)', [
    unknown.organizationId,
    unknown.accountId,
    unknown.reason,
    body,
  ]);
}

export async function saveStrayStatus(
  tx: Tx,
  status: { organizationId: number; channelId: number; externalId: string; body: Json },
): Promise<void> {
  await tx.query('insert into stray_statuses (organization_id, channel_id, external_id, body) values ($1, $2, $3, $4)', [
    status.organizationId,
    status.channelId,
    status.externalId,
    JSON.stringify(status.body),
  ]);
}

export interface NewTicket {
  organizationId: number;
  contactId: string;
  id: string;
  channelId: number;
  topic: string;
  summary: string;
  data: Json;
  /** 1 (somebody is in danger) to 5; 3 when absent. */
  priority?: number | undefined;
  openedAt: Date;
}

/** Opens a ticket. Somebody in danger who writes again within a quarter of an hour has one ticket, not ten. */
export async function openTicket(tx: Tx, ticket: NewTicket): Promise<void> {
  const { organizationId, contactId, id, channelId, topic, summary, data, priority = 3, openedAt } = ticket;
  await tx.query(
    `insert into tickets (organization_id, contact_id, id, channel_id, topic, summary, data, priority, opened_at)
     select $1::int, $2::uuid, $3::uuid, $4::int, $5::text, $6::text, $7::jsonb, $8::smallint, $9::timestamptz
     where $8::smallint > 1 or not exists (
       select from tickets
       where organization_id = $1 and contact_id = $2 and topic = $5 and summary = $6 and priority = 1
         and closed_at is null and opened_at > $9::timestamptz - interval '15 minutes'
     )
     on conflict do nothing`,
    [organizationId, contactId, id, channelId, topic, summary, JSON.stringify(data), priority, openedAt],
  );
}

export interface ParkedMessage {
  organizationId: number;
  id: string;
  channelId: number;
  contactId: string | null;
  direction: 'inbound' | 'outbound';
  reason: string;
  detail: string;
  payload: string;
  /** How urgent an outbound one was. */
  lane?: Lane;
}

/** Sets a message aside for an operator; nothing is thrown away. */
export async function parkMessage(tx: Tx, parked: ParkedMessage): Promise<void> {
  await tx.query(
    `insert into parked_messages (organization_id, id, channel_id, contact_id, direction, reason, detail, payload, lane)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      ...[parked.organizationId, parked.id, parked.channelId, parked.contactId],
      ...[parked.direction, parked.reason, parked.detail.slice(0, 2_000), parked.payload],
      parked.lane === undefined ? null : LANES.indexOf(parked.lane),
    ],
  );
}
