/** The outbox: what was decided to be said and is not known to have arrived at the provider. */
import type { Tx } from '../database.ts';
import type { OutboxState, OutboxWrite } from './turns.ts';

export interface OutboxRow extends OutboxWrite {
  attempt: number;
}

/** Everything unsent, oldest first: read once, when a sender takes over. */
export async function readOutbox(tx: Tx): Promise<OutboxRow[]> {
  const { rows } = await tx.query<{
    organization_id: number;
    contact_id: string;
    id: string;
    channel_id: number;
    state: OutboxState;
    attempt: number;
    due_at: Date;
    payload: string;
  }>('select organization_id, contact_id, id, channel_id, state, attempt, due_at, payload from outbox order by id');
  return rows.map((row) => ({
    organizationId: row.organization_id,
    contactId: row.contact_id,
    id: row.id,
    channelId: row.channel_id,
    state: row.state,
    attempt: row.attempt,
    dueAt: row.due_at,
    payload: row.payload,
  }));
}

/** Notes the outcome of an attempt that was not the last. */
export async function postpone(tx: Tx, row: OutboxRow): Promise<void> {
  await tx.query(
    `update outbox set state = $4, attempt = $5, due_at = $6, payload = $7
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [row.organizationId, row.contactId, row.id, row.state, row.attempt, row.dueAt, row.payload],
  );
}

/** True while the provider is not known to have the message. */
export async function stillUnsent(tx: Tx, row: OutboxRow): Promise<boolean> {
  const { rowCount } = await tx.query('select 1 from outbox where organization_id = $1 and contact_id = $2 and id = $3', [
    row.organizationId,
    row.contactId,
    row.id,
  ]);
  return rowCount === 1;
}

/** Puts another message behind one that is in the log already (a template after a closed window). */
export async function enqueue(tx: Tx, row: OutboxRow): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into outbox (organization_id, contact_id, id, channel_id, state, attempt, due_at, payload)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [row.organizationId, row.contactId, row.id, row.channelId, row.state, row.attempt, row.dueAt, row.payload],
  );
  return rowCount === 1;
}
