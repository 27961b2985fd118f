/** Who saw or did what to whom: written with what was done, never changed. Names of things only, no words of citizens. */
import type { JsonObject } from '@hazir/core';
import { freshId, type Tx } from '@hazir/store';

export const AUDITED = [
  'request.seen',
  'file.seen',
  'request.moves',
  'request.notes',
  'request.transfers',
  'request.assignments',
  'request.merges',
  'ticket.seen',
  'ticket.answered',
  'ticket.noted',
  'ticket.assigned',
  'ticket.closed',
  'audit.seen',
  'audit.exported',
  'team.added',
  'team.granted',
  'team.revoked',
  'team.suspended',
  'team.restored',
  'team.linked',
  'team.entered',
  'key.made',
  'key.revoked',
  'channel.connected',
  'channel.resumed',
  'channel.subscribed',
  'template.submitted',
  'ticket.transferred',
  'ticket.followed-up',
  'ticket.invited',
  'ticket.file-seen',
  'ticket.file-sent',
  'document.seen',
  'document.revoked',
  'document.corrected',
  'contact.searched',
  'contact.seen',
  'contact.talk-seen',
  'helpline.agent-set',
  'helpline.shift-added',
  'helpline.shift-removed',
] as const;

export type Audited = (typeof AUDITED)[number];

export interface AuditEvent {
  organizationId: number;
  /** "officer-" or "key-" with an id. */
  actor: string;
  address: string;
  action: Audited;
  /** Reference or id of what it was done to. */
  subject?: string;
  contactId?: string;
  details?: JsonObject;
  now: Date;
}

/** A page that stays open asks again every few seconds: so long it is one look. */
const ONE_LOOK_MINUTES = 15;

/** Somebody looked; the same one at the same again within a quarter of an hour is not written again. */
export async function recordLook(tx: Tx, event: AuditEvent & { subject: string }): Promise<void> {
  const { organizationId, actor, action, subject, now } = event;
  const { rowCount } = await tx.query(
    `select from audit_events where organization_id = $1 and subject = $2 and actor = $3 and action = $4
        and happened_at > $5::timestamptz - make_interval(mins => $6) limit 1`,
    [organizationId, subject, actor, action, now, ONE_LOOK_MINUTES],
  );
  if (rowCount === 0) await recordAudit(tx, event);
}

export async function recordAudit(
  tx: Tx,
  { organizationId, actor, address, action, subject, contactId, details, now }: AuditEvent,
): Promise<void> {
  await tx.query(
    `insert into audit_events (organization_id, id, actor, address, action, subject, contact_id, details, happened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [organizationId, freshId(now.getTime()), actor, address, action, subject ?? null, contactId ?? null, details ?? null, now],
  );
}
