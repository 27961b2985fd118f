/** Changes to a citizen's record, and the addresses that the sender needs. */
import type { Identity } from '@hazir/core';
import type { Tx } from '../database.ts';
import type { ConversationKey } from '../path/conversations.ts';

export interface ContactKey {
  organizationId: number;
  contactId: string;
}

/**
 * Changes the record, and moves the citizen's conversations with other numbers on: a process that works one of those remembers
 * what stood here before, and must read it again.
 */
async function setColumn(
  tx: Tx,
  key: ConversationKey,
  column: 'language' | 'name' | 'opted_out_at',
  value: unknown,
): Promise<void> {
  await tx.query(
    `with changed as (update contacts set ${column} = $4 where organization_id = $1 and id = $2)
     update conversations set version = version + 1 where organization_id = $1 and contact_id = $2 and channel_id <> $3`,
    [key.organizationId, key.contactId, key.channelId, value],
  );
}

/** `key` names the conversation in which it was said. */
export function setLanguage(tx: Tx, key: ConversationKey, language: string): Promise<void> {
  return setColumn(tx, key, 'language', language);
}

export function setName(tx: Tx, key: ConversationKey, name: string): Promise<void> {
  return setColumn(tx, key, 'name', name);
}

export function setOptedOut(tx: Tx, key: ConversationKey, at: Date | null): Promise<void> {
  return setColumn(tx, key, 'opted_out_at', at);
}

/** The open identities of a citizen on a channel: where to send. */
export async function addressesOf(tx: Tx, key: ContactKey, channelType: string): Promise<Identity[]> {
  const { rows } = await tx.query<Identity>({
    name: 'addresses_of',
    text: `select kind, value from contact_identities
            where organization_id = $1 and contact_id = $2 and channel_type = $3 and valid_to is null`,
    values: [key.organizationId, key.contactId, channelType],
  });
  return rows;
}

/** The record that a merged one lives on in, over however many mergers; the same id when it was not merged. */
export async function survivorOf(tx: Tx, key: ContactKey): Promise<string> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'survivor_of',
    text: `with recursive chain (id, depth) as (
             select $2::uuid, 0
             union all
             select c.merged_into, depth + 1 from chain join contacts c on c.organization_id = $1 and c.id = chain.id
              where c.merged_into is not null and depth < 100
           ) select id from chain order by depth desc limit 1`,
    values: [key.organizationId, key.contactId],
  });
  return rows[0]?.id ?? key.contactId;
}
