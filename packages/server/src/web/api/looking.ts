/** Officers' programs look: lists by page, and one request with what happened to it. */
import {
  findByReference,
  isWithin,
  type ListPosition,
  listAttachments,
  listEvents,
  listRequests,
  positionOf,
  type RequestDesk,
  type RequestRow,
  readReference,
} from '@hazir/services';
import type { Tx } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { recordLook } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { cardOf, cardSchema, fullCardOf, fullSchema, kindSchema, viewOf } from './cards.ts';
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
      ...{
        method: 'get',
        path: '/requests',
        security: SECURITY,
        middleware: [admission('requests.read')] as const,
        request: { query },
      },
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
      return context.json(await listPage(deps, { caller, asked: context.req.valid('query'), now }), 200);
    },
  );
  api.openapi(
    createRoute({
      ...{ method: 'get', path: '/requests/{reference}', security: SECURITY, middleware: [admission('requests.read')] as const },
      summary: 'One request, what happened to it, and what may be done with it',
      request: { params: referenceParameter },
      responses: {
        200: { description: 'The request', content: { 'application/json': { schema: fullSchema } } },
        ...problemsOf(401, 403, 404, 429),
      },
    }),
    async (context) => {
      const caller = context.get('caller');
      const view = viewOf(deps, caller);
      const now = new Date(deps.now());
      const row = await findSeen(database, caller, storedReference(view.desk, context.req.valid('param').reference));
      const { organization_id: organizationId, contact_id: contactId, id, reference: subject } = row;
      const { id: actor, address } = caller;
      await recordLook(database, { organizationId, actor, address, action: 'request.seen', subject, contactId, now });
      const events = await listEvents(database, { organizationId, contactId, id }, EVENTS_SHOWN);
      const attachments = await listAttachments(database, row);
      return context.json(fullCardOf(row, { events, attachments }, { view, now }), 200);
    },
  );
}

/** A reference as stored, from what was typed. */
export function storedReference({ settings }: RequestDesk, typed: string): string {
  return readReference(settings.reference, typed) ?? typed.toUpperCase();
}

/** A request that the caller may see; one that is of another ward is as little there as one of another city. */
export async function findSeen(tx: Tx, { organizationId, within }: Caller, reference: string): Promise<RequestRow> {
  const row = await findByReference(tx, organizationId, { reference });
  if (row !== undefined && isWithin(row, within)) return row;
  return refuse('service-requests:not-found', 'No request has this reference.');
}

async function listPage(
  deps: ApiDeps,
  { caller, asked, now }: { caller: Caller; asked: z.infer<typeof query>; now: Date },
): Promise<z.infer<typeof page>> {
  const { database } = deps;
  const view = viewOf(deps, caller);
  const { kind, overdue, dueBefore, reference, after, limit, ...same } = asked;
  const due = dueBefore === undefined ? undefined : new Date(dueBefore);
  const kinds = kind === undefined ? (reference === undefined ? undefined : kindSchema.options) : [kind];
  const rows = await listRequests(database, {
    ...{ ...same, organizationId: caller.organizationId, within: caller.within, kinds, limit: limit + 1 },
    dueBefore: overdue === undefined ? due : due === undefined || due > now ? now : due,
    reference: reference === undefined ? undefined : storedReference(view.desk, reference),
    after: after === undefined ? undefined : readCursor(after),
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last !== undefined ? writeCursor(positionOf(last, kinds?.includes('closed') === true)) : null;
  return { requests: shown.map((row) => cardOf(row, view, now)), next };
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
