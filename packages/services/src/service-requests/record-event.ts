/** Writes what happened to a request, and what the request has become by it: one statement, so that neither is there alone. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import type { RequestRow } from './records.ts';
import type { RequestEvent } from './request-events.ts';

export interface NewEvent {
  /** The same at every replay. */
  id: string;
  type: RequestEvent;
  /** "citizen", "follower", or the id of an officer or of a part of Hazir. */
  actor: string;
  /** The post that the officer held. */
  post?: string | undefined;
  move?: string | undefined;
  note?: string | undefined;
  rating?: number | undefined;
  details?: JsonObject | undefined;
  now: Date;
}

/** What an event may change of a request; the version and `updated_at` change by themselves. */
export type RequestChange = Partial<
  Omit<RequestRow, 'organization_id' | 'contact_id' | 'id' | 'reference' | 'description' | 'language' | 'created_at' | 'version'>
>;

const INSERT = `insert into service_request_events (organization_id, contact_id, request_id, id, type, actor, post, move, state, note, rating,
  details, happened_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`;

/** Writes the first event of a request, which is as it was inserted. */
export async function recordOpening(tx: Tx, row: RequestRow, event: NewEvent): Promise<void> {
  await tx.query(INSERT, eventValues(row, event, row.status));
}

/** Returns the request as it is now; undefined when the event had been recorded before, and nothing is changed. */
export async function recordEvent(
  tx: Tx,
  row: RequestRow,
  { event, change = {} }: { event: NewEvent; change?: RequestChange },
): Promise<RequestRow | undefined> {
  const { now } = event;
  const updated_at = row.updated_at > now ? row.updated_at : now;
  const next: RequestRow = { ...row, ...change, version: row.version + 1, updated_at };
  const { rowCount } = await tx.query(
    `with event as (${INSERT} returning 1)
     update service_requests set status = $14, kind = $15, entered_at = $16, version = $17, department = $18, post = $19, settled = $20,
            duplicate_of = $21, remind_at = $22, reminders = $23, service_code = $24, area = $25, priority = $26, due_at = $27, expected_at = $28,
            paused_at = $29, escalation_level = $30, closed_at = $31, reopened_count = $32, rating = $33, updated_at = $34,
            clock_started_at = $35, clock_pauses = $36, clock_stage = $37, clock_at = $38
      where organization_id = $1 and contact_id = $2 and id = $3 and exists (select from event)`,
    [
      ...eventValues(row, event, event.move === undefined ? null : next.status),
      ...[next.status, next.kind, next.entered_at, next.version, next.department, next.post, next.settled, next.duplicate_of],
      ...[next.remind_at, next.reminders, next.service_code, next.area, next.priority, next.due_at, next.expected_at],
      ...[next.paused_at, next.escalation_level, next.closed_at, next.reopened_count, next.rating, updated_at],
      ...[next.clock_started_at, JSON.stringify(next.clock_pauses), next.clock_stage, next.clock_at],
    ],
  );
  return rowCount === 1 ? next : undefined;
}

function eventValues(row: RequestRow, event: NewEvent, state: string | null): unknown[] {
  return [
    ...[
      row.organization_id,
      row.contact_id,
      row.id,
      event.id,
      event.type,
      event.actor,
      event.post ?? null,
      event.move ?? null,
      state,
    ],
    ...[event.note ?? null, event.rating ?? null, event.details ?? null, event.now],
  ];
}
