/** Keys of programs, kept by administrators: made with scopes and a post, shown once, taken back. */
import { listKeys, makeKey, type Open311Key, revokeKey, SCOPES } from '@hazir/services';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { recordAudit } from '../../auth/record-audit.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY, text } from './contract.ts';
import { refuse } from './problems.ts';
import { checkPlace } from './team-rules.ts';

const MOST_PER_MINUTE = 6_000;
const params = z.object({ key: z.string().regex(/^[0-9a-f]{12}$/) });
const keySchema = z
  .object({
    ...{ id: z.string(), name: z.string(), scopes: z.array(z.enum(SCOPES)), perMinute: z.number().int() },
    ...{ post: z.string().nullable(), createdAt: z.iso.datetime(), revokedAt: z.iso.datetime().nullable() },
  })
  .openapi('Key');
const listed = z.object({ keys: z.array(keySchema), scopes: z.array(z.enum(SCOPES)) }).openapi('Keys');
const wanted = z.strictObject({
  name: text(100).trim().min(1),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  perMinute: z.number().int().min(1).max(MOST_PER_MINUTE).default(60),
  post: text(100).min(1).nullable().default(null).openapi({ description: 'The post on which the program acts.' }),
});
const made = z.object({ key: keySchema, secret: z.string().openapi({ description: 'Shown this once.' }) }).openapi('NewKey');

type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

export function addKeys(...[api, deps, admission]: Adding): void {
  const { database } = deps;
  const list = createRoute({
    ...{ method: 'get', path: '/keys', security: SECURITY, middleware: [admission('team.manage')] as const },
    summary: 'Keys of programs, also those that were taken back',
    responses: {
      200: { description: 'All of them', content: { 'application/json': { schema: listed } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(list, async (context) => {
    const keys = await ownKeys(deps, context.get('caller'));
    return context.json({ keys: keys.map(cardOf), scopes: [...SCOPES] }, 200);
  });
  const make = createRoute({
    ...{ method: 'post', path: '/keys', security: SECURITY, middleware: [admission('team.manage')] as const },
    summary: 'Makes a key, whose secret is shown once',
    request: { body: { required: true, content: { 'application/json': { schema: wanted } } } },
    responses: {
      200: { description: 'The key', content: { 'application/json': { schema: made } } },
      ...problemsOf(400, 401, 403, 422, 429),
    },
  });
  api.openapi(make, async (context) => {
    const caller = context.get('caller');
    const { organizationId, id: actor, address } = caller;
    const { name, scopes, perMinute, post } = context.req.valid('json');
    checkPlace(deps, caller, { role: 'officer', department: null, area: null, post });
    const now = new Date(deps.now());
    const { id, key: secret } = await database.transaction(async (tx) => {
      const done = await makeKey(tx, { organizationId, name, scopes: [...new Set(scopes)], perMinute, post, now });
      const details = { scopes: scopes.join(' '), ...(post !== null && { post }) };
      await recordAudit(tx, { organizationId, actor, address, action: 'key.made', subject: `key-${done.id}`, details, now });
      return done;
    });
    const key = { id, name, scopes: [...new Set(scopes)], perMinute, post, createdAt: now.toISOString(), revokedAt: null };
    return context.json({ key, secret }, 200);
  });
  const revoke = createRoute({
    ...{ method: 'delete', path: '/keys/{key}', security: SECURITY, middleware: [admission('team.manage')] as const },
    ...{ summary: 'Takes a key back, from the next call on', request: { params } },
    responses: {
      200: { description: 'The key then', content: { 'application/json': { schema: keySchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 429),
    },
  });
  api.openapi(revoke, async (context) => {
    const caller = context.get('caller');
    const { organizationId, id: actor, address } = caller;
    const { key: id } = context.req.valid('param');
    const found = (await ownKeys(deps, caller)).find((one) => one.id === id);
    if (found === undefined) return refuse('keys:not-found', 'The organization has no such key.');
    if (found.revokedAt !== null) return refuse('keys:revoked', 'The key was taken back before.');
    const now = new Date(deps.now());
    await database.transaction(async (tx) => {
      await revokeKey(tx, id, now);
      await recordAudit(tx, { organizationId, actor, address, action: 'key.revoked', subject: `key-${id}`, now });
    });
    return context.json(cardOf({ ...found, revokedAt: now }), 200);
  });
}

async function ownKeys({ database }: ApiDeps, { organizationId }: Caller): Promise<Open311Key[]> {
  return (await listKeys(database)).filter((key) => key.organizationId === organizationId);
}

function cardOf({ id, name, scopes, perMinute, post, createdAt, revokedAt }: Open311Key): z.infer<typeof keySchema> {
  return {
    ...{ id, name, scopes: [...scopes], perMinute, post },
    ...{ createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null },
  };
}
