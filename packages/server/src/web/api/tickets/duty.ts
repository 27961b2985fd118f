/** The helpline as its officers see it: desks, what is written often, colleagues, and whether they are on duty themselves. */
import { type Desk, type Helpline, textIn } from '@hazir/services';
import { listAgents, setAvailable } from '@hazir/store';
import { createRoute, z } from '@hono/zod-openapi';
import { ROLES } from '../../../auth/policies.ts';
import { problemsOf, SECURITY } from '../contract.ts';
import type { Adding } from './act.ts';
import { lookingOf, officerOf } from './found.ts';

const named = z.object({ code: z.string(), name: z.string() });
const helplineSchema = z
  .object({
    desks: z.array(named.extend({ topics: z.array(named) })),
    replies: z.array(z.object({ code: z.string(), topics: z.array(z.string()), text: z.record(z.string(), z.string()) })),
    officers: z.array(z.object({ id: z.string(), name: z.string(), onDuty: z.boolean(), talks: z.number().int() })),
    available: z.boolean().openapi({ description: 'The caller takes talks now.' }),
    capacity: z.number().int(),
  })
  .openapi('Helpline');
const dutySchema = z.object({ available: z.boolean() });
/** As services/helpline: a console that has said nothing for so long is closed. */
const ABSENT_MS = 120_000;
/** Roles whose officers may have tickets. */
export const TALKING = Object.entries(ROLES).flatMap(([role, may]) => (may.some((one) => one === 'tickets.act') ? [role] : []));

export function addDuty(...[api, deps, admission]: Adding): void {
  const described = createRoute({
    ...{ method: 'get', path: '/helpline', security: SECURITY, middleware: [admission('tickets.read')] as const },
    summary: 'Desks, replies, colleagues, and whether the caller is on duty',
    responses: {
      200: { description: 'The helpline', content: { 'application/json': { schema: helplineSchema } } },
      ...problemsOf(401, 403, 429),
    },
  });
  api.openapi(described, async (context) => {
    const caller = context.get('caller');
    const { helpline, officerId, now, language } = lookingOf(deps, caller);
    const agents = await listAgents(deps.database, { organizationId: caller.organizationId, roles: TALKING });
    const own = agents.find((agent) => agent.officerId === officerId);
    const officers = agents.map((agent) => ({
      ...{ id: agent.officerId, name: agent.name, talks: agent.talks },
      onDuty: agent.available && agent.seenAt !== null && now.getTime() - agent.seenAt.getTime() < ABSENT_MS,
    }));
    const words = helpline === undefined ? { desks: [], replies: [] } : wordsOf(helpline, language);
    return context.json({ ...words, officers, available: own?.available ?? false, capacity: own?.capacity ?? 0 }, 200);
  });
  const duty = createRoute({
    ...{ method: 'put', path: '/helpline/duty', security: SECURITY, middleware: [admission('tickets.act')] as const },
    summary: 'Begins or ends taking talks; it counts while the console is open',
    request: { body: { required: true, content: { 'application/json': { schema: dutySchema } } } },
    responses: {
      200: { description: 'As it is now', content: { 'application/json': { schema: dutySchema } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(duty, async (context) => {
    const caller = context.get('caller');
    const { available } = context.req.valid('json');
    const { organizationId } = caller;
    await setAvailable(deps.database, { organizationId, officerId: officerOf(caller).id, available, now: new Date(deps.now()) });
    return context.json({ available }, 200);
  });
}

function wordsOf({ desks, replies, defaultLanguage }: Helpline, language: string) {
  const nameOf = (text: Desk['name']) => textIn(text, language, defaultLanguage);
  return {
    desks: desks.map(({ code, name, topics }) => ({
      ...{ code, name: nameOf(name) },
      topics: topics.map((topic) => ({ code: topic.code, name: nameOf(topic.name) })),
    })),
    replies: replies.map(({ code, topics, text }) => ({ code, topics: [...topics], text: Object.fromEntries(text) })),
  };
}
