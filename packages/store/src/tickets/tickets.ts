/** Tickets: conversations that wait for a person, or are with one. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '../database.ts';

export const OUTCOMES = ['solved', 'handed_over', 'unreachable', 'no_concern'] as const;

export type TicketOutcome = (typeof OUTCOMES)[number];

export const FEEDBACK = ['yes', 'partly', 'no'] as const;

export interface Ticket {
  organizationId: number;
  id: string;
  /** As citizens and officers say it; of the organization. */
  number: number;
  contactId: string;
  channelId: number;
  topic: string;
  summary: string;
  /** What the flow has asked before. */
  data: JsonObject;
  /** 1: somebody is in danger. */
  priority: number;
  openedAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
  /** Whom it is offered to, while nobody has it. */
  offeredTo: string | null;
  offeredAt: Date | null;
  /** An officer on call who is coming. */
  comingName: string | null;
  /** How many officers on call were told. */
  calls: number;
  answeredAt: Date | null;
  closedAt: Date | null;
  outcome: TicketOutcome | null;
  /** Whether the citizen got help, as they say. */
  feedback: (typeof FEEDBACK)[number] | null;
  reopened: number;
  followUpAt: Date | null;
  version: number;
  contactName: string | null;
  contactPhone: string | null;
  language: string | null;
  /** When the citizen wrote last: for a day after it, free words may be sent. */
  lastInboundAt: Date | null;
}

export const TICKET_VIEWS = ['mine', 'offered', 'unassigned', 'all', 'mentioned', 'closed'] as const;

export type TicketView = (typeof TICKET_VIEWS)[number];

interface Asked {
  organizationId: number;
  view: TicketView;
  officerId: string;
  /** Topics of a desk: its own, or for the desk of all the rest those of the others. */
  topics?: { own: string[] | null; others: string[] } | undefined;
  /** Of the ticket, or words of a name. */
  search?: string | undefined;
  limit: number;
  /** Tickets after this one in the order of the view. */
  after?: string | undefined;
}

const COLUMNS = `t.organization_id as "organizationId", t.id, t.number, t.contact_id as "contactId", t.channel_id as "channelId", t.topic, t.summary, t.data,
  t.priority, t.opened_at as "openedAt", t.assignee_id as "assigneeId", o.name as "assigneeName", t.offered_to as "offeredTo", t.offered_at as "offeredAt",
  (select a.name from officers a where a.id = t.acknowledged_by) as "comingName", t.calls, t.answered_at as "answeredAt",
  t.closed_at as "closedAt", t.outcome, t.feedback, t.reopened, t.follow_up_at as "followUpAt", t.version,
  p.name as "contactName", p.language, c.last_inbound_at as "lastInboundAt",
  (select i.value from contact_identities i where i.organization_id = t.organization_id and i.contact_id = t.contact_id
     and i.kind = 'phone' and i.valid_to is null limit 1) as "contactPhone"`;
const FROM = `from tickets t
  join contacts p on p.organization_id = t.organization_id and p.id = t.contact_id
  left join conversations c on c.organization_id = t.organization_id and c.contact_id = t.contact_id and c.channel_id = t.channel_id
  left join officers o on o.id = t.assignee_id`;
/** $2 is the officer. */
const VIEWS: Readonly<Record<TicketView, string>> = {
  mine: 't.closed_at is null and t.assignee_id = $2',
  offered: 't.closed_at is null and t.assignee_id is null and t.offered_to = $2',
  unassigned: 't.closed_at is null and t.assignee_id is null',
  all: 't.closed_at is null',
  mentioned: `exists (select from ticket_mentions m where m.organization_id = t.organization_id and m.ticket_id = t.id and m.officer_id = $2 and m.seen_at is null)`,
  closed: 't.closed_at is not null',
};
const MOST_SEARCH = 60;

/** Open ones by urgency, then by how long they wait; closed ones, the latest first. */
export async function listTickets(
  tx: Tx,
  { organizationId, view, officerId, topics, search, limit, after }: Asked,
): Promise<Ticket[]> {
  const closed = view === 'closed';
  const order = closed ? 't.closed_at desc, t.id desc' : 't.priority, t.opened_at, t.id';
  const follows = closed
    ? '(t.closed_at, t.id) < (select a.closed_at, a.id from tickets a where a.organization_id = $1 and a.id = $4)'
    : '(t.priority, t.opened_at, t.id) > (select a.priority, a.opened_at, a.id from tickets a where a.organization_id = $1 and a.id = $4)';
  const number = search !== undefined && /^#?\d{1,9}$/.test(search) ? Number(search.replace('#', '')) : null;
  const { rows } = await tx.query<Ticket>(
    `select ${COLUMNS} ${FROM} where t.organization_id = $1 and ${VIEWS[view]} and $2::uuid is not null and ($4::uuid is null or ${follows})
        and ($5::text[] is null or t.topic = any ($5)) and t.topic <> all ($6::text[])
        and ($7::int is null or t.number = $7) and ($8::text is null or p.name ilike $8) order by ${order} limit $3`,
    [
      ...[organizationId, officerId, limit, after ?? null, topics?.own ?? null, topics?.others ?? []],
      ...[number, number === null && search !== undefined ? `%${literal(search.slice(0, MOST_SEARCH))}%` : null],
    ],
  );
  return rows;
}

/** A contact's tickets, the latest first. */
export async function ticketsOfContact(
  tx: Tx,
  { organizationId, contactId, limit }: { organizationId: number; contactId: string; limit: number },
): Promise<Ticket[]> {
  const { rows } = await tx.query<Ticket>(
    `select ${COLUMNS} ${FROM} where t.organization_id = $1 and t.contact_id = $2 order by t.opened_at desc, t.id desc limit $3`,
    [organizationId, contactId, limit],
  );
  return rows;
}

export interface TicketCounts {
  mine: number;
  /** Of those, whose citizen waits for an answer. */
  waiting: number;
  offered: number;
  unassigned: number;
  /** Of those, with somebody in danger. */
  urgent: number;
  mentioned: number;
}

/** What there is for an officer, and for all. */
export async function countTickets(
  tx: Tx,
  { organizationId, officerId }: { organizationId: number; officerId: string },
): Promise<TicketCounts> {
  const { rows } = await tx.query<TicketCounts>(
    `select count(*) filter (where t.assignee_id = $2)::int as mine,
            count(*) filter (where t.assignee_id = $2 and (t.answered_at is null or c.last_inbound_at > t.answered_at))::int as waiting,
            count(*) filter (where t.assignee_id is null and t.offered_to = $2)::int as offered,
            count(*) filter (where t.assignee_id is null)::int as unassigned,
            count(*) filter (where t.assignee_id is null and t.priority = 1)::int as urgent,
            (select count(distinct ticket_id)::int from ticket_mentions where organization_id = $1 and officer_id = $2 and seen_at is null) as mentioned
       from tickets t left join conversations c on c.organization_id = t.organization_id and c.contact_id = t.contact_id and c.channel_id = t.channel_id
      where t.organization_id = $1 and t.closed_at is null`,
    [organizationId, officerId],
  );
  return rows[0] ?? { mine: 0, waiting: 0, offered: 0, unassigned: 0, urgent: 0, mentioned: 0 };
}

/** Without what LIKE takes for something else. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
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
  /** To another desk, whose queue it waits in. */
  topic?: string;
  /** With the topic that it turned out to be. */
  closed?: { at: Date; by: string; outcome: TicketOutcome; topic?: string | undefined };
  followUp?: { at: Date | null; note: string };
}

/** Changes a ticket that is locked. The conversation's version moves with it, so that whoever works the number reads anew who talks. */
export async function changeTicket(tx: Tx, ticket: Ticket, change: TicketChange): Promise<void> {
  const { organizationId, contactId, channelId, id } = ticket;
  const { assignee: given, answeredAt, topic, closed, followUp } = change;
  const assignee = topic === undefined ? (given === undefined ? ticket.assigneeId : given.id) : null;
  await tx.query(
    `update tickets set assignee_id = $4, assigned_at = coalesce($9, assigned_at),
            answered_at = coalesce($5, answered_at), first_answered_at = coalesce(first_answered_at, $5),
            closed_at = $6, closed_by = $7, outcome = $8, topic = coalesce($10, $14, topic),
            offered_to = case when $4::uuid is null and $10::text is null then offered_to end,
            follow_up_at = case when $11 then $12 else follow_up_at end, follow_up_note = case when $11 then $13 else follow_up_note end,
            version = version + 1
      where organization_id = $1 and contact_id = $2 and id = $3`,
    [
      ...[organizationId, contactId, id, assignee, answeredAt ?? null],
      ...[closed?.at ?? null, closed?.by ?? null, closed?.outcome ?? null, given?.at ?? null, topic ?? null],
      ...[followUp !== undefined, followUp?.at ?? null, followUp?.note ?? null, closed?.topic ?? null],
    ],
  );
  if (topic !== undefined)
    await tx.query('delete from ticket_offers where organization_id = $1 and ticket_id = $2', [organizationId, id]);
  await tx.query(
    'update conversations set version = version + 1 where organization_id = $1 and contact_id = $2 and channel_id = $3',
    [...[organizationId, contactId, channelId]],
  );
}
