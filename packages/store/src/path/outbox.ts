/** The outbox: what was decided to be said and is not known to have arrived at the provider. */
import type { Tx } from '../database.ts';
import { LANES, type OutboxState, type OutboxWrite } from './turns.ts';

export interface OutboxRow extends OutboxWrite {
  attempt: number;
  /** How often nobody knew whether an attempt had arrived. */
  doubts: number;
  /** Not stored: when the citizen last wrote, for a row that was committed a moment ago. */
  lastInboundAt?: Date | null;
}

/** Everything unsent, in the order in which it was decided: read when a sender takes over. */
export async function readOutbox(tx: Tx): Promise<OutboxRow[]> {
  const { rows } = await tx.query<{
    organization_id: number;
    contact_id: string;
    id: string;
    channel_id: number;
    state: OutboxState;
    attempt: number;
    doubts: number;
    due_at: Date;
    payload: string;
    lane: number;
  }>(
    'select organization_id, contact_id, id, channel_id, state, attempt, doubts, due_at, payload, lane from outbox order by place',
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    contactId: row.contact_id,
    id: row.id,
    channelId: row.channel_id,
    state: row.state,
    attempt: row.attempt,
    doubts: row.doubts,
    dueAt: row.due_at,
    payload: row.payload,
    lane: LANES[row.lane] ?? 'reply',
  }));
}

/** Notes the outcome of an attempt that was not the last. */
export async function postpone(tx: Tx, row: OutboxRow): Promise<void> {
  await tx.query(
    `update outbox set state = $4, attempt = $5, due_at = $6, payload = $7, doubts = $8
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [row.organizationId, row.contactId, row.id, row.state, row.attempt, row.dueAt, row.payload, row.doubts],
  );
}

/**
 * Notes that another attempt begins, so that a crash during it leaves the message in doubt. False when the provider is known to
 * have the message meanwhile, or when its record was joined with another.
 */
export async function claimAgain(tx: Tx, row: OutboxRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update outbox set state = 0, attempt = $4, doubts = $5 where organization_id = $1 and contact_id = $2 and id = $3`,
    [row.organizationId, row.contactId, row.id, row.attempt, row.doubts],
  );
  return rowCount === 1;
}

/** A message of ours from the log, as a row to send again; undefined when it is not there. */
export async function readOutbound(
  tx: Tx,
  key: { organizationId: number; contactId: string; id: string },
): Promise<{ channelId: number; payload: string } | undefined> {
  const { rows } = await tx.query<{ channelId: number; payload: string }>(
    `select channel_id as "channelId", content as payload from messages where organization_id = $1 and contact_id = $2 and id = $3 and outbound`,
    [key.organizationId, key.contactId, key.id],
  );
  return rows[0];
}
