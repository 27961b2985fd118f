/** Officers' programs look: lists by page, and one request with what happened to it. */
import {
  findByReference,
  type ListPosition,
  listAttachments,
  listEvents,
  listRequests,
  positionOf,
  type RequestDesk,
  readReference,
} from '@hazir/services';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { cardOf, cardSchema, fullCardOf, fullSchema, kindSchema } from './cards.ts';
import { problemsOf, referenceParameter, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';

const MOST_LISTED = 200;
const EVENTS_SHOWN = 500;
const word = text(100);

const query = z.object({
  department: word.optional(),
  area: word.optional(),
  post: word.optional(),
  category: word.optional(),
  kind: kindSchema.optional().openapi({ description: 'Without it, all that are not closed.' }),
  overdue: z.enum(['true']).optional().openapi({ description: 'Only what is past its due time.' }),
  dueBefore: z.iso.datetime({ offset: true }).optional(),
  reference: text(200).optional().openapi({ description: 'As typed, in any script; closed ones too.' }),
  limit: z.coerce.number().int().min(1).max(MOST_LISTED).default(50),
  after: z.string().max(100).optional().openapi({ description: '"next" of the page before.' }),
});
const page = z.object({ requests: z.array(cardSchema), next: z.string().nullable() }).openapi('Page');
const cursor = z.tuple([z.uuid(), z.union([z.literal(''), z.string().regex(/^\d{1,15}$/)])]);

/** Adds the routes that change nothing. */
export function addLooking(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const { database } = deps;
  api.openapi(
    createRoute({
      ...{ method: 'get', path: '/requests', security: SECURITY, middleware: [admission('read')] as const, request: { query } },
      summary:
        'Requests that are not closed, the ones that are due first; closed ones where they are asked for, the latest first',
      responses: {
        200: { description: 'A page', content: { 'application/json': { schema: page } } },
        ...problemsOf(400, 401, 403, 429),
      },
    }),
    async (context) => {
      const caller = context.get('caller');
      const now = new Date(deps.now());
      return context.json(await listPage(database, { caller, asked: context.req.valid('query'), now }), 200);
    },
  );
  api.openapi(
    createRoute({
      ...{ method: 'get', path: '/requests/{reference}', security: SECURITY, middleware: [admission('read')] as const },
      summary: 'One request, what happened to it, and what may be done with it',
      request: { params: referenceParameter },
      responses: {
        200: { description: 'The request', content: { 'application/json': { schema: fullSchema } } },
        ...problemsOf(401, 403, 404, 429),
      },
    }),
    async (context) => {
      const caller = context.get('caller');
      const { organizationId } = caller.key;
      const reference = storedReference(caller.desk, context.req.valid('param').reference);
      const row = await findByReference(database, organizationId, { reference });
      if (row === undefined) return refuse('service-requests:not-found', 'No request has this reference.');
      const key = { organizationId, contactId: row.contact_id, id: row.id };
      const events = await listEvents(database, key, EVENTS_SHOWN);
      const attachments = await listAttachments(database, row);
      return context.json(fullCardOf(row, { events, attachments }, { caller, now: new Date(deps.now()) }), 200);
    },
  );
}

/** A reference as stored, from what was typed. */
export function storedReference({ settings }: RequestDesk, typed: string): string {
  return readReference(settings.reference, typed) ?? typed.toUpperCase();
}

async function listPage(
  database: ApiDeps['database'],
  { caller, asked, now }: { caller: Caller; asked: z.infer<typeof query>; now: Date },
): Promise<z.infer<typeof page>> {
  const { kind, overdue, dueBefore, reference, after, limit, ...same } = asked;
  const due = dueBefore === undefined ? undefined : new Date(dueBefore);
  const kinds = kind === undefined ? (reference === undefined ? undefined : kindSchema.options) : [kind];
  const rows = await listRequests(database, {
    ...{ ...same, organizationId: caller.key.organizationId, kinds, limit: limit + 1 },
    dueBefore: overdue === undefined ? due : due === undefined || due > now ? now : due,
    reference: reference === undefined ? undefined : storedReference(caller.desk, reference),
    after: after === undefined ? undefined : readCursor(after),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last !== undefined ? writeCursor(positionOf(last, kinds?.includes('closed') === true)) : null;
  return { requests: shown.map((row) => cardOf(row, caller, now)), next };
}

function writeCursor({ id, at }: ListPosition): string {
  return `${id}_${at?.getTime() ?? ''}`;
}

function readCursor(text: string): ListPosition {
  const read = cursor.safeParse(text.split('_'));
  if (!read.success) return refuse('api:bad-request', '"after" is no "next" of a page.');
  const [id, at] = read.data;
  return { id, at: at === '' ? null : new Date(Number(at)) };
}
