/** A ticket and what was said, as the console sees them. The phone's digits take a permission for details; so does nothing else: who talks must read. */
import { isJsonObject, type Json, property, textProperty } from '@hazir/core';
import { OFFICER_ORIGIN } from '@hazir/flow';
import { deskOf, type Helpline, textIn, topicName } from '@hazir/services';
import { FEEDBACK, OUTCOMES, type TalkLine, type Ticket, type TicketNote, timeOfId } from '@hazir/store';
import { z } from '@hono/zod-openapi';

const moment = z.iso.datetime();
/** After the citizen's last message free words may be sent for so long (WhatsApp's customer service window). */
const WINDOW_MS = 24 * 3_600_000;
const MOST_SHOWN = 4_000;
const MOST_DETAIL = 500;

export const ticketSchema = z
  .object({
    id: z.string(),
    number: z.number().int().openapi({ description: 'As citizens and officers say it.' }),
    topic: z.string().openapi({ description: 'A code.' }),
    topicName: z.string(),
    desk: z.object({ code: z.string(), name: z.string() }).nullable(),
    summary: z.string(),
    priority: z.number().int().openapi({ description: '1: somebody is in danger; 3: usual.' }),
    contact: z.object({
      id: z.string(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
      language: z.string().nullable(),
    }),
    openedAt: moment,
    closedAt: moment.nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
    offeredToMe: z.boolean().openapi({ description: 'It waits for the caller to take it.' }),
    coming: z.string().nullable().openapi({ description: 'An officer on call who has said that they are coming.' }),
    calls: z.number().int().openapi({ description: 'How many officers on call were told on their phones.' }),
    feedback: z.enum(FEEDBACK).nullable().openapi({ description: 'Whether the citizen got help, as they say.' }),
    reopened: z.number().int(),
    followUpAt: moment.nullable().openapi({ description: 'When the citizen is asked how it went.' }),
    quiet: z.boolean().openapi({ description: 'The citizen may not be safe: no names, no details in what a template says.' }),
    waiting: z.boolean().openapi({ description: 'The citizen wrote after the officer did, or nobody has written yet.' }),
    openUntil: moment.nullable().openapi({ description: 'Until then free words may be sent; null: not now.' }),
    version: z.number().int(),
  })
  .openapi('Ticket');

export const lineSchema = z
  .object({
    id: z.string(),
    at: moment,
    from: z.enum(['contact', 'bot', 'officer', 'note']),
    author: z.string().nullable().openapi({ description: 'Of a note; of an officer’s message the id.' }),
    kind: z.string().openapi({ description: 'text, choice, media, location ...' }),
    text: z.string(),
    file: z
      .object({ mimeType: z.string(), name: z.string() })
      .nullable()
      .openapi({ description: 'Its content is at files/{id of the line}.' }),
    status: z.enum(['failed', 'read', 'delivered', 'sent']).nullable(),
  })
  .openapi('Line');

export const talkSchema = ticketSchema
  .extend({
    lines: z.array(lineSchema),
    details: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .openapi({ description: 'What the flow has asked before.' }),
    before: z.string().nullable().openapi({ description: 'Asks for what was said before.' }),
  })
  .openapi('FullTicket');

/** For whom a card is made. */
export interface Looking {
  /** Whole phone numbers. */
  details: boolean;
  now: Date;
  officerId: string;
  helpline: Helpline | undefined;
  language: string;
}

export function ticketCard(ticket: Ticket, looking: Looking): z.infer<typeof ticketSchema> {
  const { id, number, topic, summary, priority, version, outcome, lastInboundAt, answeredAt, feedback, reopened, calls } = ticket;
  const { details, now, officerId } = looking;
  const openUntil = windowOf(ticket);
  return {
    ...{ id, number, topic, summary, priority, version, outcome, feedback, reopened, calls },
    ...namesOf(topic, looking),
    contact: {
      ...{ id: ticket.contactId, name: ticket.contactName, language: ticket.language },
      phone: ticket.contactPhone === null ? null : details ? `+${ticket.contactPhone}` : `…${ticket.contactPhone.slice(-4)}`,
    },
    openedAt: ticket.openedAt.toISOString(),
    closedAt: ticket.closedAt?.toISOString() ?? null,
    assignee: ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: ticket.assigneeName ?? '' },
    offeredToMe: ticket.assigneeId === null && ticket.closedAt === null && ticket.offeredTo === officerId,
    coming: ticket.assigneeId === null ? ticket.comingName : null,
    followUpAt: ticket.followUpAt?.toISOString() ?? null,
    quiet: property(ticket.data, 'quiet') === true,
    waiting: ticket.closedAt === null && (answeredAt === null || (lastInboundAt !== null && lastInboundAt > answeredAt)),
    openUntil: openUntil !== undefined && openUntil > now ? openUntil.toISOString() : null,
  };
}

/** When free words stop being possible. */
function windowOf({ lastInboundAt }: Ticket): Date | undefined {
  return lastInboundAt === null ? undefined : new Date(lastInboundAt.getTime() + WINDOW_MS);
}

export function isWindowOpen(ticket: Ticket, now: Date): boolean {
  const until = windowOf(ticket);
  return until !== undefined && until > now;
}

function namesOf(topic: string, { helpline, language }: Looking) {
  if (helpline === undefined) return { topicName: topic, desk: null };
  const nameOf = (text: Parameters<typeof textIn>[0]) => textIn(text, language, helpline.defaultLanguage);
  const [desk, name] = [deskOf(helpline, topic), topicName(helpline, topic)];
  return {
    topicName: name === undefined ? topic : nameOf(name),
    desk: desk === undefined ? null : { code: desk.code, name: nameOf(desk.name) },
  };
}

/** What the flow asked before, in the order of its names: short values only, and none of the helpline's own. */
export function detailsOf({ data }: Ticket): { name: string; value: string }[] {
  return Object.entries(data).flatMap(([name, value]) =>
    name !== 'quiet' && (typeof value === 'string' || typeof value === 'number') && value !== ''
      ? { name, value: String(value).slice(0, MOST_DETAIL) }
      : [],
  );
}

/** Messages and notes in one order. */
export function linesOf(talk: readonly TalkLine[], notes: readonly TicketNote[]): z.infer<typeof lineSchema>[] {
  const from = talk[0] === undefined ? 0 : timeOfId(talk[0].id);
  const written = notes
    .filter(({ writtenAt }) => talk.length === 0 || writtenAt.getTime() >= from)
    .map(({ id, officerName, text, writtenAt }) => ({
      ...{
        id,
        at: writtenAt.toISOString(),
        from: 'note' as const,
        author: officerName,
        kind: 'text',
        text,
        file: null,
        status: null,
      },
    }));
  return [...talk.map(lineOf), ...written].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function lineOf({ id, outbound, content: text, origin, status }: TalkLine): z.infer<typeof lineSchema> {
  const parsed: Json = JSON.parse(text);
  const inner = property(parsed, 'content');
  const content = isJsonObject(inner) ? inner : parsed;
  const officer = outbound && origin?.startsWith(`${OFFICER_ORIGIN}/`) === true;
  return {
    ...{ id, at: new Date(timeOfId(id)).toISOString(), status: outbound ? status : null },
    from: officer ? 'officer' : outbound ? 'bot' : 'contact',
    author: officer ? (origin?.slice(OFFICER_ORIGIN.length + 1) ?? null) : null,
    kind: textProperty(content, 'type') ?? 'unknown',
    file: fileIn(content),
    text: wordsOf(content).slice(0, MOST_SHOWN),
  };
}

function fileIn(content: Json): { mimeType: string; name: string } | null {
  if (textProperty(content, 'type') !== 'media') return null;
  const mimeType = textProperty(content, 'mimeType') ?? textProperty(property(content, 'source') ?? null, 'mimeType') ?? '';
  return { mimeType: mimeType.split(';')[0] ?? '', name: textProperty(content, 'fileName') ?? '' };
}

/** The words of a message of any kind; empty for one without. */
function wordsOf(content: Json): string {
  for (const name of ['text', 'label', 'caption', 'name']) {
    const found = textProperty(content, name);
    if (found !== undefined && found !== '') return found;
  }
  const body = property(content, 'body');
  return body === undefined ? '' : typeof body === 'string' ? body : (textProperty(body, 'text') ?? '');
}
