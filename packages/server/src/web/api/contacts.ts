/** Citizens as officers of the helpline know them: found by name or number, with what they asked for and, for whoever may, what was said. */
import { isWithin, listOfContact } from '@hazir/services';
import {
  type ContactRow,
  findContacts,
  latestChannel,
  listIdentities,
  readContact,
  readTalk,
  ticketsOfContact,
} from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type Audited, recordAudit, recordLook } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { cardOf, cardSchema, viewOf } from './cards.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';
import { lineSchema, linesOf, ticketCard, ticketSchema } from './tickets/cards.ts';
import { lookingOf } from './tickets/found.ts';

const MOST_FOUND = 50;
const MOST_SHOWN = 50;
const LINES = 50;
const SHOWN_DIGITS = 4;
const moment = z.iso.datetime();
const contactSchema = z
  .object({
    ...{ id: z.string(), name: z.string().nullable(), phone: z.string().nullable(), language: z.string().nullable() },
    ...{ optedOutAt: moment.nullable(), createdAt: moment, lastWroteAt: moment.nullable() },
  })
  .openapi('Contact');
const profileSchema = contactSchema
  .extend({
    identities: z.array(z.object({ kind: z.string(), value: z.string(), lastSeenAt: moment, until: moment.nullable() })),
    tickets: z.array(ticketSchema),
    requests: z.array(cardSchema),
  })
  .openapi('Profile');
const talkSchema = z.object({ lines: z.array(lineSchema), before: z.string().nullable() }).openapi('ContactTalk');
const params = z.object({ contact: z.uuid() });

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addContacts(...adding: Adding): void {
  addSearch(...adding);
  addProfile(...adding);
  addTalk(...adding);
}

function addSearch(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/contacts', security: SECURITY, middleware: [admission('contacts.read')] as const },
    summary: 'Citizens whose name begins so, or whose number ends so',
    request: { query: z.object({ search: text(100).trim().min(2) }) },
    responses: {
      200: {
        description: 'At most 50',
        content: { 'application/json': { schema: z.object({ contacts: z.array(contactSchema) }) } },
      },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { search } = context.req.valid('query');
    const found = await findContacts(deps.database, { organizationId: caller.organizationId, search, limit: MOST_FOUND });
    // Who looks for whom: the number of answers, never what was typed.
    await recordAudit(deps.database, { ...by(deps, caller, 'contact.searched'), details: { found: found.length } });
    return context.json({ contacts: found.map((row) => cardOfContact(row, caller)) }, 200);
  });
}

function addProfile(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/contacts/{contact}', security: SECURITY, middleware: [admission('contacts.read')] as const },
    summary: 'One citizen, with the talks and the requests',
    request: { params },
    responses: {
      200: { description: 'The citizen', content: { 'application/json': { schema: profileSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { database } = deps;
    const { organizationId } = caller;
    const { contact: contactId } = context.req.valid('param');
    const row = await found(deps, caller, contactId);
    await recordLook(database, { ...by(deps, caller, 'contact.seen'), subject: contactId, contactId });
    const identities = await listIdentities(database, { organizationId, id: contactId });
    const tickets = caller.permissions.has('tickets.read')
      ? await ticketsOfContact(database, { organizationId, contactId, limit: MOST_SHOWN })
      : [];
    return context.json(
      {
        ...cardOfContact(row, caller),
        identities: identities.map(({ kind, value, lastSeenAt, validTo }) => ({
          ...{ kind, value: masked(value, caller), lastSeenAt: lastSeenAt.toISOString(), until: validTo?.toISOString() ?? null },
        })),
        tickets: tickets.map((ticket) => ticketCard(ticket, lookingOf(deps, caller))),
        requests: await requestsOf(deps, caller, contactId),
      },
      200,
    );
  });
}

function addTalk(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/contacts/{contact}/talk', security: SECURITY, middleware: [admission('details.read')] as const },
    summary: 'What was said with a citizen on the number on which they wrote last',
    request: { params, query: z.object({ before: z.uuid().optional() }) },
    responses: {
      200: { description: 'Lines, the newest last', content: { 'application/json': { schema: talkSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { database } = deps;
    const { organizationId, permissions } = caller;
    const { contact: contactId } = context.req.valid('param');
    if (!permissions.has('contacts.read')) return refuse('api:scope', 'What was said takes "contacts.read", too.');
    await found(deps, caller, contactId);
    await recordLook(database, { ...by(deps, caller, 'contact.talk-seen'), subject: contactId, contactId });
    const channelId = await latestChannel(database, { organizationId, id: contactId });
    const { before } = context.req.valid('query');
    const talk =
      channelId === undefined ? [] : await readTalk(database, { organizationId, contactId, channelId }, { before, limit: LINES });
    return context.json({ lines: linesOf(talk, []), before: talk.length === LINES ? (talk[0]?.id ?? null) : null }, 200);
  });
}

async function found({ database }: ApiDeps, { organizationId }: Caller, id: string): Promise<ContactRow> {
  return (await readContact(database, { organizationId, id })) ?? refuse('contacts:not-found', 'There is no such citizen.');
}

/** Those that the caller may see; none where the organization has no service requests. */
async function requestsOf(deps: ApiDeps, caller: Caller, contactId: string) {
  const { organizationId, permissions, within } = caller;
  if (!permissions.has('requests.read') || within?.length === 0 || !deps.desks().has(organizationId)) return [];
  const [view, now] = [viewOf(deps, caller), new Date(deps.now())];
  const rows = await listOfContact(deps.database, { organizationId, contactId, limit: MOST_SHOWN });
  return rows.filter((row) => row.contact_id === contactId && isWithin(row, within)).map((row) => cardOf(row, view, now));
}

function cardOfContact(row: ContactRow, caller: Caller): z.infer<typeof contactSchema> {
  const { id, name, language, phone, optedOutAt, createdAt, lastInboundAt } = row;
  return {
    ...{ id, name, language, phone: phone === null ? null : masked(phone, caller) },
    ...{ optedOutAt: optedOutAt?.toISOString() ?? null, createdAt: createdAt.toISOString() },
    lastWroteAt: lastInboundAt?.toISOString() ?? null,
  };
}

/** Its end, for whoever may not see details. */
function masked(value: string, { permissions }: Caller): string {
  return permissions.has('details.read') ? value : `…${value.slice(-SHOWN_DIGITS)}`;
}

function by({ now }: ApiDeps, { organizationId, id: actor, address }: Caller, action: Audited) {
  return { organizationId, actor, address, action, now: new Date(now()) };
}
