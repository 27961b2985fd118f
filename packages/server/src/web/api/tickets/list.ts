/** Lists of tickets, and one with what was said. */
import { topicsOf } from '@hazir/services';
import { countTickets, listTicketNotes, listTickets, readTalk, seeMentions, TICKET_VIEWS } from '@hazir/store';
import { createRoute, z } from '@hono/zod-openapi';
import { recordLook } from '../../../auth/record-audit.ts';
import { problemsOf, SECURITY, text } from '../contract.ts';
import { type Adding, ticketParameter } from './act.ts';
import { detailsOf, linesOf, talkSchema, ticketCard, ticketSchema } from './cards.ts';
import { auditedOf, findTicket, lookingOf, officerOf } from './found.ts';

const LINES = 50;
const listed = z.object({ tickets: z.array(ticketSchema), next: z.string().nullable() }).openapi('Tickets');

export function addList(...[api, deps, admission]: Adding): void {
  const query = z.object({
    view: z.enum(TICKET_VIEWS).default('all'),
    desk: text(40).optional().openapi({ description: 'Code.' }),
    search: text(60).trim().min(1).optional().openapi({ description: 'A number, or part of a name.' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    after: z.uuid().optional().openapi({ description: '"next" of the page before.' }),
  });
  const route = createRoute({
    ...{
      method: 'get',
      path: '/tickets',
      security: SECURITY,
      middleware: [admission('tickets.read')] as const,
      request: { query },
    },
    summary: 'Tickets: open ones by urgency and by how long they wait; closed ones, the latest first',
    responses: {
      200: { description: 'A page', content: { 'application/json': { schema: listed } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { limit, desk: code, ...asked } = context.req.valid('query');
    const looking = lookingOf(deps, caller);
    const desk = looking.helpline?.desks.find((one) => one.code === code);
    const found = await listTickets(deps.database, {
      ...{ ...asked, organizationId: caller.organizationId, officerId: looking.officerId, limit: limit + 1 },
      topics: looking.helpline && desk && topicsOf(looking.helpline, desk),
    });
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return context.json({ tickets: shown.map((ticket) => ticketCard(ticket, looking)), next }, 200);
  });
}

const countsSchema = z
  .object({
    mine: z.number().int(),
    waiting: z.number().int().openapi({ description: 'Of mine, whose citizen waits for an answer.' }),
    offered: z.number().int(),
    unassigned: z.number().int(),
    urgent: z.number().int().openapi({ description: 'Unassigned, with somebody in danger.' }),
    mentioned: z.number().int(),
  })
  .openapi('TicketCounts');

export function addCounts(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/tickets/counts', security: SECURITY, middleware: [admission('tickets.read')] as const },
    summary: 'What there is for the caller, and for all',
    responses: {
      200: { description: 'The numbers', content: { 'application/json': { schema: countsSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { organizationId } = caller;
    return context.json(await countTickets(deps.database, { organizationId, officerId: officerOf(caller).id }), 200);
  });
}

export function addTalk(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/tickets/{ticket}', security: SECURITY, middleware: [admission('tickets.read')] as const },
    summary: 'One ticket with what was said',
    request: { params: ticketParameter, query: z.object({ before: z.uuid().optional() }) },
    responses: {
      200: { description: 'The ticket', content: { 'application/json': { schema: talkSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { database } = deps;
    const { before } = context.req.valid('query');
    const [{ id: officerId }, looking] = [officerOf(caller), lookingOf(deps, caller)];
    const ticket = await findTicket(database, caller, { id: context.req.valid('param').ticket });
    await recordLook(database, auditedOf(caller, { ticket, action: 'ticket.seen', now: looking.now }));
    await seeMentions(database, { organizationId: ticket.organizationId, ticketId: ticket.id, officerId, now: looking.now });
    const talk = await readTalk(database, ticket, { before, limit: LINES });
    const lines = linesOf(talk, await listTicketNotes(database, ticket));
    const earlier = talk.length === LINES ? (talk[0]?.id ?? null) : null;
    const details = looking.details ? detailsOf(ticket) : [];
    return context.json({ ...ticketCard(ticket, looking), lines, before: earlier, details }, 200);
  });
}
