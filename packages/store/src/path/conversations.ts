/** Where conversations stand. */
import { column } from '../columns.ts';
import type { Tx } from '../database.ts';

export interface ConversationKey {
  organizationId: number;
  contactId: string;
  channelId: number;
}

export interface Conversation extends ConversationKey {
  /** 0: not stored yet. */
  version: number;
  session: string | null;
  lastInboundAt: Date | null;
  wakeAt: Date | null;
  language: string | null;
  name: string | null;
  phone: string | null;
  /** The citizen asked us to be silent. */
  optedOut: boolean;
  /** When the officer who has a ticket of it took it or wrote last: they talk, and the flows wait for a while. Null: nobody has one. */
  withPersonSince: Date | null;
}

/** Loads conversations with what the engine may know of the citizen; one that does not exist comes back with version 0. */
export async function loadConversations(tx: Tx, keys: readonly ConversationKey[]): Promise<Conversation[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<{
    organization_id: number;
    contact_id: string;
    channel_id: number;
    version: number;
    session: string | null;
    last_inbound_at: Date | null;
    wake_at: Date | null;
    language: string | null;
    name: string | null;
    phone: string | null;
    opted_out: boolean;
    with_person_since: Date | null;
  }>({
    name: 'load_conversations',
    text: LOAD,
    values: [column(keys, 'organizationId'), column(keys, 'contactId'), column(keys, 'channelId')],
  });
  return rows.map((row) => ({
    organizationId: row.organization_id,
    contactId: row.contact_id,
    channelId: row.channel_id,
    version: row.version,
    session: row.session,
    lastInboundAt: row.last_inbound_at,
    wakeAt: row.wake_at,
    language: row.language,
    name: row.name,
    phone: row.phone,
    optedOut: row.opted_out,
    withPersonSince: row.with_person_since,
  }));
}

const LOAD = `
  select k.organization_id, k.contact_id, k.channel_id, coalesce(c.version, 0) as version, c.session, c.last_inbound_at, c.wake_at,
         p.language, p.name, p.opted_out_at is not null as opted_out,
         (select max(greatest(t.assigned_at, t.answered_at)) from tickets t where t.organization_id = k.organization_id and t.contact_id = k.contact_id and t.channel_id = k.channel_id
             and t.assignee_id is not null and t.closed_at is null) as with_person_since,
         (select i.value from contact_identities i where i.organization_id = k.organization_id and i.contact_id = k.contact_id
             and i.kind = 'phone' and i.valid_to is null limit 1) as phone
    from unnest($1::int[], $2::uuid[], $3::int[]) as k (organization_id, contact_id, channel_id)
    join contacts p on p.organization_id = k.organization_id and p.id = k.contact_id
    left join conversations c on c.organization_id = k.organization_id and c.contact_id = k.contact_id and c.channel_id = k.channel_id`;

/** Conversations of these numbers whose timer is due, oldest first. */
export async function dueConversations(
  tx: Tx,
  due: { channelIds: readonly number[]; now: Date; limit: number },
): Promise<ConversationKey[]> {
  const { rows } = await tx.query<{ organization_id: number; contact_id: string; channel_id: number }>(
    'select organization_id, contact_id, channel_id from conversations where wake_at <= $2 and channel_id = any ($1) order by wake_at limit $3',
    [due.channelIds, due.now, due.limit],
  );
  return rows.map((row) => ({ organizationId: row.organization_id, contactId: row.contact_id, channelId: row.channel_id }));
}

/** Moves a timer that could not be served. */
export async function postponeTimer(tx: Tx, key: ConversationKey, at: Date): Promise<void> {
  await tx.query(
    `update conversations set wake_at = $4, version = version + 1
      where organization_id = $1 and contact_id = $2 and channel_id = $3 and wake_at is not null`,
    [key.organizationId, key.contactId, key.channelId, at],
  );
}

/** When the citizen last wrote, by the provider's clock. */
export async function lastInboundAt(tx: Tx, key: ConversationKey): Promise<Date | undefined> {
  const { rows } = await tx.query<{ at: Date | null }>(
    'select last_inbound_at as at from conversations where organization_id = $1 and contact_id = $2 and channel_id = $3',
    [key.organizationId, key.contactId, key.channelId],
  );
  return rows[0]?.at ?? undefined;
}
