/** Tells whoever is to be told: what is taken from the queue and the flow that is opened for it are one transaction. */
import type { JsonObject } from '@hazir/core';
import { type Database, listChannels, resolveContacts, type Tx } from '@hazir/store';
import type { Tell } from '../../tell.ts';

interface Notice {
  organizationId: number;
  id: string;
  contactId: string | null;
  channelId: number;
  phone: string | null;
  flow: string;
  inputs: JsonObject;
}

const AT_ONCE = 100;

/** Resolves with how many were told. */
export async function sendNotices(database: Database, { now, tell }: { now: Date; tell: Tell }): Promise<number> {
  const officers = await findOfficers(database, now);
  let told = 0;
  for (;;) {
    const taken = await database.transaction(async (tx) => {
      const notices = await takeNotices(tx, [...officers.keys()]);
      for (const { organizationId, contactId, channelId, phone, flow, inputs } of notices) {
        const hearer = contactId ?? officers.get(officerKey(organizationId, channelId, phone));
        if (hearer !== undefined) await tell(tx, { organizationId, contactId: hearer, channelId, flow, values: inputs });
      }
      return notices.length;
    });
    told += taken;
    if (taken < AT_ONCE) return told;
  }
}

async function takeNotices(tx: Tx, officers: readonly string[]): Promise<Notice[]> {
  const { rows } = await tx.query<Notice>(
    `with due as (select organization_id, id from service_request_notices
        where contact_id is not null or organization_id || '/' || channel_id || '/' || phone = any ($2) order by id limit $1 for update skip locked)
     delete from service_request_notices n using due where n.organization_id = due.organization_id and n.id = due.id
     returning n.organization_id as "organizationId", n.id, n.contact_id as "contactId", n.channel_id as "channelId", n.phone, n.flow, n.inputs`,
    [AT_ONCE, officers],
  );
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The contacts of officers who are to be told, by their phones; who has never written gets a contact first. */
async function findOfficers(database: Database, now: Date): Promise<ReadonlyMap<string, string>> {
  const { rows } = await database.query<{ organizationId: number; channelId: number; phone: string }>(
    `select distinct organization_id as "organizationId", channel_id as "channelId", phone from service_request_notices where phone is not null`,
  );
  const found = new Map<string, string>();
  if (rows.length === 0) return found;
  const channels = new Map((await listChannels(database)).map((channel) => [channel.id, channel]));
  for (const { organizationId, channelId, phone } of rows) {
    const channel = channels.get(channelId);
    if (channel === undefined) continue;
    const { channelType, businessId: scope } = channel;
    const identities = [{ kind: 'phone' as const, value: phone.replace(/^\+/, '') }];
    const { contactIds } = await resolveContacts(database, [{ organizationId, channelType, scope, identities, seenAt: now }]);
    if (contactIds[0] !== undefined) found.set(officerKey(organizationId, channelId, phone), contactIds[0]);
  }
  return found;
}

function officerKey(organizationId: number, channelId: number, phone: string | null): string {
  return `${organizationId}/${channelId}/${phone ?? ''}`;
}
