/** Tickets: conversations that wait for a person, or are with one. */
import type { Tx } from '../database.ts';

export const OUTCOMES = ['solved', 'handed_over', 'unreachable', 'no_concern'] as const;

export type TicketOutcome = (typeof OUTCOMES)[number];

export interface Ticket {
  organizationId: number;
  id: string;
  contactId: string;
  channelId: number;
  topic: string;
  summary: string;
  /** 1: somebody is in danger. */
  priority: number;
  openedAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
  answeredAt: Date | null;
  closedAt: Date | null;
  outcome: TicketOutcome | null;
  version: number;
  contactName: string | null;
  contactPhone: string | null;
  language: string | null;
  /** When the citizen wrote last: for a day after it, free words may be sent. */
  lastInboundAt: Date | null;
}

export type TicketView = 'mine' | 'unassigned' | 'all' | 'closed';

interface Asked {
  organizationId: number;
  view: TicketView;
  officerId: string;
  limit: number;
  /** Tickets after this one in the order of the view. */
  after?: string | undefined;
}

const COLUMNS = `t.organization_id as "organizationId", t.id, t.contact_id as "contactId", t.channel_id as "channelId", t.topic, t.summary,
  t.priority, t.opened_at as "openedAt", t.assignee_id as "assigneeId", o.name as "assigneeName", t.answered_at as "answeredAt",
  t.closed_at as "closedAt", t.outcome, t.version, p.name as "contactName", p.language, c.last_inbound_at as "lastInboundAt",
  (select i.value from contact_identities i where i.organization_id = t.organization_id and i.contact_id = t.contact_id
     and i.kind = 'phone' and i.valid_to is null limit 1) as "contactPhone"`;
const FROM = `from tickets t
  join contacts p on p.organization_id = t.organization_id and p.id = t.contact_id
  left join conversations c on c.organization_id = t.organization_id and c.contact_id = t.contact_id and c.channel_id = t.channel_id
  left join officers o on o.id = t.assignee_id`;
const VIEWS: Readonly<Record<TicketView, string>> = {
  mine: 't.closed_at is null and t.assignee_id = $2',
  unassigned: 't.closed_at is null and t.assignee_id is null and $2::uuid is not null',
  all: 't.closed_at is null and $2::uuid is not null',
  closed: 't.closed_at is not null and $2::uuid is not null',
};

/** Open ones by urgency, then by how long they wait; closed ones, the latest first. */
export async function listTickets(tx: Tx, { organizationId, view, officerId, limit, after }: Asked): Promise<Ticket[]> {
  const closed = view === 'closed';
  const order = closed ? 't.closed_at desc, t.id desc' : 't.priority, t.opened_at, t.id';
  const follows = closed
    ? '(t.closed_at, t.id) < (select a.closed_at, a.id from tickets a where a.organization_id = $1 and a.id = $4)'
    : '(t.priority, t.opened_at, t.id) > (select a.priority, a.opened_at, a.id from tickets a where a.organization_id = $1 and a.id = $4)';
  const { rows } = await tx.query<Ticket>(
    `select ${COLUMNS} ${FROM} where t.organization_id = $1 and ${VIEWS[view]} and ($4::uuid is null or ${follows}) order by ${order} limit $3`,
    [organizationId, officerId, limit, after ?? null],
  );
  return rows;
}

/** One ticket of an organization; `lock` keeps it from being changed meanwhile. */
export async function readTicket(
  tx: Tx,
  { organizationId, id, lock = false }: { organizationId: number; id: string; lock?: boolean },
): Promise<Ticket | undefined> {
  const { rows } = await tx.query<Ticket>(
    `select ${COLUMNS} ${FROM} where t.organization_id = $1 and t.id = $2 ${lock ? 'for update of t' : ''}`,
    [organizationId, id],
  );
  return rows[0];
}

export interface TicketChange {
  assignee?: { id: string | null; at: Date };
  answeredAt?: Date;
  closed?: { at: Date; by: string; outcome: TicketOutcome };
}

/** Changes a ticket that is locked. The conversation's version moves with it, so that whoever works the number reads anew who talks. */
export async function changeTicket(tx: Tx, ticket: Ticket, { assignee: given, answeredAt, closed }: TicketChange): Promise<void> {
  const { organizationId, contactId, channelId, id } = ticket;
  const assignee = given === undefined ? ticket.assigneeId : given.id;
  await tx.query(
    `update tickets set assignee_id = $4, assigned_at = coalesce($9, assigned_at),
            answered_at = coalesce($5, answered_at), closed_at = $6, closed_by = $7, outcome = $8, version = version + 1
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [
      ...[organizationId, contactId, id, assignee, answeredAt ?? null],
      ...[closed?.at ?? null, closed?.by ?? null, closed?.outcome ?? null, given?.at ?? null],
    ],
  );
  await tx.query(
    'update conversations set version = version + 1 where organization_id = $1 and contact_id = $2 and channel_id = $3',
    [...[organizationId, contactId, channelId]],
  );
}

export interface TicketNote {
  id: string;
  officerName: string;
  text: string;
  writtenAt: Date;
}

export async function addTicketNote(
  tx: Tx,
  note: { organizationId: number; ticketId: string; id: string; officerId: string; text: string; now: Date },
): Promise<void> {
  await tx.query(
    `insert into ticket_notes (organization_id, ticket_id, id, officer_id, text, written_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [note.organizationId, note.ticketId, note.id, note.officerId, note.text, note.now],
  );
}

export async function listTicketNotes(
  tx: Tx,
  { organizationId, id }: Pick<Ticket, 'organizationId' | 'id'>,
): Promise<TicketNote[]> {
  const { rows } = await tx.query<TicketNote>(
    `select n.id, coalesce(o.name, '') as "officerName", n.text, n.written_at as "writtenAt" from ticket_notes n
       left join officers o on o.id = n.officer_id
      where n.organization_id = $1 and n.ticket_id = $2 order by n.written_at, n.id limit 500`,
    [organizationId, id],
  );
  return rows;
}

export interface TalkLine {
  /** Its time is in it (timeOfId). */
  id: string;
  outbound: boolean;
  /** JSON. */
  content: string;
  origin: string | null;
  /** Of what was sent: null while it is on its way. */
  status: 'failed' | 'read' | 'delivered' | 'sent' | null;
}

/** What was said on the ticket's number, the newest last; `before` is the id of the first line of the page after. */
export async function readTalk(
  tx: Tx,
  { organizationId, contactId, channelId }: Ticket,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<TalkLine[]> {
  const { rows } = await tx.query<TalkLine>(
    `select id, outbound, content, origin, case when failed_at is not null then 'failed' when read_at is not null then 'read'
              when delivered_at is not null then 'delivered' when accepted_at is not null then 'sent' end as status
       from messages where organization_id = $1 and contact_id = $2 and channel_id = $3 and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [organizationId, contactId, channelId, before ?? null, limit],
  );
  return rows.reverse();
}
