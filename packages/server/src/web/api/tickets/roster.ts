/** Who is at which desk, speaks what, is called on which phone, and is on call when: the supervisor's to say. */
import { textIn } from '@hazir/services';
import { addShift, freshId, type HelplineAgent, listAgents, listShifts, removeShift, type Shift, saveAgent } from '@hazir/store';
import { createRoute, z } from '@hono/zod-openapi';
import { recordAudit } from '../../../auth/record-audit.ts';
import type { Caller } from '../admit.ts';
import { problemsOf, SECURITY, text } from '../contract.ts';
import { refuse } from '../problems.ts';
import type { Adding } from './act.ts';
import { TALKING } from './duty.ts';

const DAY_MS = 86_400_000;
const LONGEST_LOOK_DAYS = 62;
const LONGEST_SHIFT_HOURS = 72;
const code = text(40).min(1);
const moment = z.iso.datetime({ offset: true });
const skills = {
  desks: z.array(code).max(30).openapi({ description: 'Codes; empty: every desk.' }),
  languages: z.array(text(20).min(2)).max(30).openapi({ description: 'BCP-47; empty: any.' }),
  capacity: z.number().int().min(1).max(50).openapi({ description: 'Talks at a time.' }),
  phone: z
    .string()
    .regex(/^\+[1-9]\d{7,14}$/)
    .nullable()
    .openapi({ description: 'On which they are called: E.164.', example: '+919000000001' }),
};
const agentSchema = z
  .object({ ...skills, officer: z.object({ id: z.string(), name: z.string() }), available: z.boolean(), talks: z.number().int() })
  .openapi('Agent');
const rosterSchema = z
  .object({
    agents: z.array(agentSchema),
    desks: z.array(z.object({ code: z.string(), name: z.string() })),
    languages: z.array(z.string()),
  })
  .openapi('Roster');
const shiftBody = z.strictObject({
  ...{ desk: code, officer: z.uuid(), rank: z.number().int().min(1).max(20).default(1) },
  ...{ startsAt: moment, endsAt: moment },
});
const shiftSchema = z
  .object({
    ...{ id: z.string(), desk: z.string(), officer: z.object({ id: z.string(), name: z.string() }), rank: z.number().int() },
    ...{ startsAt: z.iso.datetime(), endsAt: z.iso.datetime() },
  })
  .openapi('Shift');

export function addRoster(...adding: Adding): void {
  addAgents(...adding);
  addShifts(...adding);
}

function addAgents(...[api, deps, admission]: Adding): void {
  const { database } = deps;
  const list = createRoute({
    ...{ method: 'get', path: '/helpline/agents', security: SECURITY, middleware: [admission('helpline.manage')] as const },
    summary: 'Officers of the helpline',
    responses: {
      200: { description: 'All, and what they can be set to', content: { 'application/json': { schema: rosterSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(list, async (context) => {
    const agents = await listAgents(database, { organizationId: context.get('caller').organizationId, roles: TALKING });
    const helpline = deps.helplines().get(context.get('caller').organizationId);
    const { language } = context.get('caller');
    const desks = (helpline?.desks ?? []).map(({ code, name }) => ({
      code,
      name: textIn(name, language, helpline?.defaultLanguage ?? ''),
    }));
    return context.json({ agents: agents.map(agentCard), desks, languages: [...(helpline?.languages ?? [])] }, 200);
  });
  const save = createRoute({
    ...{ method: 'put', path: '/helpline/agents/{officer}', security: SECURITY },
    middleware: [admission('helpline.manage')] as const,
    summary: 'Says what an officer can do at the helpline',
    request: {
      params: z.object({ officer: z.uuid() }),
      body: { required: true, content: { 'application/json': { schema: z.strictObject(skills) } } },
    },
    responses: {
      200: { description: 'As it is now', content: { 'application/json': { schema: agentSchema } } },
      ...problemsOf(400, 401, 403, 404, 422, 429),
    },
  });
  api.openapi(save, async (context) => {
    const caller = context.get('caller');
    const { officer: officerId } = context.req.valid('param');
    const { phone, ...given } = context.req.valid('json');
    await findAgent(deps, caller, officerId);
    for (const desk of given.desks) refuseUnknownDesk(deps, caller, desk);
    const { organizationId } = caller;
    await database.transaction(async (tx) => {
      await saveAgent(tx, { ...given, organizationId, officerId, phone: phone?.slice(1) ?? null });
      await recordAudit(tx, { ...by(caller), action: 'helpline.agent-set', subject: officerId, now: new Date(deps.now()) });
    });
    return context.json(agentCard(await findAgent(deps, caller, officerId)), 200);
  });
}

function addShifts(...[api, deps, admission]: Adding): void {
  const { database } = deps;
  const list = createRoute({
    ...{ method: 'get', path: '/helpline/shifts', security: SECURITY, middleware: [admission('helpline.manage')] as const },
    summary: 'Who is on call when',
    request: { query: z.object({ from: moment, to: moment }) },
    responses: {
      200: {
        description: 'In order of time',
        content: { 'application/json': { schema: z.object({ shifts: z.array(shiftSchema) }) } },
      },
      ...problemsOf(400, 401, 403, 422, 429),
    },
  });
  api.openapi(list, async (context) => {
    const { from, to } = context.req.valid('query');
    const [begin, end] = [new Date(from), new Date(to)];
    if (end <= begin || end.getTime() - begin.getTime() > LONGEST_LOOK_DAYS * DAY_MS)
      return refuse('tickets:bad-time', `At most ${LONGEST_LOOK_DAYS} days, the end after the beginning.`);
    const { organizationId } = context.get('caller');
    return context.json({ shifts: (await listShifts(database, { organizationId, from: begin, to: end })).map(shiftCard) }, 200);
  });
  const add = createRoute({
    ...{ method: 'post', path: '/helpline/shifts', security: SECURITY, middleware: [admission('helpline.manage')] as const },
    summary: 'Puts an officer on call; whoever has the lowest rank is called first',
    request: { body: { required: true, content: { 'application/json': { schema: shiftBody } } } },
    responses: {
      200: { description: 'The shift', content: { 'application/json': { schema: z.object({ id: z.string() }) } } },
      ...problemsOf(400, 401, 403, 404, 422, 429),
    },
  });
  api.openapi(add, async (context) => {
    const caller = context.get('caller');
    const { officer: officerId, startsAt, endsAt, ...given } = context.req.valid('json');
    const [begin, end] = [new Date(startsAt), new Date(endsAt)];
    if (end <= begin || end.getTime() - begin.getTime() > LONGEST_SHIFT_HOURS * 3_600_000)
      return refuse('tickets:bad-time', `At most ${LONGEST_SHIFT_HOURS} hours, the end after the beginning.`);
    refuseUnknownDesk(deps, caller, given.desk);
    if ((await findAgent(deps, caller, officerId)).phone === null)
      return refuse('tickets:no-phone', 'Whoever is on call needs a phone.');
    const now = new Date(deps.now());
    const id = freshId(now.getTime());
    await database.transaction(async (tx) => {
      await addShift(tx, { ...given, organizationId: caller.organizationId, id, officerId, startsAt: begin, endsAt: end });
      await recordAudit(tx, { ...by(caller), action: 'helpline.shift-added', subject: officerId, now });
    });
    return context.json({ id }, 200);
  });
  const remove = createRoute({
    ...{
      method: 'delete',
      path: '/helpline/shifts/{shift}',
      security: SECURITY,
      middleware: [admission('helpline.manage')] as const,
    },
    summary: 'Takes a shift off the roster',
    request: { params: z.object({ shift: z.uuid() }) },
    responses: { 204: { description: 'It is off' }, ...problemsOf(400, 401, 403, 404, 429) },
  });
  api.openapi(remove, async (context) => {
    const caller = context.get('caller');
    const { shift: id } = context.req.valid('param');
    await database.transaction(async (tx) => {
      if (!(await removeShift(tx, { organizationId: caller.organizationId, id })))
        return refuse('tickets:not-found', 'There is no such shift.');
      return recordAudit(tx, { ...by(caller), action: 'helpline.shift-removed', subject: id, now: new Date(deps.now()) });
    });
    return context.body(null, 204);
  });
}

async function findAgent({ database }: Adding[1], { organizationId }: Caller, officerId: string): Promise<HelplineAgent> {
  const agents = await listAgents(database, { organizationId, roles: TALKING });
  const found = agents.find((agent) => agent.officerId === officerId);
  return found ?? refuse('tickets:not-found', 'The helpline has no such officer.');
}

function refuseUnknownDesk({ helplines }: Adding[1], { organizationId }: Caller, desk: string): void {
  if (
    !helplines()
      .get(organizationId)
      ?.desks.some((one) => one.code === desk)
  )
    refuse('tickets:no-topic', 'The helpline has no such desk.');
}

function by({ organizationId, id: actor, address }: Caller) {
  return { organizationId, actor, address };
}

function agentCard({ officerId: id, name, phone, seenAt: _, ...agent }: HelplineAgent): z.infer<typeof agentSchema> {
  return { ...agent, officer: { id, name }, phone: phone === null ? null : `+${phone}` };
}

function shiftCard({ id, desk, rank, officerId, officerName, startsAt, endsAt }: Shift): z.infer<typeof shiftSchema> {
  const officer = { id: officerId, name: officerName };
  return { id, desk, rank, officer, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
