/** What supervisors count: requests and talks over some days. Numbers only, of nobody. */
import { departmentName, requestFigures, textIn, topicName } from '@hazir/services';
import { ticketFigures } from '@hazir/store';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv, Caller, createAdmission } from './admit.ts';
import { problemsOf, SECURITY } from './contract.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const count = z.number().int();
const place = z.object({ code: z.string().nullable(), name: z.string(), opened: count, closed: count, late: count });
const numbersSchema = z
  .object({
    requests: z.object({
      perDay: z.array(z.object({ day: z.string(), opened: count, closed: count })),
      departments: z.array(place).openapi({ description: 'late: closed after the due time, or open beyond it.' }),
      areas: z.array(place),
      rating: z.number().nullable().openapi({ description: 'Mean, of 1 to 5.' }),
    }),
    tickets: z.object({
      perDay: z.array(z.object({ day: z.string(), count })),
      topics: z.array(z.object({ topic: z.string(), name: z.string(), count })),
      ...{ total: count, closed: count, yes: count, partly: count, no: count },
      waitP50: z.number().nullable().openapi({ description: 'Minutes to the first words of an officer.' }),
      waitP90: z.number().nullable(),
    }),
  })
  .openapi('Numbers');

export function addNumbers(api: OpenAPIHono<ApiEnv>, deps: ApiDeps, admission: ReturnType<typeof createAdmission>): void {
  const route = createRoute({
    ...{ method: 'get', path: '/numbers', security: SECURITY, middleware: [admission('numbers.read')] as const },
    summary: 'Requests and talks of the last days, counted',
    request: {
      query: z.object({
        days: z.coerce.number().int().min(1).max(MOST_DAYS).default(30),
        timeZone: z.string().max(60).refine(isTimeZone, { error: 'must be a time zone' }).default('Asia/Kolkata'),
      }),
    },
    responses: {
      200: { description: 'The numbers', content: { 'application/json': { schema: numbersSchema } } },
      ...problemsOf(400, 401, 403, 429),
    },
  });
  api.openapi(route, async (context) => {
    const { days, timeZone } = context.req.valid('query');
    return context.json(await countAll(deps, context.get('caller'), { days, timeZone }), 200);
  });
}

async function countAll(
  { database, now: clock, desks, helplines }: ApiDeps,
  { organizationId, language }: Caller,
  { days, timeZone }: { days: number; timeZone: string },
): Promise<z.infer<typeof numbersSchema>> {
  const now = new Date(clock());
  const asked = { organizationId, since: new Date(now.getTime() - days * DAY_MS), timeZone };
  const [requests, tickets] = [await requestFigures(database, { ...asked, now }), await ticketFigures(database, asked)];
  const [desk, helpline] = [desks().get(organizationId), helplines().get(organizationId)];
  const nameOf = (topic: string) => {
    const name = helpline && topicName(helpline, topic);
    return name === undefined ? topic : textIn(name, language, helpline?.defaultLanguage ?? '');
  };
  return {
    requests: {
      ...requests,
      departments: requests.departments.map((one) => ({
        ...one,
        name: one.code === null ? '' : desk === undefined ? one.code : departmentName(desk, one.code, language),
      })),
      areas: requests.areas.map((one) => ({ ...one, name: one.code ?? '' })),
    },
    tickets: { ...tickets, topics: tickets.topics.map((one) => ({ ...one, name: nameOf(one.topic) })) },
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
