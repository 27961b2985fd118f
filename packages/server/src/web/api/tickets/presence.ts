/** Who looks at a talk and who writes: told to the other consoles, and to the citizen as WhatsApp shows it. It is kept nowhere. */
import { EVENTS_SIGNAL } from '@hazir/runtime';
import { latestInbound } from '@hazir/store';
import { createRoute, z } from '@hono/zod-openapi';
import type { HubEvent } from '../../events/event-hub.ts';
import { problemsOf, SECURITY } from '../contract.ts';
import { type Adding, ticketParameter } from './act.ts';
import { findTicket, officerOf } from './found.ts';

export function addPresence(...[api, deps, admission]: Adding): void {
  const body = z.strictObject({ writing: z.boolean() });
  const route = createRoute({
    ...{ method: 'post', path: '/tickets/{ticket}/presence', security: SECURITY },
    middleware: [admission('tickets.act')] as const,
    summary: 'Says that the caller looks at the talk, or writes',
    request: { params: ticketParameter, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: { 204: { description: 'Told' }, ...problemsOf(400, 401, 403, 404, 429) },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const ticket = await findTicket(deps.database, caller, { id: context.req.valid('param').ticket });
    const { id: officerId, name } = officerOf(caller);
    const { writing } = context.req.valid('json');
    const { id, organizationId, channelId } = ticket;
    const event: HubEvent = { kind: 'presence', organizationId, id, officer: { id: officerId, name }, writing };
    await deps.database.query('select pg_notify($1, $2)', [EVENTS_SIGNAL, JSON.stringify(event)]);
    // The citizen sees it of whoever talks with them.
    const latest = ticket.assigneeId === officerId ? await latestInbound(deps.database, ticket) : undefined;
    if (latest !== undefined) void deps.showRead(channelId, latest, writing).catch(() => undefined);
    return context.body(null, 204);
  });
}
