/** Contacts as officers see them. */
import type { Tx } from '../database.ts';

export interface ContactRow {
  id: string;
  name: string | null;
  language: string | null;
  phone: string | null;
  optedOutAt: Date | null;
  createdAt: Date;
  lastInboundAt: Date | null;
}

export interface ContactIdentity {
  kind: string;
  value: string;
  validFrom: Date;
  lastSeenAt: Date;
  validTo: Date | null;
}

const COLUMNS = `c.id, c.name, c.language, c.opted_out_at as "optedOutAt", c.created_at as "createdAt",
  (select i.value from contact_identities i where i.organization_id = c.organization_id and i.contact_id = c.id
     and i.kind = 'phone' and i.valid_to is null limit 1) as phone,
  (select max(v.last_inbound_at) from conversations v where v.organization_id = c.organization_id and v.contact_id = c.id) as "lastInboundAt"`;

/** Whose name begins so, or whose number ends so: digits are a number. Nobody who was joined with somebody else. */
export async function findContacts(
  tx: Tx,
  { organizationId, search, limit }: { organizationId: number; search: string; limit: number },
): Promise<ContactRow[]> {
  const digits = search.replaceAll(/[\s+()-]/g, '');
  const byNumber = /^\d+$/.test(digits);
  const pattern = byNumber ? `${[...digits].reverse().join('')}%` : `${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  const found = byNumber
    ? `c.id in (select i.contact_id from contact_identities i where i.organization_id = $1 and i.kind = 'phone' and i.valid_to is null
         and reverse(i.value) like $2 limit $3)`
    : 'lower(c.name) like $2';
  const { rows } = await tx.query<ContactRow>(
    `select ${COLUMNS} from contacts c where c.organization_id = $1 and c.merged_into is null and ${found} order by lower(c.name), c.id limit $3`,
    [organizationId, pattern, limit],
  );
  return rows;
}

export async function readContact(
  tx: Tx,
  { organizationId, id }: { organizationId: number; id: string },
): Promise<ContactRow | undefined> {
  const { rows } = await tx.query<ContactRow>(`select ${COLUMNS} from contacts c where c.organization_id = $1 and c.id = $2`, [
    ...[organizationId, id],
  ]);
  return rows[0];
}

/** The provider's names for a contact, those of now first. */
export async function listIdentities(
  tx: Tx,
  { organizationId, id }: { organizationId: number; id: string },
): Promise<ContactIdentity[]> {
  const { rows } = await tx.query<ContactIdentity>(
    `select kind, value, valid_from as "validFrom", last_seen_at as "lastSeenAt", valid_to as "validTo" from contact_identities
      where organization_id = $1 and contact_id = $2 order by valid_to desc nulls first, kind limit 50`,
    [organizationId, id],
  );
  return rows;
}

/** The number on which a contact wrote last; undefined when they never wrote. */
export async function latestChannel(
  tx: Tx,
  { organizationId, id }: { organizationId: number; id: string },
): Promise<number | undefined> {
  const { rows } = await tx.query<{ channelId: number }>(
    `select channel_id as "channelId" from conversations where organization_id = $1 and contact_id = $2
      order by last_inbound_at desc nulls last, channel_id limit 1`,
    [organizationId, id],
  );
  return rows[0]?.channelId;
}
