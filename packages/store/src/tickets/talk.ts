/** What belongs to a ticket: notes of colleagues, and what was said on its number. */
import type { Tx } from '../database.ts';
import type { Ticket } from './tickets.ts';

/** Whose talk, on which number. */
type TalkKey = Pick<Ticket, 'organizationId' | 'contactId' | 'channelId'>;

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
  { organizationId, contactId, channelId }: TalkKey,
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
