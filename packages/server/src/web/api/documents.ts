/** Documents that were issued: found by their number, corrected once for each field, and taken back with a reason. */
import { randomInt } from 'node:crypto';
import {
  correctDocument,
  type DocumentRow,
  documentsOf,
  findByNumber,
  type IssuerFacts,
  readIssuer,
  revokeDocument,
} from '@hazir/services';
import { freshId, type Tx } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { recordAudit, recordLook } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { idempotency, problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';
import { repeatable } from './repeatable.ts';

const MOST_LISTED = 100;
const MOST_REASON = 500;
const MOST_VALUE = 200;
const RANDOM_STEPS = 2 ** 47;
const moment = z.iso.datetime();
const documentSchema = z
  .object({
    ...{ number: z.string(), version: z.number().int(), type: z.string(), typeName: z.string(), issuedAt: moment },
    ...{ expiresAt: moment.nullable(), revokedAt: moment.nullable(), revokeReason: z.string().nullable() },
    fields: z
      .array(z.object({ name: z.string(), label: z.string(), value: z.string(), correctable: z.boolean() }))
      .openapi({ description: 'What it says; empty without "details", and in lists.' }),
  })
  .openapi('Document');
const params = z.object({ number: text(30).min(1) });

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addDocuments(...adding: Adding): void {
  addLooking(...adding);
  addAct(adding, {
    ...{ name: 'revocations', summary: 'Takes the document back', action: 'document.revoked' },
    body: z.strictObject({ reason: text(MOST_REASON).trim().min(1) }),
    perform: (tx, { body: { reason }, ...act }) => revokeDocument(tx, { ...act, reason }),
  });
  addAct(adding, {
    ...{
      name: 'corrections',
      summary: 'Issues the document again with one field changed; each field once',
      action: 'document.corrected',
    },
    body: z.strictObject({ field: text(60).min(1), value: text(MOST_VALUE).trim().min(1) }),
    perform: (tx, { body, ...act }) => {
      const newId = () => freshId(act.now.getTime());
      return correctDocument(tx, { ...act, ...body, newId, random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS });
    },
  });
}

function addLooking(...[api, deps, admission]: Adding): void {
  const { database } = deps;
  const list = createRoute({
    ...{ method: 'get', path: '/documents', security: SECURITY, middleware: [admission('documents.read')] as const },
    summary: 'The documents that were issued last, without what they say',
    responses: {
      200: {
        description: 'At most 100',
        content: { 'application/json': { schema: z.object({ documents: z.array(documentSchema) }) } },
      },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(list, async (context) => {
    const caller = context.get('caller');
    const issuer = await readIssuer(database, caller.organizationId);
    const found = await documentsOf(database, caller.organizationId, MOST_LISTED);
    return context.json({ documents: found.map((row) => cardOf({ ...row, fields: {} }, issuer, caller)) }, 200);
  });
  const one = createRoute({
    ...{ method: 'get', path: '/documents/{number}', security: SECURITY, middleware: [admission('documents.read')] as const },
    summary: 'One document, its newest version',
    request: { params },
    responses: {
      200: { description: 'The document', content: { 'application/json': { schema: documentSchema } } },
      ...problemsOf(400, 401, 403, 404, 429),
    },
  });
  api.openapi(one, async (context) => {
    const caller = context.get('caller');
    const row = await find(database, caller, context.req.valid('param').number);
    await recordLook(database, { ...auditedOf(deps, caller, row), action: 'document.seen' });
    return context.json(cardOf(row, await readIssuer(database, caller.organizationId), caller), 200);
  });
}

interface Act<Body extends z.ZodType> {
  /** Last part of the address. */
  name: string;
  summary: string;
  action: 'document.revoked' | 'document.corrected';
  body: Body;
  perform: (
    tx: Tx,
    act: { organizationId: number; number: string; officer: string; now: Date; body: z.infer<Body> },
  ) => ReturnType<typeof revokeDocument>;
}

/** One transaction; what is refused leaves nothing behind. */
function addAct<Body extends z.ZodType>(
  [api, deps, admission]: Adding,
  { name, summary, action, body, perform }: Act<Body>,
): void {
  const route = createRoute({
    ...{ method: 'post', path: `/documents/{number}/${name}`, summary, security: SECURITY },
    middleware: [admission('documents.act')] as const,
    request: { params, headers: idempotency, body: { required: true, content: { 'application/json': { schema: body } } } },
    responses: {
      200: { description: 'How it stands then', content: { 'application/json': { schema: documentSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const caller = context.get('caller');
    const { organizationId, id: officer } = caller;
    const [number, sent, now] = [context.req.param('number') ?? '', await context.req.text(), new Date(deps.now())];
    const given = body.parse(JSON.parse(sent));
    const once = async (tx: Tx) => {
      const row = await find(tx, caller, number);
      const done = await perform(tx, { organizationId, number: row.number, officer, now, body: given });
      if (!done.ok) return refuse(done.error.code, done.error.message);
      await recordAudit(tx, { ...auditedOf(deps, caller, row), action });
      return cardOf(await find(tx, caller, row.number), await readIssuer(tx, organizationId), caller);
    };
    const key = { caller, idempotencyKey: context.req.header('idempotency-key'), call: `${name}\n${number}\n${sent}`, now };
    return context.json(documentSchema.parse(await repeatable(deps.database, key, once)), 200);
  });
}

async function find(tx: Tx, { organizationId }: Caller, number: string): Promise<DocumentRow> {
  const row = await findByNumber(tx, organizationId, { number: number.trim() });
  return row ?? refuse('documents:not-found', 'No document has this number.');
}

function cardOf(
  row: DocumentRow,
  issuer: IssuerFacts | undefined,
  { language, permissions }: Caller,
): z.infer<typeof documentSchema> {
  const { number, version, template, fields, issuedAt, expiresAt, revokedAt, revokeReason } = row;
  const type = issuer?.types[template];
  const nameOf = (words: Readonly<Record<string, string>> | undefined, code: string) => words?.[language] ?? words?.en ?? code;
  return {
    ...{ number, version, type: template, typeName: nameOf(type?.name, template), revokeReason },
    ...{
      issuedAt: issuedAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    },
    fields: permissions.has('details.read')
      ? Object.entries(fields).map(([name, value]) => ({
          ...{ name, value, label: nameOf(type?.fields[name], name) },
          correctable: revokedAt === null && type?.correctable.includes(name) === true,
        }))
      : [],
  };
}

function auditedOf({ now }: ApiDeps, { organizationId, id: actor, address }: Caller, { number, contactId }: DocumentRow) {
  return { organizationId, actor, address, subject: number, contactId, now: new Date(now()) };
}
