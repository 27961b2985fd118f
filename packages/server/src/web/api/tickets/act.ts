/** What an officer does with a ticket: one transaction, once under its idempotency key. What is told to the citizen is in the inbox with it, and comes in its order. */
import type { Helpline } from '@hazir/services';
import type { Ticket, Tx } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Audited, recordAudit } from '../../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, createAdmission } from '../admit.ts';
import { idempotency, problemsOf, SECURITY } from '../contract.ts';
import { refuse } from '../problems.ts';
import { repeatable } from '../repeatable.ts';
import { ticketCard, ticketSchema } from './cards.ts';
import { auditedOf, findTicket, lookingOf, officerOf } from './found.ts';

export type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export const ticketParameter = z.object({ ticket: z.uuid() });
/** The version that the officer saw. */
export const version = z.number().int().positive().optional();

interface Done<Body> {
  ticket: Ticket;
  officer: { id: string; name: string };
  helpline: Helpline | undefined;
  now: Date;
  body: Body;
}

export interface Action<Body extends z.ZodType> {
  /** Last part of the address. */
  name: string;
  summary: string;
  action: Audited;
  body: Body;
  perform: (tx: Tx, done: Done<z.infer<Body>>) => Promise<unknown>;
}

export function addTicketAction<Body extends z.ZodType>(
  [api, deps, admission]: Adding,
  { name, summary, action, body, perform }: Action<Body>,
): void {
  const route = createRoute({
    ...{ method: 'post', path: `/tickets/{ticket}/${name}`, summary, security: SECURITY },
    middleware: [admission('tickets.act')] as const,
    request: {
      params: ticketParameter,
      headers: idempotency,
      body: { required: true, content: { 'application/json': { schema: body } } },
    },
    responses: {
      200: { description: 'How the ticket stands then', content: { 'application/json': { schema: ticketSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const [officer, looking] = [officerOf(caller), lookingOf(deps, caller)];
    const sent = await context.req.text();
    const given = body.parse(JSON.parse(sent));
    const id = context.req.param('ticket') ?? '';
    const { now, helpline } = looking;
    const once = async (tx: Tx) => {
      const ticket = await findTicket(tx, caller, { id, lock: true, version: versionIn(given) });
      if (ticket.closedAt !== null) return refuse('tickets:closed', 'The ticket is closed.');
      await perform(tx, { ticket, officer, helpline, now, body: given });
      await recordAudit(tx, auditedOf(caller, { ticket, action, now }));
      return ticketCard(await findTicket(tx, caller, { id }), looking);
    };
    const key = { caller, idempotencyKey: context.req.header('idempotency-key'), call: `${name}\n${id}\n${sent}`, now };
    return context.json(ticketSchema.parse(await repeatable(deps.database, key, once)), 200);
  });
}

function versionIn(body: unknown): number | undefined {
  const found = typeof body === 'object' && body !== null && 'version' in body ? body.version : undefined;
  return typeof found === 'number' ? found : undefined;
}
