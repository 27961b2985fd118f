/** A ticket and what was said, as the console sees them. The phone's digits take a permission for details; so does nothing else: who talks must read. */
import { isJsonObject, type Json, property, textProperty } from '@hazir/core';
import { OFFICER_ORIGIN } from '@hazir/flow';
import { OUTCOMES, type TalkLine, type Ticket, type TicketNote, timeOfId } from '@hazir/store';
import { z } from '@hono/zod-openapi';

const moment = z.iso.datetime();
/** After the citizen's last message free words may be sent for so long (WhatsApp's customer service window). */
const WINDOW_MS = 24 * 3_600_000;
const MOST_SHOWN = 4_000;

export const ticketSchema = z
  .object({
    id: z.string(),
    topic: z.string(),
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
    status: z.enum(['failed', 'read', 'delivered', 'sent']).nullable(),
  })
  .openapi('Line');

export const talkSchema = ticketSchema
  .extend({
    lines: z.array(lineSchema),
    before: z.string().nullable().openapi({ description: 'Asks for what was said before.' }),
  })
  .openapi('FullTicket');

export function ticketCard(ticket: Ticket, { details, now }: { details: boolean; now: Date }): z.infer<typeof ticketSchema> {
  const { id, topic, summary, priority, version, outcome, lastInboundAt, answeredAt } = ticket;
  const openUntil = lastInboundAt === null ? undefined : new Date(lastInboundAt.getTime() + WINDOW_MS);
  return {
    ...{ id, topic, summary, priority, version, outcome },
    contact: {
      ...{ id: ticket.contactId, name: ticket.contactName, language: ticket.language },
      phone: ticket.contactPhone === null ? null : details ? `+${ticket.contactPhone}` : `…${ticket.contactPhone.slice(-4)}`,
    },
    openedAt: ticket.openedAt.toISOString(),
    closedAt: ticket.closedAt?.toISOString() ?? null,
    assignee: ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: ticket.assigneeName ?? '' },
    waiting: ticket.closedAt === null && (answeredAt === null || (lastInboundAt !== null && lastInboundAt > answeredAt)),
    openUntil: openUntil !== undefined && openUntil > now ? openUntil.toISOString() : null,
  };
}

/** Messages and notes in one order. */
export function linesOf(talk: readonly TalkLine[], notes: readonly TicketNote[]): z.infer<typeof lineSchema>[] {
  const from = talk[0] === undefined ? 0 : timeOfId(talk[0].id);
  const written = notes
    .filter(({ writtenAt }) => talk.length === 0 || writtenAt.getTime() >= from)
    .map(({ id, officerName, text, writtenAt }) => ({
      ...{ id, at: writtenAt.toISOString(), from: 'note' as const, author: officerName, kind: 'text', text, status: null },
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
    text: wordsOf(content).slice(0, MOST_SHOWN),
  };
}

/** The words of a message of any kind; empty for one without. */
function wordsOf(content: Json): string {
  for (const name of ['text', 'label', 'caption', 'name', 'fileName']) {
    const found = textProperty(content, name);
    if (found !== undefined && found !== '') return found;
  }
  const body = property(content, 'body');
  return body === undefined ? '' : typeof body === 'string' ? body : (textProperty(body, 'text') ?? '');
}
