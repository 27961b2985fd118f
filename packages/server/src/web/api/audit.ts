/** The log, for those who watch over it: pages of it, and all of it as CSV. Whoever reads it stands in it, too. */
import { listKeys, readReference, writeCsv } from '@hazir/services';
import type { Database } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { type AuditFilter, type AuditRow, countAudit, listActors, listAudit } from '../../auth/read-audit.ts';
import { AUDITED, recordAudit, recordLook } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';

const MOST_EXPORTED = 200_000;
const EXPORTED_AT_ONCE = 2_000;
const MOST_ACTORS = 1_000;
const COLUMNS = ['happened_at', 'actor', 'actor_name', 'address', 'action', 'subject', 'contact', 'details'];

const filters = z.object({
  actor: text(100).optional().openapi({ description: '"officer-" or "key-" with an id.' }),
  action: z.enum(AUDITED).optional(),
  subject: text(200).optional().openapi({ description: 'Reference or id of what was seen or changed.' }),
  contact: z.uuid().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Before this moment.' }),
});
const query = filters.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional().openapi({ description: '"next" of the page before.' }),
});
const actorSchema = z.object({ id: z.string(), name: z.string().nullable() });
const entrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: actorSchema,
    address: z.string().nullable(),
    action: z.string(),
    subject: z.string().nullable(),
    subjectName: z.string().nullable().openapi({ description: 'Where the subject is an officer.' }),
    contact: z.uuid().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi('AuditEntry');
const pageSchema = z.object({ entries: z.array(entrySchema), next: z.string().nullable() }).openapi('AuditPage');
const wordsSchema = z.object({ actors: z.array(actorSchema), actions: z.array(z.enum(AUDITED)) }).openapi('AuditVocabulary');

type Filters = z.infer<typeof filters>;
type Names = ReadonlyMap<string, string>;
type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addAudit(...adding: Adding): void {
  addPages(...adding);
  addWords(...adding);
  addExport(...adding);
}

function addPages(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/audit', security: SECURITY, middleware: [admission('audit.read')] as const, request: { query } },
    summary: 'What officers and programs saw and did, the latest first',
    responses: {
      200: { description: 'A page', content: { 'application/json': { schema: pageSchema } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { limit, after, ...asked } = context.req.valid('query');
    const { database } = deps;
    const rows = await listAudit(database, filterOf(deps, caller, asked), { after, limit: limit + 1 });
    await recordLook(database, { ...readingOf(deps, caller, asked), action: 'audit.seen' });
    const names = await keyNames(database, caller);
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.id ?? null) : null;
    return context.json({ entries: shown.map((row) => entryOf(row, names)), next }, 200);
  });
}

function addWords(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/audit/vocabulary', security: SECURITY, middleware: [admission('audit.read')] as const },
    summary: 'Who stands in the log, and what it can say',
    responses: {
      200: { description: 'The words', content: { 'application/json': { schema: wordsSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const names = await keyNames(deps.database, caller);
    const found = await listActors(deps.database, caller.organizationId, MOST_ACTORS);
    const actors = found.map(({ actor, officerName }) => ({ id: actor, name: officerName ?? names.get(actor) ?? null }));
    return context.json({ actors, actions: [...AUDITED] }, 200);
  });
}

function addExport(...[api, deps, admission]: Adding): void {
  const route = createRoute({
    ...{ method: 'get', path: '/audit.csv', security: SECURITY, middleware: [admission('audit.read')] as const },
    request: { query: filters },
    summary: `The same as CSV, at most ${MOST_EXPORTED} rows`,
    responses: {
      200: { description: 'The rows', content: { 'text/csv': { schema: z.string() } } },
      ...problemsOf(400, 401, 403, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const asked = context.req.valid('query');
    const { database } = deps;
    const now = new Date(deps.now());
    const wanted = filterOf(deps, caller, asked);
    // What is written meanwhile is not of this file.
    const filter = { ...wanted, to: wanted.to !== undefined && wanted.to < now ? wanted.to : now };
    const rows = await countAudit(database, filter, MOST_EXPORTED + 1);
    if (rows > MOST_EXPORTED) return refuse('audit:too-many', `More than ${MOST_EXPORTED} rows: please choose a shorter time.`);
    const reading = readingOf(deps, caller, asked);
    await recordAudit(database, { ...reading, action: 'audit.exported', details: { ...reading.details, rows } });
    const names = await keyNames(database, caller);
    return context.body(streamOf(csvOf(database, filter, names)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="audit-${now.toISOString().slice(0, 10)}.csv"`,
      'x-content-type-options': 'nosniff',
    });
  });
}

function filterOf({ desks }: ApiDeps, { organizationId }: Caller, asked: Filters): AuditFilter {
  const { actor, action, contact: contactId, from, to } = asked;
  const subject = asked.subject?.trim() ?? '';
  const settings = desks().get(organizationId)?.settings;
  const reference = settings && readReference(settings.reference, subject);
  return {
    ...{ organizationId, actor, action, contactId },
    subjects: subject === '' ? undefined : [subject, ...(reference === undefined ? [] : [reference])],
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

/** What is written about the reading: whom or what it was about. */
function readingOf(deps: ApiDeps, { organizationId, id: actor, address }: Caller, asked: Filters) {
  const subject = asked.subject?.trim() || asked.contact || asked.actor || 'log';
  const details = Object.fromEntries(Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return { organizationId, actor, address, subject, details, now: new Date(deps.now()) };
}

async function keyNames(database: Database, { organizationId }: Caller): Promise<Names> {
  const keys = await listKeys(database);
  return new Map(keys.flatMap((key) => (key.organizationId === organizationId ? [[`key-${key.id}`, key.name]] : [])));
}

function entryOf(row: AuditRow, names: Names): z.infer<typeof entrySchema> {
  const { id, actor, officerName, address, action, subject, subjectName, contactId: contact, details, happenedAt } = row;
  const name = officerName ?? names.get(actor) ?? null;
  return {
    ...{ id, address, action, subject, subjectName, contact, details },
    at: happenedAt.toISOString(),
    actor: { id: actor, name },
  };
}

/** Pieces of the file, each read when the one before has left. */
async function* csvOf(database: Database, filter: AuditFilter, names: Names): AsyncGenerator<string> {
  yield writeCsv([COLUMNS]);
  let after: string | undefined;
  do {
    const rows = await listAudit(database, filter, { after, limit: EXPORTED_AT_ONCE });
    yield writeCsv(rows.map((row) => lineOf(entryOf(row, names))));
    after = rows.length < EXPORTED_AT_ONCE ? undefined : rows.at(-1)?.id;
  } while (after !== undefined);
}

function lineOf({ at, actor, address, action, subject, contact, details }: z.infer<typeof entrySchema>): string[] {
  const cells = [at, actor.id, actor.name, address, action, subject, contact, details && JSON.stringify(details)];
  return cells.map((cell) => cell ?? '');
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}
