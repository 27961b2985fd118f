/** The moves of the helpline: write, note, take, hand on, follow up, close. */
import { handIn } from '@hazir/runtime';
import { deskOf, type Helpline, textIn } from '@hazir/services';
import { addTicketNote, changeTicket, freshId, OUTCOMES, type Ticket, type Tx } from '@hazir/store';
import { z } from '@hono/zod-openapi';
import type { ApiDeps } from '../admit.ts';
import { text } from '../contract.ts';
import { refuse } from '../problems.ts';
import { type Adding, addTicketAction, version } from './act.ts';
import { isWindowOpen } from './cards.ts';
import { hearerOf } from './found.ts';

const MOST_WORDS = 4_096;
const MOST_MENTIONS = 20;
const MOST_FOLLOW_UP_DAYS = 60;
const DAY_MS = 86_400_000;
const words = text(MOST_WORDS).trim();

export function addActs(...adding: Adding): void {
  const [, deps] = adding;
  addTicketAction(adding, {
    ...{ name: 'messages', summary: 'Writes to the citizen, within a day after they wrote', action: 'ticket.answered' },
    body: z.strictObject({ text: words.min(1) }),
    perform: async (tx, { ticket, officer, now, body }) => {
      refuseToWrite(ticket, officer.id, now);
      await handIn(tx, { type: 'relay', ...hearerOf(ticket), words: body.text, from: officer.id }, now.getTime());
      await changeTicket(tx, ticket, { answeredAt: now });
    },
  });
  addTicketAction(adding, {
    ...{ name: 'notes', summary: 'A note for colleagues, which the citizen never sees', action: 'ticket.noted' },
    body: z.strictObject({ text: words.min(1), mentions: z.array(z.uuid()).max(MOST_MENTIONS).default([]) }),
    perform: (tx, { ticket, officer, now, body }) => note(tx, { ticket, officerId: officer.id, now, ...body }),
  });
  addTicketAction(adding, {
    ...{ name: 'assignments', summary: 'Takes the ticket, or gives it back to the queue', action: 'ticket.assigned' },
    body: z.strictObject({ take: z.boolean(), version }),
    perform: async (tx, { ticket, officer, now, body: { take } }) => {
      await changeTicket(tx, ticket, { assignee: { id: take ? officer.id : null, at: now } });
      if (take && ticket.assigneeId === null)
        await handIn(tx, { type: 'say', ...hearerOf(ticket), text: 'person_here' }, now.getTime());
    },
  });
  addTicketAction(adding, {
    ...{ name: 'transfers', summary: 'Hands it to another desk, with all that was said', action: 'ticket.transferred' },
    body: z.strictObject({ topic: text(60).min(1), note: words.default(''), version }),
    perform: async (tx, { ticket, officer, helpline, now, body: { topic, note: why } }) => {
      const desk = deskNamed(helpline, topic);
      if (topic === ticket.topic) return refuse('tickets:same-topic', 'It is there already.');
      await changeTicket(tx, ticket, { topic });
      if (why !== '') await note(tx, { ticket, officerId: officer.id, now, text: why, mentions: [] });
      const values = { desk: textIn(desk.name, ticket.language ?? '', desk.defaultLanguage) };
      await handIn(tx, { type: 'say', ...hearerOf(ticket), text: 'person_changes', values }, now.getTime());
    },
  });
  addTicketAction(adding, {
    ...{
      name: 'follow-ups',
      summary: 'Asks the citizen on a day how it went; without one, nobody is asked',
      action: 'ticket.followed-up',
    },
    body: z.strictObject({ at: z.iso.datetime({ offset: true }).nullable(), note: words.default(''), version }),
    perform: async (tx, { ticket, now, body: { at: wanted, note: about } }) => {
      const at = wanted === null ? null : new Date(wanted);
      if (at !== null && (at <= now || at.getTime() > now.getTime() + MOST_FOLLOW_UP_DAYS * DAY_MS))
        return refuse('tickets:bad-time', `The moment lies ahead, at most ${MOST_FOLLOW_UP_DAYS} days.`);
      await changeTicket(tx, ticket, { followUp: { at, note: about } });
    },
  });
  addTicketAction(adding, {
    ...{ name: 'invitations', summary: 'Asks the citizen to write again, by a template', action: 'ticket.invited' },
    body: z.strictObject({}),
    perform: async (tx, { ticket, now }) => {
      if (isWindowOpen(ticket, now)) return refuse('tickets:window-open', 'The citizen can be written to as usual.');
      if (!(await openFlow(deps, tx, { ticket, flow: 'ticket-invitation', now })))
        return refuse('tickets:no-flow', 'The pack has no flow ticket-invitation.');
    },
  });
  addTicketAction(adding, {
    ...{
      name: 'closures',
      summary: 'Closes the ticket; the citizen is told or asked whether it helped, and the flows answer again',
      action: 'ticket.closed',
    },
    body: z.strictObject({ outcome: z.enum(OUTCOMES), topic: text(60).min(1).optional(), note: words.default(''), version }),
    perform: async (tx, { ticket, officer, helpline, now, body: { outcome, topic, note: about } }) => {
      if (topic !== undefined) deskNamed(helpline, topic);
      if (about !== '') await note(tx, { ticket, officerId: officer.id, now, text: about, mentions: [] });
      await changeTicket(tx, ticket, { closed: { at: now, by: officer.id, outcome, topic } });
      if (ticket.assigneeId === null || (await openFlow(deps, tx, { ticket, flow: 'ticket-closed', now }))) return;
      await handIn(tx, { type: 'say', ...hearerOf(ticket), text: 'person_left' }, now.getTime());
    },
  });
}

/** Whoever has the ticket writes, so that two never answer at once. */
export function refuseToWrite(ticket: Ticket, officerId: string, now: Date): void {
  if (ticket.assigneeId !== officerId) refuse('tickets:not-yours', 'Take the ticket first.');
  if (!isWindowOpen(ticket, now))
    refuse('tickets:window-closed', 'The citizen wrote more than a day ago: WhatsApp lets only a template through.');
}

function note(
  tx: Tx,
  given: { ticket: Ticket; officerId: string; now: Date; text: string; mentions: readonly string[] },
): Promise<void> {
  const { ticket, officerId, now, text: written, mentions } = given;
  const { organizationId, id: ticketId } = ticket;
  return addTicketNote(tx, { organizationId, ticketId, id: freshId(now.getTime()), officerId, text: written, mentions, now });
}

function deskNamed(helpline: Helpline | undefined, topic: string) {
  const desk = helpline?.desks.find(({ topics }) => topics.some(({ code }) => code === topic));
  if (helpline === undefined || desk === undefined || deskOf(helpline, topic) !== desk)
    return refuse('tickets:no-topic', 'The helpline has no such topic.');
  return { ...desk, defaultLanguage: helpline.defaultLanguage };
}

/** False where the pack of the number has no such flow. */
async function openFlow(
  { hasFlow }: ApiDeps,
  tx: Tx,
  { ticket, flow, now }: { ticket: Ticket; flow: string; now: Date },
): Promise<boolean> {
  const { id, number, topic, channelId } = ticket;
  if (!hasFlow(channelId, flow)) return false;
  await handIn(tx, { type: 'start', ...hearerOf(ticket), flow, values: { id, number, topic } }, now.getTime());
  return true;
}
