/**
 * Somebody in danger waits: officers on call are told on their own phones, one rung of the ladder after the other, until one of them
 * has taken the ticket and written, or says that they are coming. Whoever took it and wrote nothing gives it back.
 */
import type { JsonObject } from '@hazir/core';
import { type Channel, type Database, listChannels, resolveContacts, type Tx } from '@hazir/store';
import type { Tell } from '../tell.ts';
import { deskOf, type Helpline, type Helplines } from './desk.ts';
import { IN_TEAM } from './on-duty.ts';

interface Urgent {
  id: string;
  number: number;
  topic: string;
  channelId: number;
  calls: number;
  minutes: number;
}

interface OnCall {
  officerId: string;
  phone: string;
}

const DANGER = 1;
const AT_ONCE = 50;
/** Whoever said that they are coming, or has taken it, has so long to write. */
const COMING_MINUTES = 5;
const FLOW = 'ticket-call';

/** Resolves with how many officers were told. */
export async function callOnDuty(
  database: Database,
  { now, tell, helplines }: { now: Date; tell: Tell; helplines: Helplines },
): Promise<number> {
  let told = 0;
  for (const [organizationId, helpline] of helplines) {
    await giveBack(database, { organizationId, now });
    for (const ticket of await urgentTickets(database, { organizationId, helpline, now })) {
      const officers = await onCall(database, { organizationId, desk: deskOf(helpline, ticket.topic)?.code ?? '', now });
      const officer = officers[ticket.calls];
      if (officer === undefined) continue;
      const contactId = await contactOf(database, { organizationId, channelId: ticket.channelId, phone: officer.phone, now });
      if (contactId === undefined) continue;
      told += await database.transaction((tx) => call(tx, { ticket, organizationId, contactId, now, tell }));
    }
  }
  return told;
}

/** What was taken and not answered waits again. */
async function giveBack(tx: Tx, { organizationId, now }: { organizationId: number; now: Date }): Promise<void> {
  await tx.query(
    `update tickets set assignee_id = null, offered_to = null, version = version + 1
      where organization_id = $1 and priority = $2 and closed_at is null and assignee_id is not null and first_answered_at is null
        and assigned_at <= $3::timestamptz - make_interval(mins => $4)`,
    [organizationId, DANGER, now, COMING_MINUTES],
  );
}

/** Those whose next rung is due. */
async function urgentTickets(
  tx: Tx,
  { organizationId, helpline, now }: { organizationId: number; helpline: Helpline; now: Date },
): Promise<Urgent[]> {
  const { rows } = await tx.query<Urgent>(
    `select id, number, topic, channel_id as "channelId", calls,
            floor(extract(epoch from $3::timestamptz - opened_at) / 60)::int as minutes
       from tickets where organization_id = $1 and priority = $2 and closed_at is null and assignee_id is null
        and (acknowledged_at is null or acknowledged_at <= $3::timestamptz - make_interval(mins => $4))
      order by opened_at limit $5`,
    [organizationId, DANGER, now, COMING_MINUTES, AT_ONCE],
  );
  return rows.filter(({ topic, calls, minutes }) => {
    const due = deskOf(helpline, topic)?.ladder[calls];
    return due !== undefined && minutes >= due;
  });
}

/** Once, however many processes look. */
async function call(
  tx: Tx,
  given: { ticket: Urgent; organizationId: number; contactId: string; now: Date; tell: Tell },
): Promise<number> {
  const { ticket, organizationId, contactId, now, tell } = given;
  const { id, number, topic, minutes, channelId } = ticket;
  const { rowCount } = await tx.query(
    `update tickets set calls = calls + 1, called_at = $4, version = version + 1
      where organization_id = $1 and id = $2 and calls = $3 and assignee_id is null and closed_at is null`,
    [organizationId, id, ticket.calls, now],
  );
  if (rowCount !== 1) return 0;
  const values: JsonObject = { id, number, topic, minutes };
  await tell(tx, { organizationId, contactId, channelId, flow: FLOW, values });
  return 1;
}

/** Whoever has a shift now, by rank; without a roster every officer of the desk who has a phone. */
async function onCall(
  tx: Tx,
  { organizationId, desk, now }: { organizationId: number; desk: string; now: Date },
): Promise<OnCall[]> {
  const { rows } = await tx.query<OnCall & { rank: number | null }>(
    `select a.officer_id as "officerId", a.phone, s.rank from helpline_agents a
       join officers o on o.id = a.officer_id and o.disabled_at is null
       left join lateral (select min(rank) as rank from helpline_shifts s where s.organization_id = a.organization_id
          and s.officer_id = a.officer_id and s.desk = $2 and s.starts_at <= $3 and s.ends_at > $3) s on true
      where a.organization_id = $1 and a.phone is not null and ${IN_TEAM} and (s.rank is not null or a.desks = '{}' or $2 = any (a.desks))
      order by s.rank nulls last, o.name, o.id`,
    [organizationId, desk, now],
  );
  const rostered = rows.filter(({ rank }) => rank !== null);
  return rostered.length > 0 ? rostered : rows;
}

/** The officer as a contact of the number; who has never written becomes one. */
async function contactOf(
  database: Database,
  { organizationId, channelId, phone, now }: { organizationId: number; channelId: number; phone: string; now: Date },
): Promise<string | undefined> {
  const channel: Channel | undefined = (await listChannels(database)).find(({ id }) => id === channelId);
  if (channel === undefined) return undefined;
  const { channelType, businessId: scope } = channel;
  const identities = [{ kind: 'phone' as const, value: phone }];
  const { contactIds } = await resolveContacts(database, [{ organizationId, channelType, scope, identities, seenAt: now }]);
  return contactIds[0];
}
