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

export interface TicketNote {
  id: string;
  officerName: string;
  text: string;
  writtenAt: Date;
}

/** Keeps a note; whoever is named in it finds the ticket among their mentions. */
export async function addTicketNote(
  tx: Tx,
  note: {
    organizationId: number;
    ticketId: string;
    id: string;
    officerId: string;
    text: string;
    /** Officers. */
    mentions: readonly string[];
    now: Date;
  },
): Promise<void> {
  const { organizationId, ticketId, id, officerId, text, mentions, now } = note;
  await tx.query(
    `insert into ticket_mentions (organization_id, ticket_id, officer_id, note_id)
     select distinct $1::int, $2::uuid, r.officer_id, $3::uuid from officer_roles r where r.organization_id = $1 and r.officer_id = any ($4::uuid[])
        and r.suspended_at is null
     on conflict do nothing`,
    [organizationId, ticketId, id, mentions],
  );
  await tx.query(
    `insert into ticket_notes (organization_id, ticket_id, id, officer_id, text, written_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [organizationId, ticketId, id, officerId, text, now],
  );
}

/** An officer has seen where they were named. */
export async function seeMentions(
  tx: Tx,
  { organizationId, ticketId, officerId, now }: { organizationId: number; ticketId: string; officerId: string; now: Date },
): Promise<void> {
  await tx.query(
    `update ticket_mentions set seen_at = $4 where organization_id = $1 and ticket_id = $2 and officer_id = $3 and seen_at is null`,
    [organizationId, ticketId, officerId, now],
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

/** The citizen's latest message, by the provider's id. */
export async function latestInbound(tx: Tx, { organizationId, contactId, channelId }: Ticket): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(
    `select external_id as id from messages where organization_id = $1 and contact_id = $2 and channel_id = $3 and not outbound and external_id is not null
      order by id desc limit 1`,
    [organizationId, contactId, channelId],
  );
  return rows[0]?.id;
}

/** The content of a file that was sent in the ticket's talk, either way; undefined while there is none. */
export async function fileInTalk(
  tx: Tx,
  { organizationId, contactId, channelId }: Ticket,
  line: string,
): Promise<{ hash: string; mimeType: string } | undefined> {
  const { rows } = await tx.query<{ hash: string; mimeType: string }>(
    `select f.hash, f.mime_type as "mimeType" from messages m
       left join message_files i on i.organization_id = m.organization_id and i.contact_id = m.contact_id and i.message_id = m.id
       join files f on f.organization_id = m.organization_id
         and f.hash = case when m.outbound then m.content::jsonb #>> '{content,source,hash}' else i.hash end
      where m.organization_id = $1 and m.contact_id = $2 and m.channel_id = $3 and m.id = $4`,
    [organizationId, contactId, channelId, line],
  );
  return rows[0];
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
