/** The helpline's tickets: who waits for a person, what was said, and the officer's side of the talk. */
import { handIn } from '@hazir/runtime';
import {
  addTicketNote,
  changeTicket,
  freshId,
  listTicketNotes,
  listTickets,
  OUTCOMES,
  readTalk,
  readTicket,
  type Ticket,
  type Tx,
} from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Audited, recordAudit, recordLook } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { idempotency, problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';
import { repeatable } from './repeatable.ts';
import { linesOf, talkSchema, ticketCard, ticketSchema } from './ticket-cards.ts';

const MOST_WORDS = 4_096;
const LINES = 50;
const params = z.object({ ticket: z.uuid() });
const listed = z.object({ tickets: z.array(ticketSchema), next: z.string().nullable() }).openapi('Tickets');
const version = z.number().int().positive().optional();

type Admission = ReturnType<typeof createAdmission>;
type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: Admission];

export function addTickets(...adding: Adding): void {
  addLists(...adding);
  addTalk(...adding);
  addAction(adding, {
    ...{ name: 'messages', summary: 'Writes to the citizen, within a day after they wrote', action: 'ticket.answered' },
    body: z.strictObject({ text: text(MOST_WORDS).trim().min(1) }),
    perform: async (tx, { ticket, officer, now, body }) => {
      if (ticket.assigneeId !== officer) return refuse('tickets:not-yours', 'Take the ticket first.');
      if (ticketCard(ticket, { details: false, now }).openUntil === null)
        return refuse('tickets:window-closed', 'The citizen wrote more than a day ago: WhatsApp lets only a template through.');
      await handIn(tx, { type: 'relay', ...hearerOf(ticket), words: body.text, from: officer }, now.getTime());
      await changeTicket(tx, ticket, { answeredAt: now });
    },
  });
  addAction(adding, {
    ...{ name: 'notes', summary: 'A note for colleagues, which the citizen never sees', action: 'ticket.noted' },
    body: z.strictObject({ text: text(MOST_WORDS).trim().min(1) }),
    perform: (tx, { ticket: { organizationId, id: ticketId }, officer, now, body }) =>
      addTicketNote(tx, { organizationId, ticketId, id: freshId(now.getTime()), officerId: officer, text: body.text, now }),
  });
  addAction(adding, {
    ...{ name: 'assignments', summary: 'Takes the ticket, or gives it back to the queue', action: 'ticket.assigned' },
    body: z.strictObject({ take: z.boolean(), version }),
    perform: async (tx, { ticket, officer, now, body: { take } }) => {
      await changeTicket(tx, ticket, { assignee: { id: take ? officer : null, at: now } });
      if (take && ticket.assigneeId === null)
        await handIn(tx, { type: 'say', ...hearerOf(ticket), text: 'person_here' }, now.getTime());
    },
  });
  addAction(adding, {
    ...{
      name: 'closures',
      summary: 'Closes the ticket; the citizen is told, and the flows answer again',
      action: 'ticket.closed',
    },
    body: z.strictObject({ outcome: z.enum(OUTCOMES), version }),
    perform: async (tx, { ticket, officer, now, body: { outcome } }) => {
      await changeTicket(tx, ticket, { closed: { at: now, by: officer, outcome } });
      if (ticket.assigneeId !== null) await handIn(tx, { type: 'say', ...hearerOf(ticket), text: 'person_left' }, now.getTime());
    },
  });
}

function addLists(...[api, deps, admission]: Adding): void {
  const query = z.object({
    view: z.enum(['mine', 'unassigned', 'all', 'closed']).default('all'),
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
    const { view, limit, after } = context.req.valid('query');
    const { organizationId } = caller;
    const found = await listTickets(deps.database, {
      organizationId,
      view,
      officerId: officerOf(caller),
      limit: limit + 1,
      after,
    });
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return context.json({ tickets: shown.map((ticket) => ticketCard(ticket, looking(deps, caller))), next }, 200);
  });
}

function addTalk(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/tickets/{ticket}', security: SECURITY, middleware: [admission('tickets.read')] as const },
    summary: 'One ticket with what was said',
    request: { params, query: z.object({ before: z.uuid().optional() }) },
    responses: {
      200: { description: 'The ticket', content: { 'application/json': { schema: talkSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { database } = deps;
    const { before } = context.req.valid('query');
    const ticket = await find(database, caller, { id: context.req.valid('param').ticket });
    await recordLook(database, auditedOf(caller, { ticket, action: 'ticket.seen', now: new Date(deps.now()) }));
    const talk = await readTalk(database, ticket, { before, limit: LINES });
    const lines = linesOf(talk, await listTicketNotes(database, ticket));
    const earlier = talk.length === LINES ? (talk[0]?.id ?? null) : null;
    return context.json({ ...ticketCard(ticket, looking(deps, caller)), lines, before: earlier }, 200);
  });
}

interface Done<Body> {
  ticket: Ticket;
  officer: string;
  now: Date;
  body: Body;
}

interface Action<Body extends z.ZodType> {
  /** Last part of the address. */
  name: string;
  summary: string;
  action: Audited;
  body: Body;
  perform: (tx: Tx, done: Done<z.infer<Body>>) => Promise<unknown>;
}

/** In one transaction: what is told to the citizen is in the inbox with it, and comes in its order. */
function addAction<Body extends z.ZodType>(
  [api, deps, admission]: Adding,
  { name, summary, action, body, perform }: Action<Body>,
): void {
  const route = createRoute({
    ...{ method: 'post', path: `/tickets/{ticket}/${name}`, summary, security: SECURITY },
    middleware: [admission('tickets.act')] as const,
    request: { params, headers: idempotency, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      200: { description: 'How the ticket stands then', content: { 'application/json': { schema: ticketSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const officer = officerOf(caller);
    const sent = await context.req.text();
    const given = body.parse(JSON.parse(sent));
    const id = context.req.param('ticket') ?? '';
    const now = new Date(deps.now());
    const once = async (tx: Tx) => {
      const ticket = await find(tx, caller, { id, lock: true, version: versionIn(given) });
      if (ticket.closedAt !== null) return refuse('tickets:closed', 'The ticket is closed.');
      await perform(tx, { ticket, officer, now, body: given });
      await recordAudit(tx, auditedOf(caller, { ticket, action, now }));
      return ticketCard(await find(tx, caller, { id }), looking(deps, caller));
    };
    const key = { caller, idempotencyKey: context.req.header('idempotency-key'), call: `${name}\n${id}\n${sent}`, now };
    return context.json(ticketSchema.parse(await repeatable(deps.database, key, once)), 200);
  });
}

function versionIn(body: unknown): number | undefined {
  const found = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
  return typeof found === 'number' ? found : undefined;
}

async function find(
  tx: Tx,
  { organizationId }: Caller,
  { version: seen, ...which }: { id: string; lock?: boolean; version?: number | undefined },
): Promise<Ticket> {
  const ticket = await readTicket(tx, { organizationId, ...which });
  if (ticket === undefined) return refuse('tickets:not-found', 'There is no such ticket.');
  if (seen !== undefined && seen !== ticket.version) return refuse('tickets:changed-meanwhile', 'Somebody was faster.');
  return ticket;
}

/** Only people talk with citizens. */
function officerOf({ officer }: Caller): string {
  return officer?.id ?? refuse('api:sign-in', 'Tickets are for officers who are signed in.');
}

function looking({ now }: ApiDeps, { permissions }: Caller) {
  return { details: permissions.has('details.read'), now: new Date(now()) };
}

function auditedOf(
  { organizationId, id: actor, address }: Caller,
  { ticket, action, now }: { ticket: Ticket; action: Audited; now: Date },
) {
  return { organizationId, actor, address, action, subject: ticket.id, contactId: ticket.contactId, now };
}

/** Whose ticket it is, for what is said to them. */
function hearerOf({ organizationId, contactId, channelId }: Ticket) {
  return { organizationId, contactId, channelId };
}
