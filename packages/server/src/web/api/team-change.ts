/** Changes of the team: one at a time in an organization, so that two administrators cannot take each other's role at once; each in the log. */
import type { JsonObject } from '@hazir/core';
import type { Tx } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { LINK_HOURS } from '../../auth/links.ts';
import { readGrants } from '../../auth/officers.ts';
import { permissionsOf } from '../../auth/policies.ts';
import { type Audited, recordAudit } from '../../auth/record-audit.ts';
import { listTeam, lockTeam } from '../../auth/team.ts';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY } from './contract.ts';
import { refuse } from './problems.ts';
import { memberCard, memberSchema } from './team-cards.ts';

export const memberParams = z.object({ officer: z.uuid() });

const changedSchema = z
  .object({
    // null: has no role here any more.
    officer: z.union([memberSchema, z.null()]),
    link: z
      .string()
      .nullable()
      .openapi({ description: `Of the console; with it the officer chooses a password, once, within ${LINK_HOURS} hours.` }),
  })
  .openapi('MemberChanged');

export type Adding = [api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>];

interface Asked<Body> {
  /** Of the officer; empty where one is added. */
  id: string;
  grant: string | undefined;
  body: Body;
  deps: ApiDeps;
  now: Date;
  /** Writes into the log what was done, to the officer or to one who was just added. */
  record: (action: Audited, details?: JsonObject, added?: string) => Promise<void>;
}

interface Change<Body extends z.ZodType> {
  method: 'post' | 'delete';
  path: string;
  summary: string;
  body: Body;
  params?: z.ZodObject;
  perform: (tx: Tx, caller: Caller, asked: Asked<z.infer<Body>>) => Promise<{ id: string; link?: string }>;
}

export function addChange<Body extends z.ZodType>(
  [api, deps, admission]: Adding,
  { method, path, summary, body, perform, params = memberParams }: Change<Body>,
): void {
  const route = createRoute({
    ...{ method, path, summary, security: SECURITY, middleware: [admission('team.manage')] as const },
    request: {
      ...(path.includes('{') && { params }),
      ...(method === 'post' && { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      200: { description: 'The officer then', content: { 'application/json': { schema: changedSchema } } },
      ...problemsOf(400, 401, 403, 404, 409, 413, 422, 429),
    },
  });
  api.openapi(route, async (context) => {
    const given = { id: context.req.param('officer') ?? '', grant: context.req.param('grant'), deps };
    const sent = body.parse(method === 'post' ? JSON.parse(await context.req.text()) : {});
    const done = await change(context.get('caller'), { ...given, body: sent }, perform);
    return context.json(changedSchema.parse(done), 200);
  });
}

function change<Body>(
  caller: Caller,
  { id, deps, ...given }: Pick<Asked<Body>, 'id' | 'grant' | 'body' | 'deps'>,
  perform: (tx: Tx, caller: Caller, asked: Asked<Body>) => Promise<{ id: string; link?: string }>,
) {
  const { organizationId, id: actor, address } = caller;
  const now = new Date(deps.now());
  return deps.database.transaction(async (tx) => {
    await lockTeam(tx, organizationId);
    await checkStill(tx, caller);
    const record: Asked<Body>['record'] = (action, details = {}, added = id) =>
      recordAudit(tx, { organizationId, actor, address, action, subject: `officer-${added}`, details, now });
    const done = await perform(tx, caller, { ...given, id, deps, now, record });
    const [member] = await listTeam(tx, { organizationId, id: done.id });
    const link = done.link === undefined ? null : `/console/link#${done.link}`;
    return { officer: member === undefined ? null : memberCard(member, caller), link };
  });
}

/** Whoever was faster may have taken the caller's own role. */
async function checkStill(tx: Tx, { officer, organizationId }: Caller): Promise<void> {
  const grants = officer === undefined ? [] : await readGrants(tx, { officerId: officer.id });
  const here = grants.filter((grant) => grant.organizationId === organizationId);
  if (!permissionsOf(here).has('team.manage')) refuse('api:scope', 'This account is not for "team.manage" any more.');
}
